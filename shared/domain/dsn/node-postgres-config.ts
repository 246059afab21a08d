import { err, ok, type Result } from "../result";
import type { Environment } from "./asyncpg";
import { readWebUrl, type WebUrl } from "./node-postgres-url";
import { decodeLenient } from "./percent";

/** What node-postgres does about TLS; files are those it reads while it takes the string apart. */
export type NodePostgresTls =
  | { readonly kind: "off" }
  /** It asks for TLS and ends in a TypeError when the server agrees. */
  | { readonly kind: "broken" }
  | {
      readonly kind: "on";
      readonly checks: "nothing" | "issuer" | "issuer-and-name";
      /** Null means the authorities Node itself trusts. */
      readonly rootFile: string | null;
      readonly clientFiles: readonly string[];
    };

/** What node-postgres would connect with. Null means that it fills the gap itself: USER, database = user, .pgpass. */
export interface NodePostgresConfig {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
  readonly passwordFrom: "string" | "environment" | null;
  readonly database: string | null;
  readonly tls: NodePostgresTls;
  /** TLS at once, without asking the server first. */
  readonly direct: boolean;
  /** Sent at the start beside user and database. */
  readonly settings: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, string>;
  /** Null where the string is no URL. */
  readonly url: WebUrl | null;
}

/** True for texts that pg-connection-string puts through encodeURI first. */
export const isEncodedFirst = (text: string): boolean => / |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(text);

/** Runs one of the language's own decoders, which throw a URIError. */
function attempt(decode: (text: string) => string, text: string): Result<string, string> {
  try {
    return ok(decode(text));
  } catch {
    return err("URIError: URI malformed");
  }
}

/** URLSearchParams: `+` is a space, a parameter without = is empty. */
function readQuery(query: string): readonly (readonly [name: string, value: string])[] {
  return query
    .split("&")
    .filter((field) => field !== "")
    .map((field) => {
      const equals = field.indexOf("=");
      const name = equals < 0 ? field : field.slice(0, equals);
      return [decodeLenient(name, true), equals < 0 ? "" : decodeLenient(field.slice(equals + 1), true)] as const;
    });
}

/** What pg-connection-string finds; the query lies under the parts of the address. */
interface Parsed {
  readonly values: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly url: WebUrl | null;
}

const NO_QUERY: ReadonlyMap<string, string> = new Map();

function readUrl(text: string): Result<{ readonly url: WebUrl; readonly host: string }, string> {
  const url = readWebUrl(text);
  if (url.ok) return ok({ url: url.value, host: url.value.host });
  // A user part without a host is no URL; a stand-in makes it one, and is then forgotten.
  const again = readWebUrl(text.replace("@/", "@___DUMMY___/"));
  return again.ok ? ok({ url: again.value, host: "" }) : err(`TypeError: Invalid URL (${url.error})`);
}

/** `parse` of pg-connection-string, without its TLS part. */
function parse(text: string): Result<Parsed, string> {
  if (text.startsWith("/")) {
    const [host = "", database = ""] = text.split(" ");
    return ok({ values: new Map(Object.entries({ host, database })), query: NO_QUERY, url: null });
  }
  let address = text;
  if (isEncodedFirst(text)) {
    const encoded = attempt(encodeURI, text);
    if (!encoded.ok) return encoded;
    address = encoded.value.replace(/%25(\d\d)/g, "%$1");
  }
  const read = readUrl(address);
  if (!read.ok) return read;
  const { url } = read.value;
  const parameters = readQuery(url.query);
  const query = new Map(parameters);
  const values = new Map(query);
  const fill = (name: string, decode: (raw: string) => string, raw: string): string | null => {
    if (values.get(name)) return null;
    const decoded = attempt(decode, raw);
    values.set(name, decoded.ok ? decoded.value : "");
    return decoded.ok ? null : decoded.error;
  };
  const ofUser = fill("user", decodeURIComponent, url.user) ?? fill("password", decodeURIComponent, url.password);
  if (ofUser !== null) return err(ofUser);
  let path = url.path;
  if (url.scheme === "socket") {
    // It asks for the first of several; everywhere else the last one wins.
    values.set("database", parameters.find(([name]) => name === "db")?.[1] ?? "");
    const host = attempt(decodeURI, path);
    if (!host.ok) return host;
    return ok({ values: values.set("host", host.value), query, url });
  }
  // A host in the query and a socket folder before the path: the folder becomes a part of the path.
  if (values.get("host") && /^%2f/i.test(read.value.host)) path = `/${read.value.host}${path}`;
  const ofHost = fill("host", decodeURIComponent, read.value.host);
  if (ofHost !== null) return err(ofHost);
  if (!values.get("port")) values.set("port", url.port);
  const database = attempt(decodeURI, path.slice(1));
  if (!database.ok) return database;
  return ok({ values: values.set("database", database.value), query, url });
}

