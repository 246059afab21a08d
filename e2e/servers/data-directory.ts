import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, chmod, chown, mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type Account, serverAccount } from "./account";
import { binariesOf, type PostgresVersion } from "./binaries";

const run = promisify(execFile);

/** The superuser's password of every test server; it guards nothing. */
export const SUPERUSER_PASSWORD = "only-for-tests";

/** What every test server runs with: it may lose its data at a crash, and stays on loopback. */
const BASE_CONFIG: Readonly<Record<string, string>> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  listen_addresses: "127.0.0.1",
  log_line_prefix: "%m [%p] ",
};

async function give(account: Account, ...files: string[]): Promise<void> {
  if (account.uid === undefined || account.gid === undefined) return;
  for (const file of files) await chown(file, account.uid, account.gid);
}

async function initialise(bin: string, target: string, args: readonly string[], account: Account): Promise<void> {
  const work = await mkdtemp(`${target}.part-`);
  try {
    await chmod(work, 0o755);
    const passwordFile = path.join(work, "password");
    const data = path.join(work, "data");
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, `${SUPERUSER_PASSWORD}\n`, { mode: 0o600 });
    await give(account, data, passwordFile);
    const locale = process.platform === "linux" ? "C.UTF-8" : "C";
    const always = ["-D", data, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--no-sync"];
    await run(path.join(bin, "initdb"), [...always, "-E", "UTF8", `--locale=${locale}`, ...args], {
      ...account,
      cwd: work,
      env: { PATH: process.env.PATH },
      timeout: 120_000,
    });
    // Another process may have been first; its folder is as good as this one.
    await rename(data, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A fresh data folder at `target`: a copy of one that initdb made once for this version and these arguments. */
export async function freshDataDirectory(
  version: PostgresVersion,
  target: string,
  initdbArgs: readonly string[],
): Promise<void> {
  const { folder, cache } = await binariesOf(version);
  const account = serverAccount();
  const built = await stat(path.join(folder, "bin", "postgres"));
  const key = createHash("sha256")
    .update(JSON.stringify([folder, built.size, built.mtimeMs, account, initdbArgs, SUPERUSER_PASSWORD]))
    .digest("hex")
    .slice(0, 12);
  const template = path.join(cache, `initdb-${version}-${key}`);
  if (!existsSync(template)) await initialise(path.join(folder, "bin"), template, initdbArgs, account);
  await run("cp", ["-Rp", template, target]);
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export interface Configuration {
  readonly port: number;
  readonly socketDirectory: string;
  readonly config: Readonly<Record<string, string>>;
  readonly hba: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** Writes postgresql.conf (appended), pg_hba.conf (replaced) and further files (mode 0600) of a data folder. */
export async function configure(data: string, wanted: Configuration): Promise<void> {
  const account = serverAccount();
  const settings = {
    ...BASE_CONFIG,
    port: String(wanted.port),
    unix_socket_directories: wanted.socketDirectory,
    ...wanted.config,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}`);
  await appendFile(path.join(data, "postgresql.conf"), `\n${lines.join("\n")}\n`);
  await writeFile(path.join(data, "pg_hba.conf"), `${wanted.hba.join("\n")}\n`);
  for (const [name, text] of Object.entries(wanted.files)) {
    await writeFile(path.join(data, name), text, { mode: 0o600 });
    await give(account, path.join(data, name));
  }
}
