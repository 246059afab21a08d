import { DEBIAN_SOCKET_DIRECTORY, startMode } from "../../../../shared/domain/detect/cluster-conf";
import { packageVersion } from "../../../../shared/domain/detect/package-version";
import { asTheyFinish, type Work } from "../as-they-finish";
import { asAdministrator } from "../elevation";
import type { ControlCommand, Installation, Installer, Listed } from "../installation";
import { listed, listProblem } from "../installation";
import { findUser, type Machine } from "../machine";
import { asSelf, isFile, namesLike } from "./layout";

const ID = "apt";

/** Versions are folders named by a number; anything else in /etc/postgresql is somebody's own. */
const VERSION = /^\d+(\.\d+)?$/;

/** dpkg's list grows with the packages installed: some MB. */
const DPKG_LIMIT = 32 * 1024 * 1024;

/** What dpkg's list says of PostgreSQL's packages; "" where there is none. */
async function readPackages(machine: Machine): Promise<string> {
  const read = await machine.files.readParagraphs(machine.paths.dpkgStatus, "Package: postgresql-", DPKG_LIMIT);
  return read.kind === "text" ? read.text : "";
}

/**
 * How this user starts a cluster: systemd's unit where systemd runs, else pg_ctlcluster(1). Its owner needs neither
 * sudo nor systemd; for anybody else the system asks for an administrator, or there is the line with sudo to copy.
 */
async function startCommand(
  machine: Machine,
  version: string,
  name: string,
  ownerUid: number | null,
): Promise<ControlCommand> {
  if (machine.uid !== null && machine.uid !== 0 && machine.uid === ownerUid) {
    const args = ["--skip-systemctl-redirect", version, name, "start"];
    const shown = ["pg_ctlcluster", ...args].join(" ");
    return { program: "pg_ctlcluster", args, runnable: true, shown, note: null };
  }
  if ((await machine.files.lookAt(machine.paths.systemd)).kind === "folder")
    return asAdministrator(machine, "systemctl", ["start", `postgresql@${version}-${name}`]);
  // Without systemd the redirection to it would fail; with it that is the better way.
  const redirect = machine.uid === 0 ? ["--skip-systemctl-redirect"] : [];
  return asAdministrator(machine, "pg_ctlcluster", [...redirect, version, name, "start"]);
}

/** initdb as the one the emptied data directory belongs to, else `postgres`: PostgreSQL refuses root. */
async function initialiseCommand(
  machine: Machine,
  version: string,
  dataDirectory: string,
  ownerUid: number | null,
): Promise<ControlCommand> {
  const initdb = machine.path.join(machine.paths.programs, version, "bin", "initdb");
  const args = ["-D", dataDirectory];
  if (machine.uid !== null && machine.uid !== 0 && machine.uid === ownerUid) return asSelf(initdb, args);
  const owner = ownerUid ? findUser(machine.paths.passwd, ownerUid) : null;
  return asAdministrator(machine, "runuser", ["-u", owner?.name ?? "postgres", "--", initdb, ...args]);
}

function exactVersion(packages: string, version: string): string {
  const full = packageVersion(packages, `postgresql-${version}`);
  return full?.startsWith(`${version}.`) ? full : version;
}

