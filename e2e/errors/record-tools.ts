import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPostgres } from "../servers/postgres";
import { type ClientId, run, tell } from "./clients";
import type { Recorder } from "./recording";

const TELLERS: readonly ClientId[] = ["psql", "asyncpg", "psycopg", "node-postgres"];

interface Peer {
  readonly name: string;
  readonly server: Server;
  readonly expected: (client: ClientId) => string;
  readonly also?: (client: ClientId) => string | undefined;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

/** What clients say of peers that are no PostgreSQL: a web server, one that hangs up, one that says nothing. */
export async function recordForeignPeers(recorder: Recorder, clients: ReadonlyMap<ClientId, string>): Promise<void> {
  const silent = createServer(() => {});
  const closing = createServer((socket) => socket.on("data", () => socket.destroy()).on("error", () => {}));
  const peers: readonly Peer[] = [
    {
      name: "a web server answers",
      server: createHttp() as unknown as Server,
      // asyncpg takes any answer but "S" for a no to TLS; node-postgres without TLS sees the end only.
      expected: (client) =>
        client === "asyncpg"
          ? "encrypt.not-supported"
          : client === "node-postgres"
            ? "speak.closed"
            : "speak.not-postgresql",
      also: (client) => (client === "asyncpg" ? "speak.not-postgresql" : undefined),
    },
    { name: "it hangs up", server: closing, expected: () => "speak.closed" },
    { name: "it says nothing", server: silent, expected: () => "reach.timeout", also: () => "speak.silent" },
  ];
  for (const { name, server, expected, also } of peers) {
    const port = await listening(server);
    for (const client of TELLERS) {
      const dsn = `postgresql://app:x@127.0.0.1:${port}/app`;
      const said = await tell(client, { dsn, timeout: 2 });
      recorder.put(name, clients.get(client) ?? client, expected(client), said, also?.(client));
    }
    server.close();
  }
}

/** Sockets: of a server that runs, closed to who asks. */
export async function recordSockets(recorder: Recorder, clients: ReadonlyMap<ClientId, string>): Promise<void> {
  const server = await startPostgres({ version: 18 });
  try {
    chmodSync(path.join(server.socketDirectory, `.s.PGSQL.${server.port}`), 0o600);
    const dsn = `postgresql://app:x@${encodeURIComponent(server.socketDirectory)}:${server.port}/app`;
    const env = { HOME: "/nonexistent" };
    for (const client of TELLERS) {
      chmodSync(path.dirname(server.socketDirectory), 0o700);
      const said = await tell(client, { dsn, unprivileged: true, env });
      recorder.put("socket closed to us", clients.get(client) ?? client, "reach.socket-denied", said);
      chmodSync(path.dirname(server.socketDirectory), 0o755);
    }
  } finally {
    await server.remove();
  }
}

/** The docker program where no engine runs, or where it may not be asked. */
export async function recordDocker(recorder: Recorder): Promise<void> {
  const version = /Docker version ([\w.]+)/.exec(await run(["docker", "--version"]))?.[1];
  if (!version) return;
  const source = `docker ${version}`;
  const nowhere = { DOCKER_HOST: "unix:///nowhere/docker.sock", HOME: "/nonexistent" };
  const put = (name: string, expected: string, text: string): void => recorder.put(name, source, expected, text);
  put("no daemon: ps", "install.engine-down", await run(["docker", "ps"], { env: nowhere }));
  put("no daemon: start", "install.engine-down", await run(["docker", "start", "db"], { env: nowhere }));
  put("no daemon: run", "install.engine-down", await run(["docker", "run", "postgres:17"], { env: nowhere }));
  const tcp = { ...nowhere, DOCKER_HOST: "tcp://127.0.0.1:9" };
  put("no daemon on TCP", "install.engine-down", await run(["docker", "ps"], { env: tcp }));
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-docker-"));
  const socket = createServer();
  try {
    chmodSync(folder, 0o755);
    const file = path.join(folder, "docker.sock");
    await new Promise<void>((resolve) => socket.listen(file, resolve));
    chmodSync(file, 0o600);
    const env = { DOCKER_HOST: `unix://${file}`, HOME: "/nonexistent" };
    put("not allowed", "install.engine-denied", await run(["docker", "ps"], { env, unprivileged: true }));
  } finally {
    socket.close();
    rmSync(folder, { recursive: true });
  }
}
