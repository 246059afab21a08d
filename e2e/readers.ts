import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A question to the real parsers; with an environment only asyncpg answers, since libpq's parser looks at none. */
export interface ReaderQuestion {
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface LibpqAnswer {
  readonly ok: boolean;
  /** Null where the values are no UTF-8 text: psycopg cannot show them. */
  readonly values?: Readonly<Record<string, string>> | null;
}

export type AsyncpgAnswer =
  | {
      readonly ok: false;
      readonly error: string /** True when it got as far as a file that is not there. */;
      readonly files: boolean;
    }
  | {
      readonly ok: true;
      /** A socket is its path. */
      readonly hosts: readonly (string | readonly [string, number])[];
      readonly user: string;
      readonly password: string | null;
      readonly database: string;
      readonly sslmode: string;
      readonly negotiation: string | null;
      readonly attributes: string | null;
      readonly krbsrvname: string | null;
      readonly gsslib: string | null;
      readonly settings: Readonly<Record<string, string>>;
    };

export interface ReaderAnswer {
  readonly libpq: LibpqAnswer | null;
  readonly asyncpg: AsyncpgAnswer;
}

/** A Python with a real libpq and a real asyncpg. */
export interface Readers {
  /** libpq's major version, for example 18. */
  readonly libpq: number;
  /** asyncpg's release without its last number, for example "0.31". */
  readonly asyncpg: string;
  ask(questions: readonly ReaderQuestion[]): Promise<readonly ReaderAnswer[]>;
}

/** The user every reader takes itself to run as. */
export const OS_USER = "os-user";

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const SCRIPTS = path.resolve(import.meta.dirname, "..", "scripts");

/** Runs Python once over all questions, in an empty home and with no PG* variable but those of the question. */
async function run(python: Command, questions: readonly ReaderQuestion[]): Promise<readonly string[]> {
  const home = mkdtempSync(path.join(tmpdir(), "dsn-readers-"));
  try {
    const child = spawn(python.command, [...python.args, path.join(SCRIPTS, "readers", "read.py")], {
      env: {
        PATH: "/usr/bin:/bin",
        HOME: home,
        USER: OS_USER,
        LOGNAME: OS_USER,
        PYTHONIOENCODING: "utf-8",
        ...python.env,
      },
    });
    const out: string[] = [];
    const problems: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (piece: string) => out.push(piece));
    child.stderr.setEncoding("utf8").on("data", (piece: string) => problems.push(piece));
    child.stdin.on("error", () => undefined);
    child.stdin.end(questions.map((question) => JSON.stringify(question)).join("\n"));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code !== 0) throw new Error(problems.join("").trim().split("\n").at(-1) ?? `Python ended with ${code}`);
    return out.join("").trim().split("\n");
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function readersOf(python: Command): Promise<Readers> {
  const [first = ""] = await run(python, []);
  const versions = JSON.parse(first) as { readonly libpq: number; readonly asyncpg: string };
  return {
    libpq: versions.libpq,
    asyncpg: versions.asyncpg.split(".").slice(0, 2).join("."),
    async ask(questions) {
      const lines = await run(python, questions);
      return lines.slice(1).map((line) => JSON.parse(line) as ReaderAnswer);
    },
  };
}

export interface FoundReaders {
  /** The newest first. */
  readonly readers: readonly Readers[];
  /** Why others are missing, one sentence each. */
  readonly missing: readonly string[];
}

/** The real readers this computer can run: those of newer Debian suites, fetched once, and its own. */
export async function findReaders(): Promise<FoundReaders> {
  const { getReader, SUITES } = (await import(pathToFileURL(path.join(SCRIPTS, "get-readers.mjs")).href)) as {
    readonly SUITES: readonly string[];
    readonly getReader: (suite: string) => Promise<Command>;
  };
  const places = [
    ...SUITES.map((suite) => ({ name: `Debian ${suite}`, command: () => getReader(suite) })),
    { name: "this computer", command: async () => ({ command: "/usr/bin/python3", args: [], env: {} }) },
  ];
  const found = await Promise.allSettled(places.map(async ({ command }) => readersOf(await command())));
  return {
    readers: found.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
    missing: found.flatMap((one, index) =>
      one.status === "rejected" ? [`${places[index]?.name}: ${(one.reason as Error).message.split("\n")[0]}`] : [],
    ),
  };
}
