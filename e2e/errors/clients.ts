import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { serverAccount } from "../servers/account";
import { workTree } from "../servers/binaries";

/** A Python in a folder of its own, as scripts/get-readers.mjs gives it. */
export interface Interpreter {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a client is asked to do; `timeout` in seconds. */
export interface Ask {
  readonly dsn: string;
  readonly sql?: readonly string[];
  readonly timeout?: number;
  /** Further environment of the client: `{ LANGUAGE: "de" }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Another Python than the computer's own. */
  readonly python?: Interpreter;
  /** True: as the unprivileged user of the test servers; root may open every socket. */
  readonly unprivileged?: boolean;
}

export const CLIENT_IDS = [
  "psql",
  "asyncpg",
  "psycopg",
  "psycopg2",
  "sqlalchemy",
  "sqlalchemy-asyncpg",
  "django",
  "node-postgres",
] as const;
export type ClientId = (typeof CLIENT_IDS)[number];

interface Client {
  /** Program and arguments; the string comes by standard input, or (psql) without its password. */
  readonly command: (ask: Ask) => readonly [program: string, ...args: string[]];
  readonly version: readonly [program: string, ...args: string[]];
}

const programs = path.join(workTree(), "e2e", "errors", "programs");
const PYTHON = process.env.RECORD_PYTHON ?? "/usr/bin/python3";

const python = (name: string, version: string): Client => ({
  command: (ask) => [
    ask.python?.command ?? PYTHON,
    ...(ask.python?.args ?? []),
    path.join(programs, `with_${name}.py`),
  ],
  version: [PYTHON, "-c", version],
});

const plain = (dsn: string): string => dsn.replace(/^(postgresql:\/\/[^:@/]*):[^@/]*@/, "$1@");
const password = (dsn: string): string => decodeURIComponent(/^postgresql:\/\/[^:@/]*:([^@/]*)@/.exec(dsn)?.[1] ?? "");

export const CLIENTS: Readonly<Record<ClientId, Client>> = {
  psql: {
    command: ({ dsn, sql = [] }) => ["psql", "-X", plain(dsn), ...sql.flatMap((one) => ["-c", one]), "-c", "SELECT 1"],
    version: ["psql", "--version"],
  },
  asyncpg: python("asyncpg", "import asyncpg; print('asyncpg', asyncpg.__version__)"),
  psycopg: python("psycopg", "import psycopg; print('psycopg', psycopg.__version__)"),
  psycopg2: python("psycopg2", "import psycopg2; print('psycopg2', psycopg2.__version__.split()[0])"),
  sqlalchemy: python("sqlalchemy", "import sqlalchemy, psycopg2; print('SQLAlchemy', sqlalchemy.__version__)"),
  "sqlalchemy-asyncpg": python("sqlalchemy_asyncpg", "import sqlalchemy; print('SQLAlchemy', sqlalchemy.__version__)"),
  django: python("django", "import django, psycopg2; print('Django', django.__version__)"),
  "node-postgres": {
    command: () => [process.execPath, path.join(programs, "with_pg.cjs")],
    version: [process.execPath, "-p", "'node-postgres ' + require('pg/package.json').version"],
  },
};

/** Runs a program to its end; what it says on standard error (and standard output, where it has nothing there). */
export function run(
  [program, ...args]: readonly [string, ...string[]],
  options: {
    readonly input?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly unprivileged?: boolean;
  } = {},
): Promise<string> {
  const child = spawn(program, args, {
    ...(options.unprivileged ? serverAccount() : {}),
    cwd: workTree(),
    env: { PATH: process.env.PATH, PYTHONPATH: process.env.PYTHONPATH, LC_ALL: "C.UTF-8", ...options.env },
    timeout: 60_000,
  });
  let errors = "";
  let output = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", () => resolve(errors.trim() === "" ? output : errors));
  });
}

/** What a client says when it does as asked. */
export function tell(client: ClientId, ask: Ask): Promise<string> {
  const { dsn, sql = [], timeout = 4 } = ask;
  return run(CLIENTS[client].command(ask), {
    input: client === "psql" ? "" : JSON.stringify({ dsn, sql, timeout }),
    env: {
      ...(ask.python ? { ...ask.python.env, PYTHONPATH: ask.python.env.PYTHONPATH ?? "" } : {}),
      ...ask.env,
      ...(client === "psql" ? { PGPASSWORD: password(dsn), PGCONNECT_TIMEOUT: String(timeout) } : {}),
    },
    unprivileged: ask.unprivileged,
  });
}

/** The clients this computer has, with name and version: "asyncpg 0.27.0". */
export async function availableClients(): Promise<ReadonlyMap<ClientId, string>> {
  const found = new Map<ClientId, string>();
  for (const id of CLIENT_IDS) {
    const answer = (await run(CLIENTS[id].version)).trim();
    if (!/Error|ENOENT/.test(answer)) found.set(id, answer.replace(/^psql \(PostgreSQL\) (\S+).*/, "psql $1"));
  }
  return found;
}

/** The part of a file behind an offset. */
export const readFrom = (file: string, offset: number): string => readFileSync(file).subarray(offset).toString("utf8");
