import { DEFAULT_PORT, type Endpoint } from "../endpoint";
import { splitConfList } from "./postgresql-conf";

/** The settings of a cluster that matter for finding it. */
export interface ClusterSettings {
  readonly dataDirectory: string | null;
  readonly port: number;
  readonly socketDirectories: readonly string[];
  /** listen_addresses split; empty = no TCP. */
  readonly listenAddresses: readonly string[];
  readonly externalPidFile: string | null;
}

/** Debian builds look for sockets here when nothing else is said (postgresql-common). */
export const DEBIAN_SOCKET_DIRECTORY = "/var/run/postgresql";

/** A whole number as PostgreSQL takes it (guc.c, parse_int): hexadecimal, octal behind a 0, decimals rounded. */
function wholeNumber(text: string): number {
  const trimmed = text.trim();
  return /^[-+]?0[0-7]+$/.test(trimmed) ? Number.parseInt(trimmed, 8) : Math.round(Number(trimmed || Number.NaN));
}

/** Reads the settings out of name → value pairs, later files having overridden earlier ones; the socket folders' default is the build's. */
export function clusterSettings(
  values: ReadonlyMap<string, string>,
  defaultSocketDirectories: readonly string[] = [DEBIAN_SOCKET_DIRECTORY],
): ClusterSettings {
  const port = wholeNumber(values.get("port") ?? String(DEFAULT_PORT));
  const sockets = values.get("unix_socket_directories") ?? values.get("unix_socket_directory");
  return {
    dataDirectory: values.get("data_directory") || null,
    port: Number.isInteger(port) && port > 0 && port <= 65535 ? port : DEFAULT_PORT,
    socketDirectories: sockets === undefined ? defaultSocketDirectories : splitConfList(sockets),
    listenAddresses: splitConfList(values.get("listen_addresses") ?? "localhost"),
    externalPidFile: values.get("external_pid_file") || null,
  };
}

/** Where a cluster will answer once it runs, this computer's own addresses only, TCP before sockets. */
export function wantedEndpoints(settings: ClusterSettings): readonly Endpoint[] {
  const { port, listenAddresses, socketDirectories } = settings;
  const every = ["*", "0.0.0.0", "localhost"].some((name) => listenAddresses.includes(name));
  const v4 = every || listenAddresses.some((address) => /^127\./.test(address));
  const v6 = listenAddresses.includes("::1") || listenAddresses.includes("::");
  return [
    ...(v4 ? [{ host: "127.0.0.1", port }] : []),
    ...(v6 ? [{ host: "::1", port }] : []),
    ...socketDirectories.filter((path) => path.startsWith("/")).map((socketDirectory) => ({ socketDirectory, port })),
  ];
}

/** Whether a loopback address is among those listen_addresses asks for; names other than localhost may stand for any. */
export function mayListenOn({ listenAddresses }: ClusterSettings, host: string): boolean {
  const isV6 = host.includes(":");
  return listenAddresses.some((address) => {
    if (address === "0.0.0.0") return !isV6;
    if (address === "::") return isV6;
    return address === host || !/^[\d.]+$|:/.test(address);
  });
}

export type StartMode = "auto" | "manual" | "disabled";

/** Reads Debian's start.conf: the first word that is no comment; "auto" when there is none (pg_ctlcluster(1)). */
export function startMode(text: string | null): StartMode {
  const word = (text ?? "")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .find((line) => line !== "");
  return word === "manual" || word === "disabled" ? word : "auto";
}
