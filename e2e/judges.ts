import { spawnSync } from "node:child_process";

/** Debian's Python, which has python3-asyncpg and python3-dotenv from packages. */
const PYTHON = "/usr/bin/python3";

/** Why the Python judges cannot speak here; null when they can. */
export function whyNoJudges(): string | null {
  const asked = spawnSync(PYTHON, ["-c", "import asyncpg, dotenv"], { encoding: "utf8" });
  return asked.status === 0 ? null : "python3-asyncpg and python3-dotenv are not installed";
}

const SCRIPT = `
import asyncio, json, os, sys
import asyncpg
from dotenv import dotenv_values

async def main():
    values = dotenv_values(sys.argv[1])
    connection = await asyncpg.connect(values["DATABASE_URL"])
    try:
        await connection.execute("CREATE TABLE judged (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), body jsonb)")
        await connection.execute("INSERT INTO judged (body) VALUES ('{}')")
        rows = await connection.fetchval("SELECT count(*) FROM judged")
        await connection.execute("DROP TABLE judged")
        user, database = await connection.fetchrow("SELECT current_user::text, current_database()::text")
    finally:
        await connection.close()
    print(json.dumps({"keys": sorted(values), "rows": rows, "user": user, "database": database,
                      "token": values.get("AKSARA_STUDIO_SECRET_TOKEN")}))

asyncio.run(main())
`;

export interface Judgement {
  readonly keys: readonly string[];
  readonly rows: number;
  readonly user: string;
  readonly database: string;
  readonly token: string | null;
}

/** Reads a `.env` with python-dotenv and, with its DATABASE_URL, creates, fills and drops a table through asyncpg. */
export function judge(envFile: string): Judgement {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|DATABASE_URL)/.test(name)));
  const run = spawnSync(PYTHON, ["-c", SCRIPT, envFile], { encoding: "utf8", env, timeout: 30_000 });
  if (run.status !== 0) throw new Error(`the Python judge refuses: ${run.stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(run.stdout) as Judgement;
}
