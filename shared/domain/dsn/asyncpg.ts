import { err, ok, type Result } from "../result";
import { hostList, matchPorts, portList } from "./asyncpg-hosts";
import { findInPassfile, type PasswordSource } from "./asyncpg-password";
import { type AsyncpgRelease, isOwnParameter, isSince, NEWEST_ASYNCPG, refusal } from "./asyncpg-release";
import { readService, type ServiceValues } from "./asyncpg-service";
import { type AsyncpgTls, readTls } from "./asyncpg-tls";
import { decodeLenient } from "./percent";
import { type PythonUrl, splitUrl } from "./python-url";
import type { Surroundings } from "./surroundings";

export { ASYNCPG_PARAMETERS } from "./asyncpg-release";

/** PG* variables by name; none count unless the caller hands them in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What asyncpg makes of a string. Null means it fills the gap itself (OS user, database = user). */
export interface AsyncpgValues extends AsyncpgTls {
  /** In the order tried; a socket is [folder, port]. */
  readonly hosts: readonly (readonly [host: string, port: number])[];
  readonly user: string | null;
  /** `***` where it comes from a password file whose passwords were not asked for. */
  readonly password: string | null;
  readonly passwordSource: PasswordSource;
  readonly database: string | null;
  /** Parameters it does not know: it sends them to the server as settings. */
  readonly serverSettings: Readonly<Record<string, string>>;
  /** Which kind of server it wants, "any" by default; null before 0.28. */
  readonly targetSessionAttrs: string | null;
  /** Kerberos: the service's name where one is given, and the library; null before 0.30. */
  readonly krbsrvname: string | null;
  readonly gsslib: string | null;
}

export interface AsyncpgOptions {
  readonly release?: AsyncpgRelease;
  /** Password and service files count only when they are handed in. */
  readonly surroundings?: Surroundings | null;
}

/** Where it looks when nothing names a host. */
const DEFAULT_HOSTS = ["/run/postgresql", "/var/run/postgresql", "/tmp", "/private/tmp", "localhost"];

const SESSION_ATTRIBUTES = ["any", "primary", "standby", "prefer-standby", "read-write", "read-only"];

type Query = ReadonlyMap<string, string>;

/** `parse_qs(query, strict_parsing=True)`: empty values drop out, the last of several wins, `+` is a space. */
function readQuery(query: string): Result<Query, string> {
  const values = new Map<string, string>();
  for (const field of query === "" ? [] : query.split("&")) {
    const equals = field.indexOf("=");
    if (equals < 0) return err("ValueError: bad query field: a parameter has no =");
    const value = field.slice(equals + 1);
    if (value !== "") values.set(decodeLenient(field.slice(0, equals), true), decodeLenient(value, true));
  }
  return ok(values);
}

/** All that a reading draws on. */
interface Given {
  readonly release: AsyncpgRelease;
  readonly query: Query;
  readonly service: ServiceValues;
  readonly environment: Environment;
  readonly surroundings: Surroundings | null;
}

interface Address {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  /** True when nothing names a host. */
  readonly byDefault: boolean;
}

/** Hosts and ports: the part before the query wins over the query, that over the service, that over the environment. */
function readAddress(spec: string, { query, service, environment, release }: Given): Result<Address, string> {
  const options = { release, portVariable: environment.PGPORT };
  const named = (text: string, ports: readonly number[] | null, decode: boolean): Result<Address, string> => {
    const list = hostList(text, ports, { ...options, decode });
    return list.ok ? ok({ ...list.value, byDefault: false }) : list;
  };
  if (spec !== "") return named(spec, null, true);
  let ports: readonly number[] | null = null;
  for (const from of [Object.fromEntries(query), service]) {
    if (ports === null && from.port) {
      const list = portList(from.port);
      if (!list.ok) return list;
      ports = list.value;
    }
    if (from.host) return named(from.host, ports, false);
  }
  if (environment.PGHOST) return named(environment.PGHOST, ports, false);
  const matched = matchPorts(ports, DEFAULT_HOSTS.length, options);
  return matched.ok ? ok({ hosts: DEFAULT_HOSTS, ports: matched.value, byDefault: true }) : matched;
}

const decoded = (raw: string): string | null => (raw === "" ? null : decodeLenient(raw));

