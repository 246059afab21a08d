import { err, ok, type Result } from "../result";
import { SSLMODES } from "../target";
import { hostList, matchPorts, portList } from "./asyncpg-hosts";
import { decodeLenient } from "./percent";
import { type PythonUrl, splitUrl } from "./python-url";

/** PG* variables by name; none count unless the caller hands them in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What asyncpg makes of a string. Null means it fills the gap itself (OS user, database = user, .pgpass). */
export interface AsyncpgValues {
  /** In the order tried; a socket is [folder, port]. */
  readonly hosts: readonly (readonly [host: string, port: number])[];
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string | null;
  /** The mode it uses: "prefer" where none is given and TCP is tried, "disable" over Unix sockets alone. */
  readonly sslmode: string;
  /** Parameters it does not know: it sends them to the server as settings. */
  readonly serverSettings: Readonly<Record<string, string>>;
}

/** Where it looks when nothing names a host. */
const DEFAULT_HOSTS = ["/run/postgresql", "/var/run/postgresql", "/tmp", "/private/tmp", "localhost"];

const known = (since: string | null, names: string): (readonly [string, string | null])[] =>
  names.split(" ").map((name) => [name, since] as const);

/** Query parameters asyncpg keeps for itself, with the release that first did; null stands for 0.27 and before. */
export const ASYNCPG_PARAMETERS: ReadonlyMap<string, string | null> = new Map([
  ...known(
    null,
    "host port user password dbname database passfile sslmode sslcert sslkey sslrootcert sslcrl sslpassword",
  ),
  ...known(null, "ssl_min_protocol_version ssl_max_protocol_version"),
  ...known("0.28", "target_session_attrs"),
  ...known("0.30", "krbsrvname gsslib"),
  ...known("0.31", "service servicefile"),
]);

const TLS_VERSION = /^(?:MINIMUM_SUPPORTED|MAXIMUM_SUPPORTED|TLSv1(?:[._][123])?)$/;

/** `parse_qs(query, strict_parsing=True)`: empty values drop out, the last of several wins, `+` is a space. */
function readQuery(query: string): Result<Map<string, string>, string> {
  const values = new Map<string, string>();
  for (const field of query === "" ? [] : query.split("&")) {
    const equals = field.indexOf("=");
    if (equals < 0) return err("ValueError: bad query field: a parameter has no =");
    const value = field.slice(equals + 1);
    if (value !== "") values.set(decodeLenient(field.slice(0, equals), true), decodeLenient(value, true));
  }
  return ok(values);
}

interface Address {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
}

/** The part before the query wins over the query, the query over the environment. */
function readAddress(
  spec: string,
  query: ReadonlyMap<string, string>,
  environment: Environment,
): Result<Address, string> {
  const portVariable = environment.PGPORT;
  if (spec !== "") return hostList(spec, null, { portVariable, decode: true });
  const portText = query.get("port");
  const ports = portText === undefined ? ok(null) : portList(portText);
  if (!ports.ok) return ports;
  const hostText = query.get("host") ?? environment.PGHOST;
  if (hostText) return hostList(hostText, ports.value, { portVariable, decode: false });
  const matched = matchPorts(ports.value, DEFAULT_HOSTS.length, portVariable);
  return matched.ok ? ok({ hosts: DEFAULT_HOSTS, ports: matched.value }) : matched;
}

const decoded = (raw: string): string | null => (raw === "" ? null : decodeLenient(raw));

/** "a:b" at its first colon; the second part is "" without one. */
function splitColon(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

function readUrl(url: PythonUrl, environment: Environment): Result<AsyncpgValues, string> {
  const at = url.netloc.indexOf("@");
  const [rawUser, rawPassword] = splitColon(at < 0 ? "" : url.netloc.slice(0, at));
  const spec = url.netloc.slice(at + 1);
  // The address before the query is read before the query: its error comes first.
  const early = spec === "" ? null : readAddress(spec, new Map(), environment);
  if (early && !early.ok) return early;
  const query = readQuery(url.query);
  if (!query.ok) return query;
  const address = early ?? readAddress("", query.value, environment);
  if (!address.ok) return address;
  const value = (name: string) => query.value.get(name) ?? null;
  const hosts = address.value.hosts.map((host, index) => [host, address.value.ports[index] ?? 0] as const);
  const overTcp = hosts.some(([host]) => !host.startsWith("/"));
  const sslmode = value("sslmode") ?? environment.PGSSLMODE ?? (overTcp ? "prefer" : "disable");
  const mode = SSLMODES.find((one) => one === sslmode.replaceAll("_", "-"));
  if (!mode) return err(`InterfaceError: sslmode must be one of ${SSLMODES.join(", ")}`);
  if (mode !== "disable") {
    for (const name of ["ssl_min_protocol_version", "ssl_max_protocol_version"]) {
      const version =
        value(name) ??
        environment[name === "ssl_min_protocol_version" ? "PGSSLMINPROTOCOLVERSION" : "PGSSLMAXPROTOCOLVERSION"];
      if (version && !TLS_VERSION.test(version)) return err(`ValueError: ${name} is no TLS version`);
    }
  }
  return ok({
    hosts,
    user: decoded(rawUser) ?? value("user") ?? (environment.PGUSER || null),
    password: decoded(rawPassword) ?? value("password") ?? environment.PGPASSWORD ?? null,
    database: readDatabase(url.path) ?? value("dbname") ?? value("database") ?? environment.PGDATABASE ?? null,
    sslmode: mode,
    serverSettings: Object.fromEntries([...query.value].filter(([name]) => !ASYNCPG_PARAMETERS.has(name))),
  });
}

/** "/" is a database with an empty name, no path is none: then the query may name one. */
const readDatabase = (path: string): string | null => (path === "" ? null : decodeLenient(path.replace(/^\//, "")));

/**
 * Reads a string as asyncpg does (connect_utils.py, `_parse_connect_dsn_and_args`, 0.27 with the parameters later
 * releases added). Files (.pgpass, certificates) are not looked at. The error names Python's exception first.
 */
export function readAsAsyncpg(text: string, environment: Environment = {}): Result<AsyncpgValues, string> {
  // An empty DSN is no DSN for asyncpg: all defaults.
  const url: Result<PythonUrl, string> =
    text === "" ? ok({ scheme: "postgresql", netloc: "", path: "", query: "" }) : splitUrl(text);
  if (!url.ok) return err(`ValueError: ${url.error}`);
  const { scheme } = url.value;
  if (scheme !== "postgresql" && scheme !== "postgres")
    return err('ValueError: invalid DSN: the scheme must be "postgresql" or "postgres"');
  return readUrl(url.value, environment);
}
