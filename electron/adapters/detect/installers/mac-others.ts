import { parseIni } from "../../../../shared/domain/detect/ini";
import { showCommand } from "../../run-command";
import { type Installer, listed } from "../installation";
import type { Machine } from "../machine";
import { isFile, laidOut, namesLike, TMP, toCopy } from "./layout";

/** EDB's installer for macOS: /Library/PostgreSQL/<v>; /etc/postgres-reg.ini names a data directory elsewhere. */
export const edbMac: Installer = {
  id: "edb-mac",
  title: "EDB installer",
  origins: ["edb"],
  platforms: ["darwin"],
  timeLimitMs: 2000,
  async *list(machine) {
    const read = await machine.files.readText("/etc/postgres-reg.ini");
    const registered = read.kind === "text" ? parseIni(read.text) : new Map<string, ReadonlyMap<string, string>>();
    for (const { match } of await namesLike(machine, "/Library/PostgreSQL", /^(\d+)$/)) {
      const root = `/Library/PostgreSQL/${match}`;
      if (!(await isFile(machine, `${root}/bin/postgres`))) continue;
      const dataDirectory = registered.get(`PostgreSQL/${match}`)?.get("DataDirectory") || `${root}/data`;
      yield listed(
        laidOut(machine, {
          id: `edb:${match}`,
          origin: "edb",
          label: `EDB · PostgreSQL ${match}`,
          major: match,
          programs: `${root}/bin`,
          dataDirectory,
          socketDirectories: TMP,
          whenMissing: "broken",
          start: async () =>
            toCopy(showCommand("sudo", ["-u", "postgres", `${root}/bin/pg_ctl`, "-D", dataDirectory, "start"])),
        }),
      );
    }
  },
};

/** MacPorts: postgresql<v>-server (its port files). */
export const macports: Installer = {
  id: "macports",
  title: "MacPorts",
  origins: ["macports"],
  platforms: ["darwin"],
  timeLimitMs: 2000,
  async *list(machine) {
    for (const { name, match } of await namesLike(machine, "/opt/local/lib", /^postgresql(\d+)$/)) {
      if (!(await isFile(machine, `/opt/local/lib/${name}/bin/postgres`))) continue;
      const dataDirectory = `/opt/local/var/db/${name}/defaultdb`;
      yield listed(
        laidOut(machine, {
          id: `macports:${name}`,
          origin: "macports",
          label: `MacPorts · ${name}`,
          major: match,
          programs: `/opt/local/lib/${name}/bin`,
          dataDirectory,
          socketDirectories: TMP,
          logFile: `/opt/local/var/log/${name}/postgres.log`,
          start: async () => toCopy(`sudo port load ${name}-server`),
          initialise: async () =>
            toCopy(
              `sudo mkdir -p ${dataDirectory} && sudo chown postgres:postgres ${dataDirectory} && ` +
                `sudo -u postgres /opt/local/lib/${name}/bin/initdb -D ${dataDirectory}`,
            ),
        }),
      );
    }
  },
};

const DBNGIN = "Library/Application Support/com.tinyapp.DBngin/Engines/postgresql";

async function versionOf(machine: Machine, folder: string): Promise<string | null> {
  const read = await machine.files.readText(`${folder}/PG_VERSION`, 100);
  return read.kind === "text" ? (/^\d+$/.exec(read.text.trim())?.[0] ?? null) : null;
}

/** DBngin keeps every server in a folder named by a UUID; it is started in its own window. */
export const dbngin: Installer = {
  id: "dbngin",
  title: "DBngin",
  origins: ["dbngin"],
  platforms: ["darwin"],
  timeLimitMs: 2000,
  async *list(machine) {
    const root = `${machine.home}/${DBNGIN}`;
    for (const { name } of await namesLike(machine, root, /^([0-9A-Fa-f-]{36})$/)) {
      const major = await versionOf(machine, `${root}/${name}`);
      yield listed(
        laidOut(machine, {
          id: `dbngin:${name}`,
          origin: "dbngin",
          label: `DBngin · ${major ? `PostgreSQL ${major}` : name.slice(0, 8)}`,
          major,
          programs: null,
          dataDirectory: `${root}/${name}`,
          socketDirectories: TMP,
          whenMissing: "broken",
          start: async () => toCopy("open -a DBngin", "Then press Start beside the server."),
        }),
      );
    }
  },
};
