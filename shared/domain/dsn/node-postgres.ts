import type { Environment } from "./asyncpg";
import { type NodePostgresConfig, type NodePostgresTls, readNodePostgresConfig } from "./node-postgres-config";
import { nodePostgresDifferences } from "./node-postgres-differences";
import { isKeywordForm } from "./scan-keywords";

/** How node-postgres takes a string, and where that is not libpq's way. All empty where it refuses it. */
export interface NodePostgresReading {
  readonly ok: boolean;
  /** Names JavaScript's exception first, where there is one. */
  readonly error: string | null;
  /** One or none; a socket is [folder, port]. */
  readonly hosts: readonly (readonly [host: string, port: number])[];
  /** Null means the account's name, where USER is not handed in. */
  readonly user: string | null;
  /** Null means the one named like the user. */
  readonly database: string | null;
  /** Where the password comes from; "passfile" means that it looks there. */
  readonly passwordFrom: "string" | "environment" | "passfile" | null;
  /** In words: "off", "on; checks the issuer and the name, ...". */
  readonly tls: string | null;
  /** Sent to the server at the start. */
  readonly settings: Readonly<Record<string, string>>;
  readonly differences: readonly string[];
}

const refused = (error: string): NodePostgresReading => ({
  ok: false,
  error,
  hosts: [],
  user: null,
  database: null,
  passwordFrom: null,
  tls: null,
  settings: {},
  differences: [],
});

function tlsInWords(tls: NodePostgresTls, direct: boolean): string {
  if (tls.kind === "off") return "off";
  if (tls.kind === "broken") return "on, then it ends in a TypeError";
  const roots = tls.rootFile === null ? "the authorities Node brings along" : tls.rootFile;
  const checks = {
    nothing: "checks nothing",
    issuer: `checks the issuer against ${roots}, not the name`,
    "issuer-and-name": `checks the name, and the issuer against ${roots}`,
  }[tls.checks];
  const start = direct ? "on from the first byte" : "on";
  const files =
    tls.clientFiles.length === 0 ? "" : `; shows the client certificate of ${tls.clientFiles.join(" and ")}`;
  return `${start}; ${checks}${files}`;
}

/** Strings that it takes without a complaint, but for something else than they say. */
function misread(text: string, { url, host }: NodePostgresConfig): string | null {
  if (url === null) return null;
  if (url.fromBase && host === "base") {
    const what = isKeywordForm(text)
      ? "It reads no keyword=value text"
      : "The string does not start with postgresql://";
    return `${what}: it would look for a host named "base".`;
  }
  return url.fromBase || /^(?:postgres(?:ql)?(?:\+.*)?|socket)$/.test(url.scheme)
    ? null
    : "The scheme is not PostgreSQL's; it would connect all the same.";
}

/**
 * Reads a string as `new Client({ connectionString })` of node-postgres does (pg 8.23 with pg-connection-string 2.14;
 * 2.8 brought `uselibpqcompat`, 2.14 `sslnegotiation`). Certificate files are not looked at; a string that it would take for something
 * else, such as keyword=value text, counts as refused. PG* variables fill gaps when handed in. Never throws.
 */
export function readAsNodePostgres(text: string, environment: Environment = {}): NodePostgresReading {
  const read = readNodePostgresConfig(text, environment);
  if (!read.ok) return refused(read.error);
  const config = read.value;
  const wrong = misread(text, config);
  if (wrong !== null) return refused(wrong);
  const overSocket = config.host.startsWith("/");
  if (Number.isNaN(config.port) || (!overSocket && (config.port < 0 || config.port > 65535)))
    return refused("RangeError: the port is not a number from 0 to 65535");
  const user = config.user ?? (environment.USER || null);
  // A PGPASSWORD that is there but empty keeps it from looking into .pgpass.
  const gap = environment.PGPASSWORD === undefined ? "passfile" : null;
  return {
    ok: true,
    error: null,
    hosts: [[config.host, config.port]],
    user,
    database: config.database,
    passwordFrom: config.passwordFrom ?? gap,
    tls: tlsInWords(config.tls, config.direct),
    settings: config.settings,
    differences: nodePostgresDifferences(text, config),
  };
}
