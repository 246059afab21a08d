import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { decodeLenient, decodeStrict } from "./percent";
import { readPort } from "./read-target";
import { isKeywordForm } from "./scan-keywords";
import { cut, scanUri, schemeEnd } from "./scan-uri";

/** How node-postgres (8.x with pg-connection-string 2.x) takes a string, and where that is not libpq's way. */
export interface NodePostgresReading {
  readonly ok: boolean;
  readonly error: string | null;
  readonly differences: readonly string[];
}

/** Parameters of the URL that node-postgres does something with. */
const HEEDED: ReadonlySet<string> = new Set([
  ...["user", "password", "host", "port", "sslmode", "ssl", "sslcert", "sslkey", "sslrootcert", "sslnegotiation"],
  ...["application_name", "fallback_application_name", "client_encoding", "options", "replication"],
]);

const refused = (error: string): NodePostgresReading => ({ ok: false, error, differences: [] });

const SSLMODE_DIFFERENCES: Readonly<Record<string, string | undefined>> = {
  allow: "sslmode=allow turns on TLS and verifies the certificate; libpq tries without TLS first.",
  prefer: "sslmode=prefer insists on TLS and verifies the certificate; libpq does neither.",
  require: "sslmode=require verifies the certificate; libpq does so only where a root file is there.",
  "verify-ca": "sslmode=verify-ca checks the host name too, against the computer's own authorities.",
  "verify-full": "sslmode=verify-full trusts the computer's own authorities; libpq wants a root file.",
};

function sslDifference(sslmode: string | null, overSocket: boolean): string | null {
  if (sslmode === null)
    return overSocket ? null : "Without sslmode it never encrypts; libpq does where the server offers it.";
  if (sslmode === "disable") return null;
  if (overSocket) return "sslmode on a Unix socket makes it fail; libpq ignores it there.";
  return SSLMODE_DIFFERENCES[sslmode] ?? "It takes an unknown sslmode for verification; libpq refuses it.";
}

/** Says whether node-postgres takes a string and what it makes of it that libpq does not. Never throws. */
export function readAsNodePostgres(text: string): NodePostgresReading {
  const start = schemeEnd(text);
  if (start === null) {
    if (isKeywordForm(text)) return refused('It reads no keyword=value text: it would look for a host named "base".');
    return refused("The string does not start with postgresql://.");
  }
  const tail = text.slice(start).search(/[/?#]/);
  const authorityEnd = tail < 0 ? text.length : start + tail;
  const lastAt = text.lastIndexOf("@", authorityEnd - 1);
  const firstAt = text.indexOf("@", start);
  // It ends the user part at the last `@` before the path, as browsers do.
  const hostsFrom = lastAt >= start ? lastAt + 1 : start;
  const { hosts, parameters } = scanUri(
    text.slice(0, hostsFrom) + text.slice(hostsFrom).replaceAll("@", "_"),
    hostsFrom,
  );
  if (hosts.length > 1) return refused("It takes one host only.");
  const spot = hosts[0];
  const port = spot?.port ? cut(text, spot.port) : "";
  if (port !== "" && (!/^\d+$/.test(port) || (port !== "0" && readPort(port) === null)))
    return refused("TypeError: Invalid URL (the port)");
  const rawHost = spot ? cut(text, spot.host) : "";
  if (/[\s<>^|\\[\]]/.test(rawHost)) return refused("TypeError: Invalid URL (the host)");
  const query = new Map(
    parameters.map(({ key, value }) => [decodeLenient(cut(text, key), true), value ? cut(text, value) : ""]),
  );
  const host = decodeLenient(query.get("host") ?? rawHost);
  const differences: (string | null)[] = [
    lastAt > firstAt && firstAt >= 0
      ? "It ends the password at the last @; libpq and asyncpg end it at the first."
      : null,
    /[#?]/.test(text.slice(start, firstAt < 0 ? start : firstAt))
      ? "It ends the address at # or ?; libpq does not."
      : null,
    sslDifference(query.get("sslmode") ?? null, host.startsWith("/")),
    ...[...query.keys()].filter((name) => !HEEDED.has(name)).map((name) => ignored(name)),
    [...query.values()].some((value) => value.includes("+"))
      ? "A + in the query is a space; for libpq it is a plus."
      : null,
    decodeStrict(text.slice(start)).kind === "bad" ? "It lets a bad % escape pass; libpq refuses it." : null,
    host === "" && !query.has("hostaddr") ? "Without a host it takes localhost; libpq takes the Unix socket." : null,
  ];
  return { ok: true, error: null, differences: differences.filter((one): one is string => one !== null) };
}

const ignored = (name: string): string =>
  LIBPQ_KEYWORDS.has(name) ? `It ignores ${name}.` : `It ignores ${JSON.stringify(name)}; libpq refuses the string.`;
