import type { ShownTarget } from "../diagnosis";
import { DEFAULT_PORT, type Endpoint } from "../endpoint";
import type { Credentials, Sslmode } from "../target";
import { isSecretParameter } from "./libpq-keywords";
import { readPort, toEndpoint } from "./read-target";

/** Where asyncpg looks when the string names no host, in its order (connect_utils.py), twins left out. */
export const DEFAULT_SOCKET_DIRECTORIES = ["/var/run/postgresql", "/tmp"] as const;

/** A target with every gap filled. */
export interface FilledTarget {
  /** In the order they are tried; at least one. */
  readonly endpoints: readonly Endpoint[];
  readonly user: string;
  readonly database: string;
  readonly sslmode: Sslmode;
}

/** libpq's own reading of an empty place in a list of hosts: the socket folder it was built with. */
const [EMPTY_HOST] = DEFAULT_SOCKET_DIRECTORIES;

function fillEndpoints({ target }: Credentials): readonly Endpoint[] {
  const ports = (target.parameters.port ?? "").split(",").map((one) => readPort(one) ?? DEFAULT_PORT);
  const portOf = (index: number) => ports[ports.length === 1 ? 0 : index] ?? DEFAULT_PORT;
  const addresses = target.parameters.hostaddr;
  if (target.hosts.length === 0 && addresses)
    return addresses.split(",").map((host, index) => toEndpoint(host || EMPTY_HOST, portOf(index)));
  if (target.hosts.length === 0)
    return [...DEFAULT_SOCKET_DIRECTORIES, "localhost"].map((host) => toEndpoint(host, portOf(0)));
  return target.hosts.map((one) => ("host" in one && one.host === "" ? toEndpoint(EMPTY_HOST, one.port) : one));
}

/** The computer's own authorities say nothing about a host they were not asked about (libpq 16, sslrootcert=system). */
const defaultMode = ({ sslrootcert }: Readonly<Record<string, string>>): Sslmode =>
  sslrootcert === "system" ? "verify-full" : "prefer";

/** Fills the gaps as libpq and asyncpg do: user = OS user, database = user, port 5432, sslmode prefer. */
export function resolveTarget(credentials: Credentials, osUser: string): FilledTarget {
  const user = credentials.target.user || osUser;
  return {
    endpoints: fillEndpoints(credentials),
    user,
    database: credentials.target.database || user,
    sslmode: credentials.target.sslmode ?? defaultMode(credentials.target.parameters),
  };
}

/** Parameters as reports show them: those that hold a secret as `***`. */
export const showParameters = (parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isSecretParameter(name) ? "***" : value]),
  );

/** The target as reports show it: the password only as "there is one". */
export const showTarget = (credentials: Credentials): ShownTarget => ({
  hosts: credentials.target.hosts,
  user: credentials.target.user,
  password: credentials.password === null ? null : "***",
  database: credentials.target.database,
  sslmode: credentials.target.sslmode,
  parameters: showParameters(credentials.target.parameters),
});
