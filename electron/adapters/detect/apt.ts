import path from "node:path";
import type { SourceProblem } from "../../../shared/domain/server";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { readAptCluster } from "./apt-cluster";
import { aptFinding } from "./apt-finding";
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

async function* namesIn(folder: string): AsyncGenerator<Detected | string> {
  const listing = await listFolder(folder);
  if (listing.kind === "names") yield* listing.names;
  else if (listing.kind === "denied") yield said("no-permission", `Your user may not look into ${folder}.`);
  else if (listing.kind === "unreadable") yield said("unreadable", `${folder} cannot be read: ${listing.why}.`);
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
    for await (const version of namesIn(root)) {
      if (typeof version !== "string") {
        yield version;
        continue;
      }
      if (!VERSION.test(version)) continue;
      for await (const name of namesIn(path.join(root, version))) {
        if (typeof name !== "string") {
          yield name;
          continue;
        }
        if (context.signal.aborted) return;
        const folder = path.join(root, version, name);
        const conf = await lookAt(path.join(folder, "postgresql.conf"));
        const self = await lookAt(folder);
        // pg_lsclusters, too, passes over folders without a postgresql.conf: what is left after a removal.
        if (self.kind === "symlink-loop")
          yield said("unreadable", `${folder} is a symbolic link that leads back to itself.`);
        if (self.kind !== "folder" || conf.kind === "missing") continue;
        const cluster = await readAptCluster(machine, version, name, () => surroundingsOf(machine, context));
        yield { kind: "server", finding: await aptFinding(machine, cluster) };
      }
    }
  },
});
