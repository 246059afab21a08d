import type { Origin } from "../../../../shared/domain/server";
import { showCommand } from "../../run-command";
import type { ControlCommand, Installation } from "../installation";
import { findUser, type Machine } from "../machine";

/** Where builds put their sockets unless their packager moved them (DEFAULT_PGSOCKET_DIR). */
export const TMP = ["/tmp"] as const;
export const VAR_RUN = ["/var/run/postgresql"] as const;

interface Laid {
  readonly id: string;
  readonly origin: Origin;
  readonly label: string;
  readonly version?: string | null;
  /** The major version that the layout names. */
  readonly major?: string | null;
  readonly programs: string | null;
  readonly dataDirectory: string;
  readonly socketDirectories: readonly string[];
  readonly logFile?: string | null;
  readonly whenMissing?: "uninitialised" | "broken";
  readonly start?: ((ownerUid: number | null) => Promise<ControlCommand | null>) | null;
  readonly initialise?: (() => Promise<ControlCommand | null>) | null;
}

/** An installation whose configuration lies in its data directory, as PostgreSQL itself lays it out. */
export function laidOut({ path }: Pick<Machine, "path">, laid: Laid): Installation {
  const { start, initialise } = laid;
  return {
    id: laid.id,
    origin: laid.origin,
    label: laid.label,
    version: laid.version ?? null,
    logFile: laid.logFile ?? null,
    roles: [],
    async commands(ownerUid) {
      const [starts, makes] = await Promise.all([start?.(ownerUid), initialise?.()]);
      return { ...(starts ? { start: starts } : {}), ...(makes ? { initialise: makes } : {}) };
    },
    place: {
      version: laid.major ?? null,
      programs: laid.programs,
      configuration: path.join(laid.dataDirectory, "postgresql.conf"),
      dataDirectory: laid.dataDirectory,
      socketDirectories: laid.socketDirectories,
      start: "manual",
      whenMissing: laid.whenMissing ?? "uninitialised",
    },
  };
}

/** The names in a folder that a pattern takes, with what its first group says; empty where the folder is not there. */
export async function namesLike(
  { files }: Pick<Machine, "files">,
  folder: string,
  pattern: RegExp,
): Promise<readonly { readonly name: string; readonly match: string }[]> {
  const listing = await files.listFolder(folder);
  if (listing.kind !== "names") return [];
  return listing.names.flatMap((name) => {
    const found = pattern.exec(name);
    return found ? [{ name, match: found[1] ?? "" }] : [];
  });
}

export const isFile = async ({ files }: Pick<Machine, "files">, path: string): Promise<boolean> =>
  (await files.lookAt(path)).kind === "file";

export const isFolder = async ({ files }: Pick<Machine, "files">, path: string): Promise<boolean> =>
  (await files.lookAt(path)).kind === "folder";

/** A command of the person's own, without other rights. */
export const asSelf = (program: string, args: readonly string[], note: string | null = null): ControlCommand => ({
  program,
  args,
  shown: showCommand(program, args),
  runnable: true,
  note,
});

/** A line for a terminal: the app does not run it. */
export const toCopy = (line: string, note: string | null = null): ControlCommand => ({
  program: "",
  args: [],
  shown: line,
  runnable: false,
  note,
});

/** pg_ctl as the data directory's owner; PostgreSQL refuses to run as root, and anybody else may not read the data. */
export async function startByPgCtl(
  machine: Machine,
  programs: string,
  dataDirectory: string,
  logFile: string,
  ownerUid: number | null,
): Promise<ControlCommand | null> {
  const program = machine.path.join(programs, machine.platform === "win32" ? "pg_ctl.exe" : "pg_ctl");
  const command = asSelf(program, ["-D", dataDirectory, "-l", logFile, "-w", "start"]);
  if (machine.uid === null || (machine.uid !== 0 && machine.uid === ownerUid)) return command;
  const owner = ownerUid === null ? null : findUser(machine.paths.passwd, ownerUid);
  const line = owner ? `sudo -u ${owner.name} ${command.shown}` : command.shown;
  return toCopy(line, "Only the owner of the data directory may start it.");
}
