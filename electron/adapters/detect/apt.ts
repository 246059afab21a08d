import path from "node:path";
import type { SourceProblem } from "../../../shared/domain/server";
import type { DetectContext, Detected, DetectSource } from "../../use-cases/detection";
import { readAptCluster } from "./apt-cluster";
import { aptFinding, readPackages } from "./apt-finding";
import { asTheyFinish } from "./as-they-finish";
import { listFolder, lookAt } from "./files";
import type { Machine } from "./machine";
import { surroundingsOf } from "./surroundings";

const ID = "apt";

/** Versions are folders named by a number; anything else in /etc/postgresql is somebody's own. */
const VERSION = /^\d+(\.\d+)?$/;

const said = (kind: SourceProblem["kind"], message: string): Detected => ({
  kind: "problem",
  problem: { source: ID, kind, message },
});

type Names = { readonly names: readonly string[]; readonly problem: Detected | null };

async function namesIn(folder: string): Promise<Names> {
  const listing = await listFolder(folder);
  if (listing.kind === "names") return { names: listing.names, problem: null };
  if (listing.kind === "missing") return { names: [], problem: null };
  const problem =
    listing.kind === "denied"
      ? said("no-permission", `Your user may not look into ${folder}.`)
      : said("unreadable", `${folder} cannot be read: ${listing.why}.`);
  return { names: [], problem };
}

/** One entry of /etc/postgresql/<version>: a cluster, a problem, or nothing. */
async function look(machine: Machine, context: DetectContext, version: string, name: string): Promise<Detected | null> {
  const folder = path.join(machine.paths.clusters, version, name);
  const [self, conf] = await Promise.all([lookAt(folder), lookAt(path.join(folder, "postgresql.conf"))]);
  if (self.kind === "symlink-loop")
    return said("unreadable", `${folder} is a symbolic link that leads back to itself.`);
  // pg_lsclusters, too, passes over folders without a postgresql.conf: what is left after a removal.
  if (self.kind !== "folder" || conf.kind === "missing") return null;
  const packages = context.once("packages", () => readPackages(machine));
  const cluster = await readAptCluster(machine, version, name, () => surroundingsOf(machine, context));
  return { kind: "server", finding: await aptFinding(machine, cluster, await packages) };
}

/** Clusters of Debian and Ubuntu (postgresql-common), read from their files without starting pg_lsclusters. */
export const aptSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Debian and Ubuntu clusters",
  timeLimitMs: 3000,
  explains: true,
  async *find(context) {
    if (machine.platform !== "linux") return;
    const root = machine.paths.clusters;
    const versions = await namesIn(root);
    if (versions.problem) yield versions.problem;
    const looks: Promise<Detected | null>[] = [];
    for (const version of versions.names.filter((name) => VERSION.test(name))) {
      const clusters = await namesIn(path.join(root, version));
      if (clusters.problem) yield clusters.problem;
      looks.push(...clusters.names.map((name) => look(machine, context, version, name)));
    }
    yield* asTheyFinish(looks);
  },
});
