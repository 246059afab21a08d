import { LIBPQ_KEYWORDS, valueFault } from "./libpq-keywords";

/** A value that libpq refuses before it connects, and what would be right. Never quotes a value. */
export interface OptionFault {
  readonly keyword: string;
  readonly message: string;
  readonly next: string;
}

type Values = ReadonlyMap<string, string>;

const countOf = (list: string | undefined): number => (list ? list.split(",").length : 0);

const numbered = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** How many servers a string names: hostaddr counts before host, and nothing is one default host. */
const serversIn = (values: Values): number => countOf(values.get("hostaddr")) || countOf(values.get("host")) || 1;

function hostCounts(values: Values): OptionFault | null {
  const servers = serversIn(values);
  const hosts = countOf(values.get("host"));
  if (hosts > 0 && hosts !== servers) {
    return {
      keyword: "hostaddr",
      message: `There ${servers === 1 ? "is" : "are"} ${numbered(servers, "address", "addresses")} in hostaddr for ${numbered(hosts, "host", "hosts")}.`,
      next: "Give one address for each host; a place in the list may be empty.",
    };
  }
  const ports = countOf(values.get("port"));
  if (ports <= 1 || ports === servers) return null;
  return {
    keyword: "port",
    message: `There are ${ports} ports for ${numbered(servers, "host", "hosts")}.`,
    next: "Give one port, or one for each host.",
  };
}

const METHODS = ["password", "md5", "gss", "sspi", "scram-sha-256", "oauth", "none"];

function requireAuth(values: Values): OptionFault | null {
  const text = values.get("require_auth");
  if (!text) return null;
  const wrong = (message: string, next: string): OptionFault => ({ keyword: "require_auth", message, next });
  const parts = text.split(",");
  const names = parts.map((part) => part.replace(/^!/, ""));
  if (names.some((name) => !METHODS.includes(name)))
    return wrong("require_auth names a way to sign in that there is not.", `Each is one of ${METHODS.join(", ")}.`);
  const forbidden = parts.filter((part) => part.startsWith("!")).length;
  if (forbidden > 0 && forbidden < parts.length)
    return wrong("Some ways to sign in have a ! and some have none.", "Write ! before all of them or before none.");
  if (new Set(names).size < names.length) return wrong("require_auth names a way to sign in twice.", "Name it once.");
  return null;
}

/** Spellings of each version in lower case, the lowest first; "latest" is 3.2 in libpq 18. */
const TLS_ORDER = [["tlsv1"], ["tlsv1.1"], ["tlsv1.2"], ["tlsv1.3"]];
const PROTOCOL_ORDER = [["3.0"], ["3.2", "latest"]];

function versionRange(values: Values, from: string, to: string, order: readonly string[][]): OptionFault | null {
  const lowest = values.get(from) ?? LIBPQ_KEYWORDS.get(from)?.compiled ?? "";
  const highest = values.get(to) ?? "";
  const rank = (version: string) => order.findIndex((spellings) => spellings.includes(version.toLowerCase()));
  if (lowest === "" || highest === "" || rank(lowest) <= rank(highest)) return null;
  return {
    keyword: to,
    message: `${to} is lower than ${from}${values.has(from) ? "" : `, which is ${lowest} unless given`}.`,
    next: "Raise the one or lower the other.",
  };
}

function weakSslmode(values: Values): OptionFault | null {
  const rootIsSystem = values.get("sslrootcert") === "system";
  const sslmode = values.get("sslmode") ?? (rootIsSystem ? "verify-full" : "prefer");
  if (rootIsSystem && sslmode !== "verify-full") {
    return {
      keyword: "sslmode",
      message: `libpq does not take sslmode=${sslmode} together with sslrootcert=system.`,
      next: "Write sslmode=verify-full, or leave sslmode out.",
    };
  }
  if (values.get("sslnegotiation") !== "direct" || !["disable", "allow", "prefer"].includes(sslmode)) return null;
  return {
    keyword: "sslnegotiation",
    message: `sslnegotiation=direct needs a connection that is always encrypted; sslmode is ${sslmode}.`,
    next: "Write sslmode=require, verify-ca or verify-full.",
  };
}

function scramKey(values: Values): OptionFault | null {
  for (const keyword of ["scram_client_key", "scram_server_key"]) {
    const value = values.get(keyword);
    // 32 bytes in base64; libpq's decoder passes over white space.
    if (value === undefined || /^[A-Za-z0-9+/]{43}=$/.test(value.replace(/[ \t\r\n]/g, ""))) continue;
    return { keyword, message: `${keyword} is no key of 32 bytes in base64.`, next: "Leave it out; tools write it." };
  }
  return null;
}

const CHECKS: readonly ((values: Values) => OptionFault | null)[] = [
  hostCounts,
  requireAuth,
  weakSslmode,
  (values) => versionRange(values, "ssl_min_protocol_version", "ssl_max_protocol_version", TLS_ORDER),
  (values) => versionRange(values, "min_protocol_version", "max_protocol_version", PROTOCOL_ORDER),
  scramKey,
];

/** The first value that is none of those its parameter takes, or null. */
export function valueFaultIn(values: Values): OptionFault | null {
  for (const [keyword, value] of values) {
    const wanted = valueFault(keyword, value);
    if (wanted !== null)
      return { keyword, message: `The value of ${keyword} is not one that libpq takes.`, next: `It is ${wanted}.` };
  }
  return null;
}

/**
 * The first value or pair of values that libpq refuses before it opens a connection (connectOptions2 in
 * fe-connect.c, PostgreSQL 18), or null. What is not in `values` counts as libpq's own default.
 */
export function optionFault(values: Values): OptionFault | null {
  const fault = valueFaultIn(values);
  if (fault) return fault;
  for (const check of CHECKS) {
    const found = check(values);
    if (found) return found;
  }
  return null;
}
