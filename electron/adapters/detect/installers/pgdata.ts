import { type Installer, listed } from "../installation";
import type { Machine } from "../machine";
import { findProgram } from "../programs";
import { asSelf, isFile, isFolder, laidOut, startByPgCtl, TMP } from "./layout";

/** Where PostgreSQL's own `make install` puts it, and the data directory its manual makes there. */
const FROM_SOURCE = "/usr/local/pgsql";

interface Place {
  readonly programs: string | null;
  readonly dataDirectory: string;
}

/** The data directory PGDATA names, with the programs on PATH: nix, devenv, an own build, an unpacked archive. */
async function named(machine: Machine): Promise<Place | null> {
  const { environment, path } = machine;
  const { PGDATA } = environment;
  if (!PGDATA || !path.isAbsolute(PGDATA)) return null;
  const postgres = await findProgram(machine, "postgres");
  if (postgres === null && !(await isFolder(machine, PGDATA))) return null;
  return { programs: postgres === null ? null : path.dirname(postgres), dataDirectory: path.resolve(PGDATA) };
}

async function fromSource(machine: Machine): Promise<Place | null> {
  const programs = `${FROM_SOURCE}/bin`;
  if (machine.platform === "win32" || !(await isFile(machine, `${programs}/postgres`))) return null;
  return { programs, dataDirectory: `${FROM_SOURCE}/data` };
}

function laid(machine: Machine, { programs, dataDirectory }: Place) {
  const logFile = machine.path.join(dataDirectory, "server.log");
  const program = machine.platform === "win32" ? "initdb.exe" : "initdb";
  return laidOut(machine, {
    id: `pgdata:${dataDirectory}`,
    origin: "pgdata",
    label: `PGDATA · ${dataDirectory}`,
    programs,
    dataDirectory,
    socketDirectories: TMP,
    logFile,
    start: async (ownerUid) =>
      programs === null ? null : startByPgCtl(machine, programs, dataDirectory, logFile, ownerUid),
    initialise: async () =>
      programs === null || machine.uid === 0
        ? null
        : asSelf(machine.path.join(programs, program), ["-D", dataDirectory, "-U", "postgres"]),
  });
}

/** Servers no installer laid out: the one PGDATA names, and PostgreSQL's own place for what is built from source. */
export const pgdata: Installer = {
  id: "pgdata",
  title: "PGDATA",
  origins: ["pgdata"],
  platforms: ["darwin", "linux", "win32"],
  timeLimitMs: 2000,
  async *list(machine) {
    const places = (await Promise.all([named(machine), fromSource(machine)])).filter((place) => place !== null);
    const [first, second] = places;
    if (first) yield listed(laid(machine, first));
    if (second && second.dataDirectory !== first?.dataDirectory) yield listed(laid(machine, second));
  },
};