/** "a:b" at its first colon; the second part is "" without one. */
function splitColon(text: string): readonly [string, string] {
  const colon = text.indexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** "/" is a database with an empty name, no path is none: then the query may name one. */
const readDatabase = (path: string): string | null => (path === "" ? null : decodeLenient(path.replace(/^\//, "")));

type SignIn = Pick<AsyncpgValues, "user" | "password" | "passwordSource" | "database">;

/** Python's getpass.getuser(): who the variables say is logged in, else whose process it is. */
export const loginName = ({ LOGNAME, USER, LNAME, USERNAME }: Environment, { osUser }: Surroundings): string =>
  LOGNAME || USER || LNAME || USERNAME || osUser;

function readSignIn(auth: string, path: string, address: Address, given: Given): Result<SignIn, string> {
  const { query, service, environment, surroundings } = given;
  const [rawUser, rawPassword] = splitColon(auth);
  const named = (name: string): string | null => query.get(name) ?? service[name] ?? null;
  const user = decoded(rawUser) ?? named("user") ?? (environment.PGUSER || null);
  const database =
    readDatabase(path) ?? query.get("dbname") ?? query.get("database") ?? named("dbname") ?? named("database");
  const filled = database ?? environment.PGDATABASE ?? null;
  const inString = decoded(rawPassword) ?? query.get("password");
  const choices = [
    ["string", inString],
    ["service", service.password],
    ["environment", environment.PGPASSWORD],
  ] as const;
  for (const [kind, password] of choices)
    if (password !== undefined && password !== null)
      return ok({ user, password, passwordSource: { kind }, database: filled });
  if (!surroundings) return ok({ user, password: null, passwordSource: { kind: "none" }, database: filled });
  const hosts = address.byDefault ? [["localhost", address.ports[0] ?? 0] as const] : pairs(address);
  const login = loginName(environment, surroundings);
  const facts = { hosts, user: user ?? login, database: filled ?? user ?? login };
  const found = findInPassfile(named("passfile") ?? environment.PGPASSFILE ?? null, facts, surroundings);
  if (!found.ok) return found;
  return ok({ user, password: found.value.password, passwordSource: found.value.source, database: filled });
}

const pairs = ({ hosts, ports }: Address) => hosts.map((host, index) => [host, ports[index] ?? 0] as const);

type Kerberos = Pick<AsyncpgValues, "targetSessionAttrs" | "krbsrvname" | "gsslib">;

function readKerberos({ query, service, environment, release }: Given): Result<Kerberos, string> {
  const value = (name: string, variable: string): string | null =>
    query.get(name) ?? service[name] ?? environment[variable] ?? null;
  if (!isSince(release, "0.28")) return ok({ targetSessionAttrs: null, krbsrvname: null, gsslib: null });
  const targetSessionAttrs = value("target_session_attrs", "PGTARGETSESSIONATTRS") ?? "any";
  if (!SESSION_ATTRIBUTES.includes(targetSessionAttrs)) {
    const wanted = `target_session_attrs is expected to be one of ${SESSION_ATTRIBUTES.join(", ")}`;
    return err(refusal(release, "InterfaceError", wanted));
  }
  if (!isSince(release, "0.30")) return ok({ targetSessionAttrs, krbsrvname: null, gsslib: null });
  const gsslib = value("gsslib", "PGGSSLIB") ?? "gssapi";
  if (gsslib !== "gssapi" && gsslib !== "sspi")
    return err(refusal(release, "ValueError", "gsslib parameter must be either gssapi or sspi"));
  return ok({ targetSessionAttrs, krbsrvname: value("krbsrvname", "PGKRBSRVNAME"), gsslib });
}

function schemeFault({ scheme }: PythonUrl, release: AsyncpgRelease): string | null {
  if (scheme === "postgresql" || scheme === "postgres") return null;
  return refusal(release, "ValueError", 'invalid DSN: the scheme must be "postgresql" or "postgres"');
}

function readUrl(url: PythonUrl, environment: Environment, options: AsyncpgOptions): Result<AsyncpgValues, string> {
  const { release = NEWEST_ASYNCPG, surroundings = null } = options;
  const at = url.netloc.indexOf("@");
  const spec = url.netloc.slice(at + 1);
  const bare: Given = { release, query: new Map(), service: {}, environment, surroundings };
  const wrongScheme = schemeFault(url, release);
  const query = readQuery(url.query);
  // 0.31 reads the query before all else; before it, the scheme and the address there came first.
  const queryFirst = isSince(release, "0.31");
  if (queryFirst && !query.ok) return query;
  if (wrongScheme !== null) return err(wrongScheme);
  const early = spec === "" ? null : readAddress(spec, bare);
  if (early && !early.ok) return early;
  if (!query.ok) return query;
  const service = queryFirst ? readService(query.value.get("service"), surroundings) : ok<ServiceValues>({});
  if (!service.ok) return service;
  const given: Given = { ...bare, query: query.value, service: service.value };
  const address = early ?? readAddress("", given);
  if (!address.ok) return address;
  const auth = at < 0 ? "" : url.netloc.slice(0, at);
  const signIn = readSignIn(auth, url.path, address.value, given);
  if (!signIn.ok) return signIn;
  const hosts = pairs(address.value);
  const overTcp = hosts.some(([host]) => !host.startsWith("/"));
  const tls = readTls(
    (name, variable) => query.value.get(name) ?? service.value[name] ?? environment[variable],
    overTcp,
    release,
  );
  if (!tls.ok) return tls;
  const kerberos = readKerberos(given);
  if (!kerberos.ok) return kerberos;
  const sent = [...query.value].filter(([name]) => !isOwnParameter(name, release));
  return ok({
    hosts,
    ...signIn.value,
    ...tls.value,
    ...kerberos.value,
    serverSettings: Object.fromEntries(sent),
  });
}

/**
 * Reads a string as asyncpg does (connect_utils.py, `_parse_connect_dsn_and_args`) on Linux and macOS; the newest
 * release unless one is named. Certificates are not looked at. The error names Python's exception first.
 */
export function readAsAsyncpg(
  text: string,
  environment: Environment = {},
  options: AsyncpgOptions = {},
): Result<AsyncpgValues, string> {
  // An empty DSN is no DSN for asyncpg: all defaults.
  const url: Result<PythonUrl, string> =
    text === "" ? ok({ scheme: "postgresql", netloc: "", path: "", query: "" }) : splitUrl(text);
  return url.ok ? readUrl(url.value, environment, options) : err(`ValueError: ${url.error}`);
}
