import type { TreeEntry } from "./tree";

interface Data {
  readonly version: string;
  readonly port?: number;
  /** Lines of postgresql.conf besides the port. */
  readonly conf?: string;
  /** The postmaster's number, for a server that runs or did not end well. */
  readonly pid?: number;
  /** The last line of postmaster.pid; "ready" unless told otherwise. */
  readonly status?: string;
}

/** A data directory as initdb and the postmaster leave it (PG_VERSION, postgresql.conf, postmaster.pid's eight lines). */
export function dataDirectory(path: string, data: Data, join = "/"): Record<string, TreeEntry> {
  const { version, port = 5432, conf = "", pid, status = "ready" } = data;
  const pidFile = [pid, path, 1_760_000_000, port, "/tmp", "localhost", "5432001 0", status.padEnd(8), ""].join("\n");
  return {
    [`${path}${join}PG_VERSION`]: `${version}\n`,
    [`${path}${join}postgresql.conf`]: `port = ${port}\n${conf}`,
    ...(pid === undefined ? {} : { [`${path}${join}postmaster.pid`]: pidFile }),
  };
}