/** One entry of /etc/postgresql/<version>: a cluster, a problem, or nothing. */
async function look(
  machine: Machine,
  packages: Promise<string>,
  version: string,
  name: string,
): Promise<Listed | null> {
  const { files, path, paths } = machine;
  const folder = path.join(paths.clusters, version, name);
  const configuration = path.join(folder, "postgresql.conf");
  const [self, conf, start] = await Promise.all([
    files.lookAt(folder),
    files.lookAt(configuration),
    files.readText(path.join(folder, "start.conf")),
  ]);
  if (self.kind === "symlink-loop")
    return listProblem(ID, "unreadable", `${folder} is a symbolic link that leads back to itself.`);
  // pg_lsclusters, too, passes over folders without a postgresql.conf: what is left after a removal.
  if (self.kind !== "folder" || conf.kind === "missing") return null;
  const installation: Installation = {
    id: `apt:${version}/${name}`,
    origin: "apt",
    label: `apt · cluster ${version}/${name}`,
    version: exactVersion(await packages, version),
    logFile: `/var/log/postgresql/postgresql-${version}-${name}.log`,
    roles: [],
    commands: async (ownerUid, dataDirectory) => ({
      start: await startCommand(machine, version, name, ownerUid),
      initialise: await initialiseCommand(machine, version, dataDirectory, ownerUid),
    }),
    place: {
      version,
      programs: path.join(paths.programs, version, "bin"),
      configuration,
      dataDirectory: `/var/lib/postgresql/${version}/${name}`,
      socketDirectories: [DEBIAN_SOCKET_DIRECTORY],
      start: startMode(start.kind === "text" ? start.text : null),
      whenMissing: "broken",
    },
  };
  return listed(installation);
}

/** Programs without a cluster: Debian makes none where that was switched off or failed, and the last one may be dropped. */
async function withoutCluster(machine: Machine, packages: Promise<string>, version: string): Promise<Listed | null> {
  const { files, path, paths } = machine;
  const programs = path.join(paths.programs, version, "bin");
  if (!(await isFile(machine, path.join(programs, "postgres")))) return null;
  const dataDirectory = `/var/lib/postgresql/${version}/main`;
  const left = await files.listFolder(dataDirectory);
  // Data whose configuration is gone is not waiting for its first start.
  const isLeft = left.kind === "denied" || (left.kind === "names" && left.names.length > 0);
  return listed({
    id: `apt:${version}/main`,
    origin: "apt",
    label: `apt · PostgreSQL ${version}`,
    version: exactVersion(await packages, version),
    logFile: null,
    roles: [],
    commands: async () => ({ initialise: await asAdministrator(machine, "pg_createcluster", [version, "main"]) }),
    place: {
      version,
      programs,
      configuration: path.join(isLeft ? path.join(paths.clusters, version, "main") : dataDirectory, "postgresql.conf"),
      dataDirectory,
      socketDirectories: [DEBIAN_SOCKET_DIRECTORY],
      start: "manual",
      whenMissing: "uninitialised",
    },
  });
}

async function namesIn(machine: Machine, folder: string) {
  const listing = await machine.files.listFolder(folder);
  if (listing.kind === "names") return { names: listing.names, problem: null };
  if (listing.kind === "missing") return { names: [], problem: null };
  const problem =
    listing.kind === "denied"
      ? listProblem(ID, "no-permission", `Your user may not look into ${folder}.`)
      : listProblem(ID, "unreadable", `${folder} cannot be read: ${listing.why}.`);
  return { names: [], problem };
}

/** Clusters of Debian and Ubuntu (postgresql-common), read from their files without starting pg_lsclusters. */
export const apt: Installer = {
  id: ID,
  title: "Debian and Ubuntu clusters",
  origins: ["apt"],
  platforms: ["linux"],
  timeLimitMs: 3000,
  async *list(machine, context) {
    const root = machine.paths.clusters;
    const versions = await namesIn(machine, root);
    if (versions.problem) yield versions.problem;
    const packages = context.once("packages", () => readPackages(machine));
    const configured = new Set<string>();
    async function* works(): AsyncGenerator<Work<Listed>> {
      for (const version of versions.names.filter((name) => VERSION.test(name))) {
        const { names, problem } = await namesIn(machine, machine.path.join(root, version));
        if (problem) yield async () => problem;
        if (problem || names.length > 0) configured.add(version);
        for (const name of names) yield () => look(machine, packages, version, name);
      }
      if (versions.problem) return;
      for (const { name } of await namesLike(machine, machine.paths.programs, VERSION))
        if (!configured.has(name)) yield () => withoutCluster(machine, packages, name);
    }
    yield* asTheyFinish(works());
  },
};
