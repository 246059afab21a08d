import { createHash } from "node:crypto";
import path from "node:path";
import { type Account, mayReach } from "./account";

/** Major version of the programs that ship with the app. */
export const MAJOR = "18";

/** Root's own folders are closed to the user PostgreSQL runs as; this one is not. */
const ROOT_HOME = "/var/lib/aksara-database-setup";

/** Paths of everything that belongs to one private server. */
export interface Layout {
  /** Holds `folder` and its lock. */
  readonly home: string;
  /** The server: deleting it deletes everything. */
  readonly folder: string;
  /** The server while it is being made; it gets its name when it is whole. */
  readonly unfinished: string;
  readonly lock: string;
  /** True when `home` serves this one server only: it goes when the server goes. */
  readonly homeIsOwn: boolean;
}

/** Files inside a server's folder, finished or not. */
export const inside = (folder: string) => ({
  marker: path.join(folder, "aksara-private-server.json"),
  data: path.join(folder, "data"),
  sockets: path.join(folder, "run"),
  password: path.join(folder, "superuser-password"),
  state: path.join(folder, "state.json"),
  log: path.join(folder, "server.log"),
  programs: path.join(folder, "native"),
});

/**
 * Where the server lives: in the app's data folder; as root, where that cannot be reached by the account, in a folder
 * of /var/lib that belongs to this data folder alone.
 */
export function layoutFor(dataFolder: string, account: Account | null): Layout {
  const absolute = path.resolve(dataFolder);
  const reachable = !account || mayReach(account, path.dirname(absolute));
  const mark = createHash("sha256").update(absolute).digest("hex").slice(0, 8);
  const home = reachable ? absolute : path.join(ROOT_HOME, mark);
  const folder = path.join(home, `postgresql-${MAJOR}`);
  return { home, folder, unfinished: `${folder}.unfinished`, lock: `${folder}.lock`, homeIsOwn: !reachable };
}

/** Longest path of a socket: 108 bytes on Linux, 104 on macOS, each with its closing NUL (unix(7)). */
const SOCKET_PATH_MAX = 103;

/** The folder for the server's socket; null on Windows and where its path would be too long. */
export function socketDirectoryIn(folder: string, platform: NodeJS.Platform): string | null {
  const directory = inside(folder).sockets;
  const longest = Buffer.byteLength(`${directory}/.s.PGSQL.65535.lock`);
  // A comma or a quote would end the name inside unix_socket_directories.
  return platform === "win32" || longest > SOCKET_PATH_MAX || /[,"]/.test(directory) ? null : directory;
}
