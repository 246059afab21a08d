import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { serverAccount } from "../servers/account";
import { freePort } from "../servers/free-port";
import { type ClientId, tell } from "./clients";
import type { Recorder } from "./recording";

const BINARIES = "/usr/lib/postgresql/15/bin";
const LANGUAGES = ["de", "es", "fr", "it", "ja", "ko", "pt_BR", "ru", "sv", "uk", "zh_CN"];

const ELSEWHERE = [
  ["nothing listens", "postgresql://app:x@127.0.0.1:9/app", "reach.refused"],
  ["no socket there", "postgresql://app:x@%2Fnowhere/app", "reach.socket-missing"],
  ["no such host", "postgresql://app:x@db.example.invalid/app", "resolve.not-found"],
] as const;

const REFUSALS = [
  ["wrong password", "asked:wrong", "postgres", "authenticate.password-rejected"],
  ["missing role", "ghost", "postgres", "authenticate.role-missing"],
  ["reject line", "rejected:x", "postgres", "authenticate.hba-rejects"],
  ["missing database", "trusted", "nothere", "database.missing"],
  ["database takes no connections", "trusted", "template0", "database.not-accepting"],
] as const;

const HBA = [
  "host all asked 127.0.0.1/32 scram-sha-256",
  "host all rejected 127.0.0.1/32 reject",
  "host all all 127.0.0.1/32 trust",
];

/** libpq in other languages, as Debian's catalogues have them. */
async function recordClients(recorder: Recorder, psql: string): Promise<void> {
  for (const language of LANGUAGES) {
    for (const [name, dsn, expected] of ELSEWHERE) {
      const said = await tell("psql", { dsn, env: { LANGUAGE: language } });
      recorder.put(`${name} (${language})`, `${psql}, ${language}`, expected, said);
    }
  }
}

/** Debian's own server: the builds that the other tests use have no catalogues. */
async function recordServer(recorder: Recorder, psql: string, language: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-language-"));
  const data = path.join(folder, "data");
  const port = String(await freePort());
  const options = {
    ...serverAccount(),
    cwd: "/",
    env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8", LANGUAGE: language },
  };
  const run = (program: string, ...args: string[]): Promise<unknown> =>
    promisify(execFile)(path.join(BINARIES, program), args, options);
  const { uid, gid } = options;
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  try {
    await run("initdb", "-D", data, "-U", "trusted", "--no-sync", "--auth=trust", "--lc-messages=C.UTF-8");
    writeFileSync(path.join(data, "pg_hba.conf"), `${HBA.join("\n")}\n`);
    const listen = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
    await run("pg_ctl", "-D", data, "-w", "-l", path.join(folder, "log"), "-o", listen, "start");
    const as = (user: string, database: string): string => `postgresql://${user}@127.0.0.1:${port}/${database}`;
    for (const [name, user, database, expected] of REFUSALS) {
      const said = await tell("psql", { dsn: as(user, database) });
      recorder.put(`${name} (server: ${language})`, `${psql}, PostgreSQL 15, ${language}`, expected, said);
    }
  } finally {
    await run("pg_ctl", "-D", data, "-m", "immediate", "stop").catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is said in other languages, by psql and by the server. */
export async function recordLanguages(recorder: Recorder, clients: ReadonlyMap<ClientId, string>): Promise<void> {
  const psql = clients.get("psql") ?? "psql";
  await recordClients(recorder, psql);
  if (!existsSync(BINARIES)) return;
  // Brazilian Portuguese has no catalogue of the server in 15.
  for (const language of LANGUAGES) if (language !== "pt_BR") await recordServer(recorder, psql, language);
}