const OFF: NodePostgresTls = { kind: "off" };
const on = (checks: "nothing" | "issuer" | "issuer-and-name"): NodePostgresTls & { readonly kind: "on" } => ({
  kind: "on",
  checks,
  rootFile: null,
  clientFiles: [],
});

/** With `uselibpqcompat=true`; null stands for its refusal. */
function compatibleChecks(
  sslmode: string | undefined,
  hasRoot: boolean,
): "nothing" | "issuer" | "issuer-and-name" | null {
  if (sslmode === "prefer") return "nothing";
  if (sslmode === "require") return hasRoot ? "issuer" : "nothing";
  if (sslmode === "verify-ca") return hasRoot ? "issuer" : null;
  return "issuer-and-name";
}

/** The TLS part of pg-connection-string, and what ConnectionParameters makes of it. */
function readTls({ values, url }: Parsed, environment: Environment): Result<NodePostgresTls, string> {
  const filled = (name: string) => values.get(name) || undefined;
  const ssl = values.get("ssl");
  const sslmode = filled("sslmode");
  const rootFile = filled("sslrootcert") ?? null;
  const clientFiles = [filled("sslcert"), filled("sslkey")].filter((one): one is string => one !== undefined);
  const isUrl = url !== null && url.scheme !== "socket";
  if (isUrl && (sslmode || rootFile !== null || clientFiles.length > 0)) {
    if (sslmode === "disable") return ok(OFF);
    const compatible = values.get("uselibpqcompat") === "true";
    const checks = compatible
      ? compatibleChecks(sslmode, rootFile !== null)
      : sslmode === "no-verify"
        ? "nothing"
        : "issuer-and-name";
    if (checks === null)
      return err("Error: SECURITY WARNING: Using sslmode=verify-ca requires specifying a CA with sslrootcert");
    return ok({ kind: "on", checks, rootFile, clientFiles });
  }
  if (ssl === "true" || (isUrl && ssl === "1")) return ok(on("issuer-and-name"));
  if (ssl === "no-verify") return ok(on("nothing"));
  if (ssl === "" || (isUrl && ssl === "0")) return ok(OFF);
  if (ssl !== undefined) return ok({ kind: "broken" });
  if (isUrl && values.get("sslnegotiation") === "direct") return ok(on("issuer-and-name"));
  const mode = environment.PGSSLMODE ?? "";
  if (mode === "no-verify") return ok(on("nothing"));
  return ok(["prefer", "require", "verify-ca", "verify-full"].includes(mode) ? on("issuer-and-name") : OFF);
}

const TIMEOUTS = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];

/** What Client.getStartupConf sends beside user and database. */
function readSettings(values: ReadonlyMap<string, string>, environment: Environment): Readonly<Record<string, string>> {
  const application =
    values.get("application_name") || environment.PGAPPNAME || values.get("fallback_application_name") || "";
  const texts: [string, string][] = [
    ["application_name", application],
    ["replication", values.get("replication") || environment.PGREPLICATION || ""],
    ["options", values.get("options") || environment.PGOPTIONS || ""],
    ...TIMEOUTS.map((name): [string, string] => {
      const text = values.get(name);
      return [name, text ? String(Number.parseInt(text, 10)) : ""];
    }),
  ];
  return Object.fromEntries(texts.filter(([, text]) => text !== ""));
}

/**
 * What `new Client({ connectionString })` of pg 8.23 with pg-connection-string 2.14 would connect with, or the error it
 * throws. Files are not looked at; `environment` holds the PG* variables that count.
 */
export function readNodePostgresConfig(text: string, environment: Environment): Result<NodePostgresConfig, string> {
  // An empty string is none for ConnectionParameters: all defaults.
  const parsed: Result<Parsed, string> =
    text === "" ? ok({ values: NO_QUERY, query: NO_QUERY, url: null }) : parse(text);
  if (!parsed.ok) return parsed;
  const { values, query, url } = parsed.value;
  const tls = readTls(parsed.value, environment);
  if (!tls.ok) return tls;
  const negotiation = values.get("sslnegotiation") || environment.PGSSLNEGOTIATION || "postgres";
  if (negotiation !== "postgres" && negotiation !== "direct")
    return err('Error: sslnegotiation is neither "postgres" nor "direct"');
  if (negotiation === "direct" && tls.value.kind === "off")
    return err("Error: sslnegotiation=direct requires SSL to be enabled");
  const password = values.get("password") || environment.PGPASSWORD || null;
  return ok({
    host: values.get("host") || environment.PGHOST || "localhost",
    port: Number.parseInt(values.get("port") || environment.PGPORT || "5432", 10),
    user: values.get("user") || environment.PGUSER || null,
    password,
    passwordFrom: password === null ? null : values.get("password") ? "string" : "environment",
    database: values.get("database") || environment.PGDATABASE || null,
    tls: tls.value,
    direct: negotiation === "direct",
    settings: readSettings(values, environment),
    query,
    url,
  });
}
