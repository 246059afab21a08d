import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { Secret } from "../../shared/domain/target";
import { serverAccount } from "../servers/account";
import { binariesOf } from "../servers/binaries";
import type { TestServer } from "../servers/postgres";
import { openAs } from "./sessions";
import type { Expected } from "./verdicts";

/** A state of a server that passes, held for as long as it is looked at. */
export interface Moment extends Expected {
  readonly come: (server: TestServer) => Promise<{
    readonly dsn: string;
    /** What it must be called on this version, where that differs. */
    readonly expected?: string;
    /** Lets the moment go; the server is stopped then. */
    readonly end: () => Promise<void>;
  }>;
}

const dsnOf = (server: TestServer): string => `postgresql://app:right@127.0.0.1:${server.port}/app`;

/** Knocks until what answers is as wanted: "let-in", or a SQLSTATE, and these words where one SQLSTATE has several. */
export async function until(server: TestServer, wanted: string, words = /./): Promise<void> {
  const open = createOpenWire();
  for (let tries = 0; tries < 2_000; tries += 1) {
    const opened = await open(
      {
        endpoint: { host: "127.0.0.1", port: server.port },
        user: "app",
        password: new Secret("right"),
        database: "app",
        sslmode: "disable",
        parameters: {},
        timeoutMs: 5_000,
      },
      () => {},
    );
    if (opened.ok) await opened.value.session.end();
    const seen = opened.ok ? "let-in" : opened.error.sqlstate;
    if (seen === wanted && (opened.ok || words.test(opened.error.message))) return;
    // A server that does not listen yet refuses at once; this gives it the processor.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the server never came to ${wanted}: ${readFileSync(server.logFile, "utf8").slice(-1_000)}`);
}

/** Looks at what the server logs from `offset` on until these words stand there. */
async function untilLogged(server: TestServer, offset: number, words: RegExp): Promise<void> {
  const logged = (): string => readFileSync(server.logFile, "utf8").slice(offset);
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (words.test(logged())) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the server never logged ${words}: ${logged()}`);
}

const STANDBY = "standby.signal";

/** Appends settings that win over the others; answers how to take them back. */
function configure(server: TestServer, settings: readonly string[]): () => void {
  const auto = path.join(server.dataDirectory, "postgresql.auto.conf");
  const before = readFileSync(auto, "utf8");
  appendFileSync(auto, `${settings.join("\n")}\n`);
  return () => {
    rmSync(path.join(server.dataDirectory, STANDBY), { force: true });
    writeFileSync(auto, before);
  };
}

const beStandby = (server: TestServer): void => writeFileSync(path.join(server.dataDirectory, STANDBY), "");

/** Starts the stopped server as a standby with these settings; it need not become ready. */
export async function asStandby(server: TestServer, settings: readonly string[]): Promise<() => Promise<void>> {
  const restore = configure(server, settings);
  beStandby(server);
  const { folder } = await binariesOf(server.version);
  const log = openSync(server.logFile, "a");
  const child: ChildProcess = spawn(path.join(folder, "bin", "postgres"), ["-D", server.dataDirectory], {
    ...serverAccount(),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  return async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
    }
    restore();
  };
}

/** The moments of one server, in this order: the first finds it running, the others stopped. */
export const MOMENTS: readonly Moment[] = [
  {
    name: "shutting down, while a session is held",
    expected: "server.stopping",
    async come(server) {
      const held = await openAs(server, "app");
      process.kill(server.pid() as number, "SIGTERM");
      await until(server, "57P03");
      return {
        dsn: dsnOf(server),
        end: async () => {
          await held.end();
          await server.stop();
        },
      };
    },
  },
  {
    name: "starting, its recovery waits for the archive",
    expected: "server.starting",
    also: ["server.recovering"],
    async come(server) {
      const end = await asStandby(server, ["restore_command = 'sleep 600'"]);
      await until(server, "57P03");
      return { dsn: dsnOf(server), end };
    },
  },
  {
    // Up to 13 it says "starting up", for ever.
    name: "standby with hot_standby = off",
    expected: "server.recovering",
    async come(server) {
      const end = await asStandby(server, ["hot_standby = off", "primary_conninfo = 'host=127.0.0.1 port=9'"]);
      // It passes through its start to the state it stays in.
      await until(server, "57P03", server.version === 13 ? /./ : /not accepting/);
      return { dsn: dsnOf(server), end, ...(server.version === 13 ? { expected: "server.starting" } : {}) };
    },
  },
  {
    name: "standby",
    expected: "privileges.read-only",
    async come(server) {
      const end = await asStandby(server, ["hot_standby = on", "primary_conninfo = 'host=127.0.0.1 port=9'"]);
      await until(server, "let-in");
      return { dsn: dsnOf(server), end };
    },
  },
  {
    name: "recovering, after one of its processes was killed",
    expected: "server.recovering",
    async come(server) {
      const restore = configure(server, ["restore_command = 'sleep 600'"]);
      await server.start();
      const session = await openAs(server, "app");
      const answer = await session.query("SELECT pg_backend_pid() AS pid");
      if (!answer.ok) throw new Error(answer.error.message);
      // Its recovery will find that it waits for an archive, so that it does not end before it is looked at.
      beStandby(server);
      const before = readFileSync(server.logFile, "utf8").length;
      process.kill(Number(answer.value[0]?.pid), "SIGKILL");
      // Until all its processes are gone it ends new sessions in the middle of whatever they do.
      await untilLogged(server, before, /all server processes terminated; reinitializing/);
      await until(server, "57P03");
      return {
        dsn: dsnOf(server),
        end: async () => {
          // Since 15 a fast shutdown waits for ever here: the checkpointer runs already, and is not told to go.
          const pid = server.pid();
          if (pid !== null) process.kill(pid, "SIGQUIT");
          await server.stop();
          restore();
        },
      };
    },
  },
];
