import { type Endpoint, isSocket } from "../endpoint";
import type { Target } from "../target";
import { encodePart } from "./percent";
import { isIpv6 } from "./python-url";

/** Writes a host for a URI: IPv6 in brackets, a socket folder as %2F..., everything else encoded. */
function encodeHost(host: string): string {
  // Python refuses anything else in brackets.
  if (isIpv6(host)) {
    const zone = host.indexOf("%");
    return zone < 0 ? `[${host}]` : `[${host.slice(0, zone)}${encodePart(host.slice(zone))}]`;
  }
  return encodePart(host);
}

/**
 * Writes hosts with their ports. In a list IPv6 addresses are percent-encoded instead of bracketed: Python refuses
 * brackets anywhere but around a sole host, libpq and asyncpg decode the host.
 */
export function writeAuthority(hosts: readonly (readonly [host: string, port: string | null])[]): string {
  const encode = hosts.length > 1 ? encodePart : encodeHost;
  return hosts.map(([host, port]) => (port ? `${encode(host)}:${encodePart(port)}` : encode(host))).join(",");
}

const hostAndPort = (endpoint: Endpoint): readonly [string, string] => [
  isSocket(endpoint) ? endpoint.socketDirectory : endpoint.host,
  String(endpoint.port),
];

/** The parts of a URI, decoded; null or "" leaves a part out. */
export interface UriContent {
  readonly scheme: "postgresql" | "postgres";
  readonly user: string | null;
  readonly password: string | null;
  /** Encoded already: "h1:5432,h2:5432". */
  readonly authority: string;
  readonly database: string | null;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** Puts a URI together; whatever needs it is percent-encoded. */
export function writeUri(content: UriContent): string {
  const password = content.password ? `:${encodePart(content.password)}` : "";
  const user = content.user || password ? `${encodePart(content.user ?? "")}${password}@` : "";
  const database = content.database ? `/${encodePart(content.database)}` : "";
  const query = content.parameters.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join("&");
  return `${content.scheme}://${user}${content.authority}${database}${query === "" ? "" : `?${query}`}`;
}

/**
 * Writes a target as a `postgresql://` URI that libpq, asyncpg and node-postgres read alike; every host gets its
 * port. No quote, `$`, `#`, space or backslash is left in it. An empty user, password or database is left out.
 */
export function formatUri(target: Target, password: string | null): string {
  const sslmode: [string, string][] = target.sslmode === null ? [] : [["sslmode", target.sslmode]];
  return writeUri({
    scheme: "postgresql",
    user: target.user,
    password,
    authority: writeAuthority(target.hosts.map(hostAndPort)),
    database: target.database,
    parameters: [...sslmode, ...Object.entries(target.parameters)],
  });
}
