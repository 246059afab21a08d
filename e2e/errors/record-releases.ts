import { existsSync } from "node:fs";
import path from "node:path";
import { binariesOf } from "../servers/binaries";
import { POSTGRES_VERSIONS, type TestServer } from "../servers/postgres";
import { type Ask, type ClientId, type Interpreter, run, tell } from "./clients";
import { prepared } from "./record-servers";
import type { Recorder } from "./recording";
import { type ErrorSituation, NOWHERE, SITUATIONS } from "./situations";

interface Release {
  readonly client: ClientId;
  readonly source: string;
  readonly ask: Pick<Ask, "env" | "python">;
}

/** psycopg2 on the libpq of every major version: sentences changed with 14, 16 and 17. */
async function libpqReleases(clients: ReadonlyMap<ClientId, string>): Promise<readonly Release[]> {
  const psycopg2 = clients.get("psycopg2");
  if (psycopg2 === undefined) return [];
  const found: Release[] = [];
  for (const version of POSTGRES_VERSIONS) {
    const lib = path.join((await binariesOf(version)).folder, "lib");
    if (!existsSync(path.join(lib, "libpq.so.5"))) continue;
    found.push({ client: "psycopg2", source: `libpq ${version}, ${psycopg2}`, ask: { env: { LD_LIBRARY_PATH: lib } } });
  }
  return found;
}

/** What scripts/get-readers.mjs exports. */
export interface ReaderSource {
  readonly SUITES: readonly string[];
  readonly getReader: (suite: string) => Promise<Interpreter>;
}

/** Newer releases of asyncpg, from newer suites of Debian. */
async function asyncpgReleases({ getReader, SUITES }: ReaderSource): Promise<readonly Release[]> {
  const found: Release[] = [];
  for (const suite of SUITES) {
    const python = await getReader(suite).catch(() => null);
    if (!python) continue;
    const version = await run([python.command, ...python.args, "-c", "import asyncpg; print(asyncpg.__version__)"], {
      env: python.env,
    });
    found.push({ client: "asyncpg", source: `asyncpg ${version.trim()}, Debian ${suite}`, ask: { python } });
  }
  return found;
}

/** What older and newer releases of libpq and asyncpg say of the same. */
export async function recordReleases(
  recorder: Recorder,
  clients: ReadonlyMap<ClientId, string>,
  readers: ReaderSource,
): Promise<void> {
  const releases = [...(await libpqReleases(clients)), ...(await asyncpgReleases(readers))];
  const put = async (situation: ErrorSituation, server: TestServer): Promise<void> => {
    const undo = await situation.before?.(server);
    for (const { client, source, ask } of releases) {
      const expected = typeof situation.expected === "string" ? situation.expected : situation.expected(client);
      const said = await tell(client, { ...situation.ask(server), ...ask });
      recorder.put(situation.name, source, expected, said, situation.also);
    }
    await undo?.();
  };
  const server = await prepared(18);
  try {
    for (const situation of NOWHERE) await put(situation, server);
    for (const situation of SITUATIONS) await put(situation, server);
  } finally {
    await server.remove();
  }
}
