import { type Installer, listed } from "../installation";
import { asSelf, isFile, laidOut, namesLike } from "./layout";

/** Scoop: programs and data in the person's own folder, started by hand (its manifest: pg_ctl start). */
export const scoop: Installer = {
  id: "scoop",
  title: "Scoop",
  origins: ["scoop"],
  platforms: ["win32"],
  timeLimitMs: 2000,
  async *list(machine) {
    const { path } = machine;
    const root = path.join(machine.environment.SCOOP || path.join(machine.home, "scoop"), "apps");
    for (const { name, match } of await namesLike(machine, root, /^postgresql(\d*)$/)) {
      const folder = path.join(root, name, "current");
      const programs = path.join(folder, "bin");
      if (!(await isFile(machine, path.join(programs, "postgres.exe")))) continue;
      const dataDirectory = path.join(folder, "data");
      yield listed(
        laidOut(machine, {
          id: `scoop:${name}`,
          origin: "scoop",
          label: `Scoop · ${name}`,
          major: match || null,
          programs,
          dataDirectory,
          socketDirectories: [],
          logFile: path.join(dataDirectory, "server.log"),
          start: async () =>
            asSelf(path.join(programs, "pg_ctl.exe"), [
              ...["-D", dataDirectory, "-l", path.join(dataDirectory, "server.log")],
              ...["-w", "start"],
            ]),
          initialise: async () =>
            asSelf(path.join(programs, "initdb.exe"), ["-D", dataDirectory, "-U", "postgres", "-E", "utf8"]),
        }),
      );
    }
  },
};

/** Chocolatey's portable package unpacks below ProgramData; its usual one runs EDB's installer, found as a service. */
export const chocolatey: Installer = {
  id: "chocolatey",
  title: "Chocolatey",
  origins: ["chocolatey"],
  platforms: ["win32"],
  timeLimitMs: 2000,
  async *list(machine) {
    const { path } = machine;
    const root = path.join(machine.environment.ChocolateyInstall || "C:\\ProgramData\\chocolatey", "lib");
    for (const { name, match } of await namesLike(machine, root, /^postgresql(\d*)$/)) {
      const programs = path.join(root, name, "tools", "pgsql", "bin");
      if (!(await isFile(machine, path.join(programs, "postgres.exe")))) continue;
      yield listed(
        laidOut(machine, {
          id: `chocolatey:${name}`,
          origin: "chocolatey",
          label: `Chocolatey · ${name}`,
          major: match || null,
          programs,
          dataDirectory: path.join(root, name, "tools", "pgsql", "data"),
          socketDirectories: [],
        }),
      );
    }
  },
};
