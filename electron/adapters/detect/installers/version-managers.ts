import { type Installer, listed } from "../installation";
import type { Machine } from "../machine";
import { asSelf, isFile, laidOut, namesLike, startByPgCtl, TMP } from "./layout";

interface Managed {
  readonly id: "asdf" | "mise";
  readonly title: string;
  /** Where its installations lie: an own variable first, then its usual place in the home folder. */
  readonly roots: (machine: Machine) => readonly string[];
}

/** asdf and mise build PostgreSQL from source into a folder a version, with a `data` folder in it (asdf-postgres). */
const managed = ({ id, title, roots }: Managed): Installer => ({
  id,
  title,
  origins: [id],
  platforms: ["darwin", "linux"],
  timeLimitMs: 2000,
  async *list(machine) {
    for (const root of new Set(roots(machine))) {
      for (const { name, match } of await namesLike(machine, root, /^(\d+)(?:\.\d+)*$/)) {
        const folder = machine.path.join(root, name);
        const programs = machine.path.join(folder, "bin");
        const dataDirectory = machine.path.join(folder, "data");
        const logFile = machine.path.join(folder, "server.log");
        // mise links 17 and latest to the exact version: one card is enough.
        if ((await machine.files.realPath(folder)) !== folder || !(await isFile(machine, `${programs}/postgres`)))
          continue;
        yield listed(
          laidOut(machine, {
            id: `${id}:${name}`,
            origin: id,
            label: `${title} · PostgreSQL ${name}`,
            version: name,
            major: match,
            programs,
            dataDirectory,
            socketDirectories: TMP,
            logFile,
            start: (ownerUid) => startByPgCtl(machine, programs, dataDirectory, logFile, ownerUid),
            initialise: async () =>
              machine.uid === 0 ? null : asSelf(`${programs}/initdb`, ["-D", dataDirectory, "-U", "postgres"]),
          }),
        );
      }
    }
  },
});

export const asdf = managed({
  id: "asdf",
  title: "asdf",
  roots: ({ environment, home, path }) => [
    path.join(environment.ASDF_DATA_DIR || path.join(home, ".asdf"), "installs/postgres"),
  ],
});

export const mise = managed({
  id: "mise",
  title: "mise",
  roots: ({ environment, home, path }) => {
    const data =
      environment.MISE_DATA_DIR || path.join(environment.XDG_DATA_HOME || path.join(home, ".local/share"), "mise");
    return [path.join(data, "installs/postgres"), path.join(data, "installs/postgresql")];
  },
});

/** conda lays out no data directory: the one that PGDATA names, with the active environment's programs. */
export const conda: Installer = {
  id: "conda",
  title: "conda",
  origins: ["conda"],
  platforms: ["darwin", "linux"],
  timeLimitMs: 2000,
  async *list(machine) {
    const { CONDA_PREFIX, CONDA_DEFAULT_ENV, PGDATA } = machine.environment;
    if (!CONDA_PREFIX || !PGDATA) return;
    const programs = machine.path.join(CONDA_PREFIX, "bin");
    if (!(await isFile(machine, machine.path.join(programs, "postgres")))) return;
    const name = CONDA_DEFAULT_ENV || machine.path.basename(CONDA_PREFIX);
    const logFile = machine.path.join(PGDATA, "server.log");
    yield listed(
      laidOut(machine, {
        id: `conda:${name}`,
        origin: "conda",
        label: `conda · ${name}`,
        programs,
        dataDirectory: PGDATA,
        socketDirectories: TMP,
        logFile,
        start: (ownerUid) => startByPgCtl(machine, programs, PGDATA, logFile, ownerUid),
        initialise: async () =>
          machine.uid === 0 ? null : asSelf(`${programs}/initdb`, ["-D", PGDATA, "-U", "postgres"]),
      }),
    );
  },
};
