import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { isEncodedFirst, type NodePostgresConfig, type NodePostgresTls } from "./node-postgres-config";
import { decodeStrict } from "./percent";
import { schemeEnd } from "./scan-uri";

/** Parameters of the URL that node-postgres does something with, and libpq too. */
const HEEDED: ReadonlySet<string> = new Set([
  ...["user", "password", "host", "port", "sslmode", "sslcert", "sslkey", "sslrootcert", "sslnegotiation"],
  ...["application_name", "fallback_application_name", "options", "replication"],
]);

/** Parameters that node-postgres alone heeds. */
const ITS_OWN: ReadonlySet<string> = new Set([
  ...["ssl", "uselibpqcompat", "query_timeout"],
  ...["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"],
]);

/** Whether node-postgres does something with a parameter of the URL. */
export const isHeeded = (name: string): boolean => HEEDED.has(name) || ITS_OWN.has(name);

const SSLMODES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    allow: "sslmode=allow turns on TLS and verifies the certificate; libpq tries without TLS first.",
    prefer: "sslmode=prefer insists on TLS and verifies the certificate; libpq does neither.",
    require: "sslmode=require verifies the certificate; libpq does so only where a root file is there.",
    "verify-ca": "sslmode=verify-ca checks the host name too.",
    "no-verify": "sslmode=no-verify is TLS without any check; libpq refuses it.",
  }),
);

const COMPATIBLE_SSLMODES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    allow: "sslmode=allow turns on TLS and verifies the certificate; libpq tries without TLS first.",
    prefer: "sslmode=prefer insists on TLS; libpq goes on without.",
    "no-verify": "With uselibpqcompat sslmode=no-verify verifies the certificate; libpq refuses it.",
  }),
);

const OWN_ROOTS = "Without sslrootcert it trusts the authorities Node brings along; libpq wants a root file.";

function tlsDifferences(query: ReadonlyMap<string, string>, tls: NodePostgresTls, overSocket: boolean): string[] {
  const sslmode = query.get("sslmode") || null;
  if (tls.kind === "broken")
    return ["An ssl other than true, 1, 0 and no-verify turns on TLS and ends in a TypeError."];
  if (tls.kind === "off") {
    if (sslmode === "disable" || overSocket) return [];
    return ["Without sslmode it never encrypts; libpq does where the server offers it."];
  }
  if (overSocket) return ["sslmode on a Unix socket makes it fail; libpq ignores it there."];
  if (sslmode === null)
    return query.get("ssl") === "true" ? ["ssl=true verifies the certificate; for libpq it is sslmode=require."] : [];
  const compatible = query.get("uselibpqcompat") === "true";
  const known = compatible ? COMPATIBLE_SSLMODES : SSLMODES;
  const ofMode = known.get(sslmode);
  const isLibpqs = LIBPQ_KEYWORDS.get("sslmode")?.rule.includes(sslmode) ?? false;
  const needsRoot = sslmode.startsWith("verify-") && tls.rootFile === null;
  return [
    ...(ofMode === undefined ? [] : [ofMode]),
    ...(isLibpqs || ofMode !== undefined ? [] : ["It takes an unknown sslmode for verification; libpq refuses it."]),
    ...(needsRoot ? [OWN_ROOTS] : []),
  ];
}

function parameterDifference(name: string): string | null {
  if (HEEDED.has(name) || name === "ssl") return null;
  if (ITS_OWN.has(name)) return `It heeds ${name}; libpq refuses the string.`;
  return LIBPQ_KEYWORDS.has(name)
    ? `It ignores ${name}.`
    : `It ignores ${JSON.stringify(name)}; libpq refuses the string.`;
}

/** Where the address ends for node-postgres, and what stands in it. */
function addressDifferences(text: string, { url, host }: NodePostgresConfig): (string | null)[] {
  const start = text.indexOf("://") + 3;
  const end = text.slice(start).search(/[/?#]/);
  const authority = end < 0 ? text.slice(start) : text.slice(start, start + end);
  const firstAt = text.indexOf("@", start);
  const several = authority.indexOf("@") !== authority.lastIndexOf("@");
  const inUserPart =
    end >= 0 && /[?#]/.test(text.slice(start + end, firstAt < 0 ? start : firstAt).split("/")[0] ?? "");
  const slash = text.indexOf("/", start);
  const path = slash < 0 ? "" : text.slice(slash).split(/[?#]/)[0];
  return [
    schemeEnd(text) === null
      ? "It takes any spelling of the scheme; libpq takes postgresql:// and postgres:// only."
      : null,
    several ? "It ends the password at the last @; libpq and asyncpg end it at the first." : null,
    inUserPart ? "It ends the address at # or ?; libpq does not." : null,
    !inUserPart && text.includes("#") ? "It drops everything from # on; libpq does not." : null,
    /[\t\n\r]/.test(text) ? "It drops tabs and line breaks; libpq keeps them." : null,
    host.includes(",") ? "It takes several hosts for one name." : null,
    // decodeURI leaves the signs that a URL gives a meaning to.
    /%(?:2[3-6BCF]|3[ABDF]|40)/i.test(url?.path ?? "")
      ? "In the database name it leaves escapes such as %40 and %2F as they stand; libpq decodes them."
      : null,
    url?.scheme !== "socket" && /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path ?? "")
      ? "It takes . and .. in the database name for folders; libpq does not."
      : null,
  ];
}

/** What node-postgres makes of a string that libpq makes otherwise, one sentence each. */
export function nodePostgresDifferences(text: string, config: NodePostgresConfig): readonly string[] {
  const { url, query, host } = config;
  if (url === null) {
    if (text === "") return tlsDifferences(query, config.tls, host.startsWith("/"));
    return ["It reads a text that starts with / as a socket folder and a database; libpq refuses it."];
  }
  const raw = query.get("port") ?? "";
  const hasHost = query.has("host") || query.has("hostaddr") || url.host !== "" || url.scheme === "socket";
  const differences: (string | null)[] = [
    ...addressDifferences(text, config),
    ...tlsDifferences(query, config.tls, host.startsWith("/")),
    ...[...query.keys()].map(parameterDifference),
    raw !== "" && !/^\d+$/.test(raw)
      ? "It takes the number that a port starts with; libpq wants nothing else there."
      : null,
    url.query.includes("+") ? "A + in the query is a space; for libpq it is a plus." : null,
    decodeStrict(text).kind === "bad" ? "It lets a bad % escape pass; libpq refuses it." : null,
    isEncodedFirst(text) && /%(?:[a-f][0-9a-f]|\d[a-f])/i.test(text)
      ? "A space or a bad % escape makes it take escapes with letters, such as %2F, as they stand."
      : null,
    hasHost ? null : "Without a host it takes localhost; libpq takes the Unix socket.",
  ];
  return differences.filter((one): one is string => one !== null);
}
