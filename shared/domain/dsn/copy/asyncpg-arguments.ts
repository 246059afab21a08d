import { isSocket } from "../../endpoint";
import type { Target } from "../../target";
import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import { isServerSetting } from "../server-settings";

/** What `asyncpg.connect` takes for a target, sorted by the kind of argument. */
export interface AsyncpgArguments {
  /** In their order; none where the string names none. */
  readonly hosts: readonly (readonly [host: string, port: number])[];
  /** Without a host: the port of the default ones. */
  readonly port: string | null;
  /** Arguments that are strings under names of their own. */
  readonly texts: Readonly<Record<string, string>>;
  /** Seconds; 0 stands for no limit, null for none given. */
  readonly timeout: number | null;
  readonly directTls: boolean;
  readonly serverSettings: Readonly<Record<string, string>>;
  /** Files and limits of TLS, which it takes from a DSN only. */
  readonly dsnOnly: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly unknown: readonly string[];
}

/** connect()'s own arguments of that name, with the release that first had them; "" stands for 0.27 and before. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ["passfile", ""],
  ["target_session_attrs", "0.28"],
  ["krbsrvname", "0.30"],
  ["gsslib", "0.30"],
  ["service", "0.31"],
  ["servicefile", "0.31"],
]);

const DSN_ONLY: ReadonlySet<string> = new Set([
  ...["sslcert", "sslkey", "sslrootcert", "sslcrl", "sslpassword"],
  ...["ssl_min_protocol_version", "ssl_max_protocol_version"],
]);

/** libpq's parameters that go to the server under their own name. */
const START_UP: ReadonlySet<string> = new Set(["application_name", "options", "replication"]);

const isSetting = (name: string): boolean => START_UP.has(name) || (isServerSetting(name) && !LIBPQ_KEYWORDS.has(name));

/** libpq 16's name for the system's own authorities; the other drivers would take it for a file. */
export const isSystemRoot = (name: string, value: string | undefined): boolean =>
  name === "sslrootcert" && value === "system";

/** Parameters with a place of their own. */
const PLACED: ReadonlySet<string> = new Set([
  ...["port", "hostaddr", "connect_timeout", "sslnegotiation", "fallback_application_name"],
]);

function hostList({ hosts, parameters }: Target): AsyncpgArguments["hosts"] {
  const addresses = parameters.hostaddr ? parameters.hostaddr.split(",") : [];
  if (hosts.length === 0) return addresses.map((host) => [host.trim(), Number(parameters.port ?? 5432)] as const);
  return hosts.map((one) => [isSocket(one) ? one.socketDirectory : one.host || "localhost", one.port] as const);
}

/** Sorts a target into the arguments of `asyncpg.connect` (asyncpg 0.27 to 0.31, user, password and database aside). */
export function asyncpgArguments(target: Target): AsyncpgArguments {
  const { parameters, sslmode } = target;
  const pick = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => wanted(name)));
  const fallback = parameters.fallback_application_name;
  const settings = pick(isSetting);
  const timeout = parameters.connect_timeout;
  const names = Object.keys(parameters);
  const hosts = hostList(target);
  const isDsnOnly = (name: string) => DSN_ONLY.has(name) && !isSystemRoot(name, parameters[name]);
  return {
    hosts,
    port: hosts.length === 0 ? (parameters.port ?? null) : null,
    texts: { ...(sslmode === null ? {} : { ssl: sslmode }), ...pick((name) => ARGUMENTS.has(name)) },
    timeout: timeout === undefined ? null : Math.max(0, Number(timeout)),
    directTls: parameters.sslnegotiation === "direct",
    serverSettings:
      fallback && settings.application_name === undefined ? { application_name: fallback, ...settings } : settings,
    dsnOnly: pick(isDsnOnly),
    notes: [
      ...(parameters.hostaddr && target.hosts.length > 0 ? ["asyncpg looks the host up: hostaddr left out."] : []),
      ...names
        .filter((name) => ARGUMENTS.get(name))
        .map((name) => `${name} needs asyncpg ${ARGUMENTS.get(name)} or newer.`),
    ],
    unknown: names.filter((name) => !PLACED.has(name) && !ARGUMENTS.has(name) && !isDsnOnly(name) && !isSetting(name)),
  };
}
