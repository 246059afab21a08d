import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

export const POSTGRES_VERSIONS = [13, 14, 15, 16, 17, 18] as const;
export type PostgresVersion = (typeof POSTGRES_VERSIONS)[number];

/** The work tree's top folder: the nearest folder above the current one that holds this project's package.json. */
export function workTree(): string {
  for (let at = process.cwd(); ; at = path.dirname(at)) {
    const file = path.join(at, "package.json");
    if (existsSync(file) && readFileSync(file, "utf8").includes('"aksara-database-setup"')) return at;
    if (at === path.dirname(at)) throw new Error("run the tests inside the work tree");
  }
}

interface Answer {
  readonly cache: string;
  readonly servers: Readonly<Record<string, { readonly folder?: string; readonly problem?: string }>>;
}

const asked = new Map<PostgresVersion, Promise<Answer>>();

function ask(version: PostgresVersion): Promise<Answer> {
  const known = asked.get(version);
  if (known) return known;
  const script = path.join(workTree(), "scripts", "get-test-servers.mjs");
  const answer = promisify(execFile)(process.execPath, [script, String(version)], { timeout: 300_000 }).then(
    ({ stdout }) => JSON.parse(stdout) as Answer,
  );
  asked.set(version, answer);
  return answer;
}

/** Why a version cannot be had on this computer, to skip its tests with that reason; null when it can. */
export async function whyUnavailable(version: PostgresVersion): Promise<string | null> {
  return (await ask(version)).servers[version]?.problem ?? null;
}

/** The folder with bin/ of a version, and the folder where things made once are kept; throws with the reason. */
export async function binariesOf(
  version: PostgresVersion,
): Promise<{ readonly folder: string; readonly cache: string }> {
  const answer = await ask(version);
  const { folder, problem } = answer.servers[version] ?? {};
  if (!folder) throw new Error(`PostgreSQL ${version} is not available here: ${problem ?? "no answer"}`);
  return { folder, cache: answer.cache };
}
