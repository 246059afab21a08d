import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Changes, scanHere } from "./scan";

/** Debian's clusters of version 15 in a folder of the test's own, and nothing else of PostgreSQL. */
export function clustersIn(folder: string) {
  /** Folder of a cluster's configuration. */
  const apt = (name: string): string => path.join(folder, "etc", "15", name);
  const data = (name: string): string => path.join(folder, "data", name);
  const paths = {
    clusters: path.join(folder, "etc"),
    programs: path.join(folder, "programs"),
    socketDirectories: [path.join(folder, "run")],
    proc: path.join(folder, "proc"),
  };
  return {
    apt,
    data,
    paths,
    /** Lays out a stopped cluster, with its programs. */
    async make(name: string, conf = `data_directory = '${data(name)}'\n`): Promise<void> {
      const programs = path.join(paths.programs, "15", "bin");
      for (const each of [apt(name), data(name), programs]) await mkdir(each, { recursive: true });
      await writeFile(path.join(apt(name), "postgresql.conf"), conf);
      await writeFile(path.join(data(name), "PG_VERSION"), "15\n");
      await writeFile(path.join(programs, "postgres"), "");
    },
    /** A scan that sees this folder only: as the project, the home and the system's places. */
    scan: (more: Changes = {}) =>
      scanHere(folder, { projectFolder: () => folder, probe: async () => ({ kind: "refused" }), paths, ...more }),
  };
}
