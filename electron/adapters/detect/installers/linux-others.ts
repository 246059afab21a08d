import { asAdministrator } from "../elevation";
import { type Installer, listed } from "../installation";
import { isFile, isFolder, laidOut, namesLike, toCopy, VAR_RUN } from "./layout";

const common = { platforms: ["linux"], timeLimitMs: 2000 } as const;

/** Arch Linux: one version, initialised by hand (ArchWiki, "PostgreSQL"). */
export const arch: Installer = {
  ...common,
  id: "arch",
  title: "Arch packages",
  origins: ["arch"],
  async *list(machine) {
    const home = "/var/lib/postgres";
    if (!(await isFolder(machine, home)) || !(await isFile(machine, "/usr/bin/postgres"))) return;
    yield listed(
      laidOut(machine, {
        id: "arch:postgresql",
        origin: "arch",
        label: "Arch · postgresql",
        programs: "/usr/bin",
        dataDirectory: `${home}/data`,
        socketDirectories: ["/run/postgresql"],
        start: () => asAdministrator(machine, "systemctl", ["start", "postgresql"]),
        initialise: async () => toCopy(`sudo -iu postgres initdb -D ${home}/data`),
      }),
    );
  },
};

/** Alpine: /usr/libexec/postgresql<v>, data a version (its postgresql-common's init script). */
export const alpine: Installer = {
  ...common,
  id: "alpine",
  title: "Alpine packages",
  origins: ["alpine"],
  async *list(machine) {
    for (const { name, match } of await namesLike(machine, "/usr/libexec", /^postgresql(\d+)$/)) {
      const programs = `/usr/libexec/${name}`;
      if (!(await isFile(machine, `${programs}/postgres`))) continue;
      yield listed(
        laidOut(machine, {
          id: `alpine:${name}`,
          origin: "alpine",
          label: `Alpine · ${name}`,
          major: match,
          programs,
          dataDirectory: `/var/lib/postgresql/${match}/data`,
          socketDirectories: ["/run/postgresql"],
          logFile: `/var/lib/postgresql/${match}/postmaster.log`,
          start: () => asAdministrator(machine, "rc-service", ["postgresql", "start"]),
          initialise: () => asAdministrator(machine, "rc-service", ["postgresql", "setup"]),
        }),
      );
    }
  },
};

/** openSUSE: several versions' programs, one data directory (its postgresql-server package). */
export const opensuse: Installer = {
  ...common,
  id: "opensuse",
  title: "openSUSE packages",
  origins: ["opensuse"],
  async *list(machine) {
    const versions = await namesLike(machine, "/usr/lib", /^postgresql(\d+)$/);
    const newest = [...versions].sort((a, b) => Number(b.match) - Number(a.match))[0];
    if (!newest || !(await isFile(machine, `/usr/lib/${newest.name}/bin/postgres`))) return;
    yield listed(
      laidOut(machine, {
        id: "opensuse:postgresql",
        origin: "opensuse",
        label: "openSUSE · postgresql",
        major: newest.match,
        programs: `/usr/lib/${newest.name}/bin`,
        dataDirectory: "/var/lib/pgsql/data",
        socketDirectories: VAR_RUN,
        // Its service makes the data directory at the first start.
        start: () => asAdministrator(machine, "systemctl", ["start", "postgresql"]),
        initialise: () => asAdministrator(machine, "systemctl", ["start", "postgresql"]),
      }),
    );
  },
};

/** NixOS: services.postgresql keeps a data directory a version in /var/lib/postgresql (its module's dataDir). */
export const nix: Installer = {
  ...common,
  id: "nix",
  title: "NixOS",
  origins: ["nix"],
  async *list(machine) {
    if (!(await isFolder(machine, "/run/current-system/sw"))) return;
    for (const { match } of await namesLike(machine, "/var/lib/postgresql", /^(\d+)$/)) {
      yield listed(
        laidOut(machine, {
          id: `nix:${match}`,
          origin: "nix",
          label: `NixOS · PostgreSQL ${match}`,
          major: match,
          programs: null,
          dataDirectory: `/var/lib/postgresql/${match}`,
          socketDirectories: ["/run/postgresql"],
          start: () => asAdministrator(machine, "systemctl", ["start", "postgresql"]),
        }),
      );
    }
  },
};
