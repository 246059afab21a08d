import { stat } from "node:fs/promises";
import { parseServiceFile } from "../../shared/domain/detect/service-file";
import { parsePassfile } from "../../shared/domain/dsn/passfile";
import type { FoundPassfile, FoundService, SurroundingsSource } from "../use-cases/surroundings";
import type { Machine } from "./detect/machine";
import { serviceFiles } from "./detect/service-file";

/** Larger files are no password or service files. */
const LIMIT = 1024 * 1024;

/** PGPASSFILE, else ~/.pgpass, or %APPDATA%\postgresql\pgpass.conf (PostgreSQL manual, "The Password File"). */
export function passfilePath({ environment, home, platform, path }: Machine): string {
  if (environment.PGPASSFILE) return environment.PGPASSFILE;
  if (platform !== "win32") return path.join(home, ".pgpass");
  return path.join(environment.APPDATA ?? home, "postgresql", "pgpass.conf");
}

/** Group and others may do nothing with the file: libpq and asyncpg ignore it otherwise. Windows has no such bits. */
async function tooOpen(file: string, platform: NodeJS.Platform): Promise<string | null> {
  if (platform === "win32") return null;
  const mode = await stat(file).then(
    (info) => info.mode & 0o777,
    () => 0,
  );
  if ((mode & 0o077) === 0) return null;
  return `Its rights are ${mode.toString(8).padStart(4, "0")}: drivers ignore it until they are 0600.`;
}

async function readPassfile(machine: Machine): Promise<FoundPassfile | null> {
  const path = passfilePath(machine);
  const nothing = { path, lines: [], brokenLines: [] };
  const read = await machine.files.readText(path, LIMIT);
  switch (read.kind) {
    case "missing":
      return null;
    case "denied":
      return { ...nothing, ignored: "Your user may not read it." };
    case "unreadable":
      return { ...nothing, ignored: `It cannot be read: ${read.why}.` };
    case "text":
      return { path, ...parsePassfile(read.text), ignored: await tooOpen(path, machine.platform) };
  }
}

async function readServices(machine: Machine): Promise<readonly FoundService[]> {
  const read = serviceFiles(machine).map(async ({ file, path }) => {
    const found = await machine.files.readText(path, LIMIT);
    return found.kind === "text" ? parseServiceFile(found.text).services.map((one) => ({ ...one, file, path })) : [];
  });
  return (await Promise.all(read)).flat();
}

/** The folder libpq is built to look for sockets in: the distributions' own on Linux, PostgreSQL's elsewhere. */
const socketDirectory = (platform: NodeJS.Platform): string =>
  platform === "win32" ? "" : platform === "linux" ? "/var/run/postgresql" : "/tmp";

/** Reads what surrounds a connection string on this machine, secrets and all. */
export const surroundingsOfMachine = (machine: Machine): SurroundingsSource => ({
  async read() {
    const [passfile, services] = await Promise.all([readPassfile(machine), readServices(machine)]);
    return {
      osUser: machine.userName,
      socketDirectory: socketDirectory(machine.platform),
      environment: machine.environment,
      passfile,
      services,
    };
  },
});
