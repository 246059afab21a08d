import { DEFAULT_PORT } from "../endpoint";
import { matchPassfile, passfileHost } from "./passfile";
import type { Surroundings } from "./surroundings";

/** One server that libpq tries. */
export interface LibpqAddress {
  /** Name, socket folder or address it goes by, also where the certificate is checked; null when only hostaddr is given. */
  readonly host: string | null;
  /** Numeric address to connect to without asking for the name; null when the host is looked up. */
  readonly hostaddr: string | null;
  readonly port: string;
  readonly kind: "address" | "name" | "socket";
  /** Line of the password file that fits; null when none does or the password comes from elsewhere. */
  readonly passfileLine: number | null;
}

/** libpq's is_unixsock_path: an absolute path, or `@name` for Linux's abstract sockets (from release 14). */
export const isSocketHost = (host: string): boolean => host.startsWith("/") || host.startsWith("@");

/** The servers that filled-in values name, in their order; `value` gives "" for what nothing says. */
export function libpqAddresses(
  value: (keyword: string) => string,
  surroundings: Surroundings,
): readonly LibpqAddress[] {
  const list = (keyword: string): readonly string[] => (value(keyword) === "" ? [] : value(keyword).split(","));
  const [hosts, numeric, ports] = [list("host"), list("hostaddr"), list("port")];
  const { passfile, socketDirectory } = surroundings;
  const named = value("passfile");
  // Another file than the one at hand stays a reference: nothing is known of its lines.
  const known = passfile && passfile.ignored === null && (named === "" || named === passfile.path);
  const entries = known && value("password") === "" ? passfile.entries : [];
  const [database, user] = [value("dbname"), value("user")];
  const count = numeric.length || hosts.length || 1;
  return Array.from({ length: count }, (_, index): LibpqAddress => {
    const hostaddr = numeric[index] || null;
    const host = hosts[index] || (hostaddr === null ? socketDirectory || "localhost" : null);
    const port = ports[ports.length === 1 ? 0 : index] || String(DEFAULT_PORT);
    const key = host ?? hostaddr ?? "";
    return {
      host,
      hostaddr,
      port,
      kind: hostaddr !== null ? "address" : isSocketHost(key) ? "socket" : "name",
      passfileLine:
        matchPassfile(entries, { host: passfileHost(key, socketDirectory, "libpq"), port, database, user })?.line ??
        null,
    };
  });
}
