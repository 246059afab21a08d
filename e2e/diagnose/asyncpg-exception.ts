import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** Debian's Python, which has python3-asyncpg from a package. */
const PYTHON = "/usr/bin/python3";

/** Why the real asyncpg cannot be asked here; null when it can. */
export const whyNoAsyncpg = (): string | null =>
  spawnSync(PYTHON, ["-c", "import asyncpg"]).status === 0 ? null : "python3-asyncpg is not installed";

const SCRIPT = `
import asyncio, sys
import asyncpg

async def one(dsn):
    try:
        connection = await asyncpg.connect(dsn, timeout=10)
        await connection.fetchval("SELECT 1")
        await connection.close()
        return "connects"
    except Exception as error:
        return type(error).__name__

for line in sys.stdin:
    print(asyncio.run(one(line.rstrip("\\n"))), flush=True)
`;

/** A real asyncpg that says which exception a string ends with, or "connects". */
export interface RealAsyncpg {
  ask(dsn: string): Promise<string>;
  end(): void;
}

/** Strings go over standard input: none stands in a list of processes. */
export function startAsyncpg(): RealAsyncpg {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PG")));
  const child = spawn(PYTHON, ["-c", SCRIPT], {
    env: { ...env, HOME: "/nowhere" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(dsn) {
      child.stdin.write(`${dsn}\n`);
      const answer = await answers.next();
      return answer.done ? "no answer" : answer.value;
    },
    end: () => void child.kill(),
  };
}
