import { type Installer, listed } from "../installation";
import type { Machine } from "../machine";
import { findProgram } from "../programs";
import { asSelf, isFile, isFolder, laidOut, namesLike, TMP, toCopy } from "./layout";

/** Apple silicon, Intel, Linux (docs.brew.sh, "Installation"). */
const PREFIXES = ["/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"] as const;

/** brew keeps a server it started alive: one that is ended from outside comes back by itself. */
const KEPT_ALIVE = "brew also starts it at every login and after it ended.";

/** The old unversioned formula kept its data in var/postgres. */
async function dataOf(machine: Machine, prefix: string, formula: string): Promise<string> {
  const own = `${prefix}/var/${formula}`;
  if (formula !== "postgresql" || (await isFolder(machine, own))) return own;
  const old = `${prefix}/var/postgres`;
  return (await isFolder(machine, old)) ? old : own;
}

/** "17.2" out of .../Cellar/postgresql@17/17.2_1, where `opt` links lead. */
const cellarVersion = (path: string | null): string | null =>
  /\/Cellar\/[^/]+\/(\d+(?:\.\d+)*)/.exec(path ?? "")?.[1] ?? null;

async function read(machine: Machine, prefix: string, formula: string) {
  const version = cellarVersion(await machine.files.realPath(`${prefix}/opt/${formula}`));
  const major = /@(\d+)$/.exec(formula)?.[1] ?? version?.split(".")[0] ?? null;
  const args = ["services", "start", formula];
  return laidOut(machine, {
    id: `homebrew:${formula}`,
    origin: "homebrew",
    label: `Homebrew · ${formula}`,
    version,
    major,
    programs: `${prefix}/opt/${formula}/bin`,
    dataDirectory: await dataOf(machine, prefix, formula),
    socketDirectories: TMP,
    logFile: `${prefix}/var/log/${formula}.log`,
    async start() {
      const brew = (await findProgram(machine, "brew")) ?? `${prefix}/bin/brew`;
      // brew refuses to run as root.
      if (machine.uid === 0) return toCopy(`brew ${args.join(" ")}`, "Run it as the user who owns Homebrew.");
      return { ...asSelf(brew, args, KEPT_ALIVE), shown: `brew ${args.join(" ")}`, home: machine.home };
    },
    initialise: async () => {
      const initdb = `${prefix}/opt/${formula}/bin/initdb`;
      return asSelf(initdb, ["--locale=C.UTF-8", "-E", "UTF-8", `${prefix}/var/${formula}`]);
    },
  });
}

/** Homebrew's formulas, read from its folders: `brew` itself takes a second or two and is not run. */
export const homebrew: Installer = {
  id: "homebrew",
  title: "Homebrew",
  origins: ["homebrew"],
  platforms: ["darwin", "linux"],
  timeLimitMs: 2000,
  async *list(machine) {
    for (const prefix of PREFIXES) {
      for (const { name } of await namesLike(machine, `${prefix}/opt`, /^(postgresql(?:@\d+)?)$/)) {
        if (await isFile(machine, `${prefix}/opt/${name}/bin/postgres`))
          yield listed(await read(machine, prefix, name));
      }
    }
  },
};
