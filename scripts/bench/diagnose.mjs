import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";

/** A port on which nothing listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Lets nobody in as "barred": a line before all others of pg_hba.conf. */
async function bar(server) {
  const file = path.join(server.dataDirectory, "pg_hba.conf");
  writeFileSync(file, `host all barred 127.0.0.1/32 reject\n${readFileSync(file, "utf8")}`);
  await server.sql("postgres", "CREATE ROLE barred LOGIN PASSWORD 'barred'; SELECT pg_reload_conf()");
}

/** Strings that fail at once, and the rung that each ends at. */
const failingStrings = async (server) => [
  ["wrong password", "authenticate", server.dsn({ user: "app", password: "wrong", database: "app" })],
  ["missing database", "database", server.dsn({ user: "app", password: "app", database: "not_there" })],
  ["barred by pg_hba.conf", "authenticate", server.dsn({ user: "barred", password: "barred", database: "app" })],
  ["nothing listens", "reach", `postgresql://app:app@127.0.0.1:${await closedPort()}/app`],
  ["no such host", "resolve", "postgresql://app:app@no-such-host.invalid:5432/app"],
];

/** Milliseconds until psql has failed on a string; the password goes by the environment. */
function psqlFails(psql, dsn) {
  const { username, password, hostname, port, pathname } = new URL(dsn);
  const where = ["-h", hostname, "-p", port, "-U", username, "-d", pathname.slice(1)];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    execFile(
      psql,
      ["-X", "-w", ...where, "-c", "select 1"],
      { env: { ...process.env, PGPASSWORD: password } },
      (error) =>
        error ? resolve(performance.now() - started) : reject(new Error(`psql does not fail on ${hostname}`)),
    );
  });
}

/**
 * How long the cause of a failing string takes, against the time psql takes to fail on it: `app` in a process that
 * stays, as the window's does, `command` in one that was just started, as the command line's is. The role "app" and its
 * database are there. `load` imports a TypeScript module, `ask` is the command line's JSON answer.
 */
export async function causes(server, { load, ask, psql, inTurns, runs }) {
  await bar(server);
  const { compose } = await load("electron/compose.ts");
  const app = compose({ env: process.env });
  const quiet = () => ({ emit: () => {}, signal: new AbortController().signal });
  await app.scan.run(quiet());
  const rows = [];
  for (const [what, rung, dsn] of await failingStrings(server)) {
    const judged = ({ diagnosis, durationMs }) => {
      if (!diagnosis?.id.startsWith(`${rung}.`)) throw new Error(`${what} is told as ${diagnosis?.id}`);
      return durationMs;
    };
    const taken = await inTurns(runs, {
      app: async () => judged((await app.diagnose.run(dsn, quiet())).report),
      command: async () => judged(await ask(["diagnose", "--dsn-stdin"], dsn)),
      psql: () => psqlFails(psql, dsn),
    });
    rows.push({ what, ...taken });
  }
  return rows;
}
