import { asAdministrator } from "../elevation";
import { type Installer, listed } from "../installation";
import type { Machine } from "../machine";
import { isFile, laidOut, namesLike, VAR_RUN } from "./layout";

/** Red Hat's and Fedora's own package (postgresql-server; its README.rpm-dist). */
async function distribution(machine: Machine) {
  const [setup, server] = await Promise.all([
    isFile(machine, "/usr/bin/postgresql-setup"),
    isFile(machine, "/usr/bin/postgres"),
  ]);
  if (!setup || !server) return null;
  return laidOut(machine, {
    id: "rpm:postgresql",
    origin: "rpm",
    label: "rpm · postgresql",
    programs: "/usr/bin",
    dataDirectory: "/var/lib/pgsql/data",
    socketDirectories: VAR_RUN,
    logFile: null,
    start: () => asAdministrator(machine, "systemctl", ["start", "postgresql"]),
    initialise: () => asAdministrator(machine, "postgresql-setup", ["--initdb"]),
  });
}

/** The PostgreSQL project's packages: /usr/pgsql-<v>, /var/lib/pgsql/<v>/data, unit postgresql-<v> (yum.postgresql.org). */
const project = (machine: Machine, version: string) => {
  const programs = `/usr/pgsql-${version}/bin`;
  return laidOut(machine, {
    id: `rpm:postgresql-${version}`,
    origin: "rpm",
    label: `rpm · postgresql-${version}`,
    major: version,
    programs,
    dataDirectory: `/var/lib/pgsql/${version}/data`,
    socketDirectories: VAR_RUN,
    logFile: `/var/lib/pgsql/${version}/pgstartup.log`,
    start: () => asAdministrator(machine, "systemctl", ["start", `postgresql-${version}`]),
    initialise: () => asAdministrator(machine, `${programs}/postgresql-${version}-setup`, ["initdb"]),
  });
};

/** Red Hat and its kin: the distribution's own package and the PostgreSQL project's, several versions side by side. */
export const rpm: Installer = {
  id: "rpm",
  title: "Red Hat packages",
  origins: ["rpm"],
  platforms: ["linux"],
  timeLimitMs: 2000,
  async *list(machine) {
    const own = await distribution(machine);
    if (own) yield listed(own);
    for (const { name, match } of await namesLike(machine, "/usr", /^pgsql-(\d+)$/)) {
      if (await isFile(machine, `/usr/${name}/bin/postgres`)) yield listed(project(machine, match));
    }
  },
};
