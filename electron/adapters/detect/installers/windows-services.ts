import { postgresServices, type WindowsService } from "../../../../shared/domain/detect/windows-registry";
import { type Installer, listed, listProblem } from "../installation";
import type { Machine } from "../machine";
import { laidOut, namesLike, toCopy } from "./layout";

const QUERIES: readonly (readonly string[])[] = [
  ["query", "HKLM\\SOFTWARE\\PostgreSQL", "/s", "/reg:64"],
  ["query", "HKLM\\SOFTWARE\\PostgreSQL", "/s", "/reg:32"],
  ["query", "HKLM\\SYSTEM\\CurrentControlSet\\Services", "/s", "/d", "/f", "runservice"],
];
const TOOL_MS = 2000;

const unreadable = ({ service, dataDirectory }: WindowsService): string =>
  `The data directory of ${service ?? "a PostgreSQL"} has letters that cannot be read from the registry: ${dataDirectory}.`;

/** EDB's own folders, for an installation whose registry keys are gone. */
async function inProgramFiles(machine: Machine): Promise<readonly WindowsService[]> {
  const root = machine.path.join(machine.environment.ProgramFiles || "C:\\Program Files", "PostgreSQL");
  const versions = await namesLike(machine, root, /^(\d+)$/);
  return versions.map(({ name }) => ({
    service: null,
    dataDirectory: machine.path.join(root, name, "data"),
    programs: machine.path.join(root, name, "bin"),
    version: null,
  }));
}

/** A word for PowerShell: quoted unless it is plain (about_Quoting_Rules). */
const inPowerShell = (word: string): string => (/^[\w-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`);

function read(machine: Machine, { service, dataDirectory, programs, version }: WindowsService) {
  const major =
    /^(\d+)/.exec(version ?? "")?.[1] ?? /[\\-](\d+)(?:\\bin)?$/.exec(programs?.replace(/\\+$/, "") ?? "")?.[1] ?? null;
  const isEdb = /\\PostgreSQL\\\d+/i.test(programs ?? dataDirectory) || /^postgresql-x64-\d+$/i.test(service ?? "");
  const origin = isEdb ? "edb" : "windows-service";
  const name = service ?? dataDirectory;
  return laidOut(machine, {
    id: `${origin}:${service ?? major ?? dataDirectory}`,
    origin,
    label: isEdb ? `EDB · PostgreSQL ${major ?? name}` : `Windows service · ${name}`,
    version: version?.replace(/-\d+$/, "") ?? null,
    major,
    programs,
    dataDirectory,
    socketDirectories: [],
    logFile: null,
    whenMissing: "broken",
    start:
      service === null
        ? null
        : async () => toCopy(`Start-Service ${inPowerShell(service)}`, "In PowerShell, opened as administrator."),
  });
}

/** PostgreSQL services of Windows: EDB's installer (also by winget), and any other that pg_ctl registered. */
export const windowsServices: Installer = {
  id: "windows-services",
  title: "Windows services",
  origins: ["edb", "windows-service"],
  platforms: ["win32"],
  timeLimitMs: 4000,
  async *list(machine, { signal }) {
    const reg = machine.path.join(machine.environment.SystemRoot || "C:\\Windows", "System32", "reg.exe");
    const answers = await Promise.all(
      QUERIES.map((args) => machine.runTool(reg, args, { timeoutMs: TOOL_MS, signal })),
    );
    const dumps = answers.flatMap((answer) => (answer.kind === "output" ? [answer.text] : []));
    const registered = postgresServices(dumps);
    const others = (await inProgramFiles(machine)).filter(
      (one) => !registered.some(({ programs }) => programs?.toLowerCase() === one.programs?.toLowerCase()),
    );
    if (answers.some(({ kind }) => kind === "timeout"))
      yield listProblem(
        "windows-services",
        "timed-out",
        "Windows' registry does not answer: its services are left out.",
      );
    for (const one of [...registered, ...others]) {
      // reg.exe writes in the code page of its console: a letter that got lost would name another folder.
      if (one.dataDirectory.includes("\ufffd")) yield listProblem("windows-services", "unreadable", unreadable(one));
      else yield listed(read(machine, one));
    }
  },
};
