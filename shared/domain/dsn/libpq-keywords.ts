import { SSLMODES } from "../target";
import { LIBPQ_MEANINGS } from "./libpq-meanings";

/** What libpq takes as the value of a keyword: any text, a whole number, or one of a list. */
export type ValueRule = "text" | "integer" | readonly string[];

export interface LibpqKeyword {
  /** The variable libpq takes it from when the string does not say it; null where there is none. */
  readonly variable: string | null;
  /** What libpq uses when nothing says it; null where it has no default of its own. */
  readonly compiled: string | null;
  readonly rule: ValueRule;
  /** First PostgreSQL major that knows it; 13 stands for "13 or before". */
  readonly since: number;
  /** What it does, one sentence for people. */
  readonly meaning: string;
}

const known = (
  name: keyof typeof LIBPQ_MEANINGS,
  variable: string | null,
  compiled: string | null,
  rule: ValueRule = "text",
  since = 13,
): readonly [string, LibpqKeyword] => [name, { variable, compiled, rule, since, meaning: LIBPQ_MEANINGS[name] }];

const TERNARY = ["disable", "prefer", "require"];
const PROTOCOLS = ["3.0", "3.2", "latest"];
const TLS_VERSIONS = ["", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

/**
 * libpq's parameters in PostgreSQL 18 (manual, "Parameter Key Words"; names, variables and defaults as that libpq's
 * PQconndefaults gives them; the values it takes as connectOptions2 checks them).
 */
export const LIBPQ_KEYWORDS: ReadonlyMap<string, LibpqKeyword> = new Map<string, LibpqKeyword>([
  known("service", "PGSERVICE", null),
  known("user", "PGUSER", null),
  known("password", "PGPASSWORD", null),
  known("passfile", "PGPASSFILE", null),
  known("channel_binding", "PGCHANNELBINDING", "prefer", TERNARY),
  known("connect_timeout", "PGCONNECT_TIMEOUT", null, "integer"),
  known("dbname", "PGDATABASE", null),
  known("host", "PGHOST", null),
  known("hostaddr", "PGHOSTADDR", null),
  known("port", "PGPORT", "5432"),
  known("client_encoding", "PGCLIENTENCODING", null),
  known("options", "PGOPTIONS", ""),
  known("application_name", "PGAPPNAME", null),
  known("fallback_application_name", null, null),
  known("keepalives", null, null, "integer"),
  known("keepalives_idle", null, null, "integer"),
  known("keepalives_interval", null, null, "integer"),
  known("keepalives_count", null, null, "integer"),
  known("tcp_user_timeout", null, null, "integer"),
  known("sslmode", "PGSSLMODE", "prefer", SSLMODES),
  known("sslnegotiation", "PGSSLNEGOTIATION", "postgres", ["postgres", "direct"], 17),
  known("sslcompression", "PGSSLCOMPRESSION", "0"),
  known("sslcert", "PGSSLCERT", null),
  known("sslkey", "PGSSLKEY", null),
  known("sslcertmode", "PGSSLCERTMODE", null, ["disable", "allow", "require"], 16),
  known("sslpassword", null, null),
  known("sslrootcert", "PGSSLROOTCERT", null),
  known("sslcrl", "PGSSLCRL", null),
  known("sslcrldir", "PGSSLCRLDIR", null, "text", 14),
  known("sslsni", "PGSSLSNI", "1", "text", 14),
  known("requirepeer", "PGREQUIREPEER", null),
  known("require_auth", "PGREQUIREAUTH", null, "text", 16),
  known("min_protocol_version", "PGMINPROTOCOLVERSION", null, PROTOCOLS, 18),
  known("max_protocol_version", "PGMAXPROTOCOLVERSION", null, PROTOCOLS, 18),
  known("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", "TLSv1.2", TLS_VERSIONS),
  known("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION", null, TLS_VERSIONS),
  known("gssencmode", "PGGSSENCMODE", "prefer", TERNARY),
  known("krbsrvname", "PGKRBSRVNAME", "postgres"),
  known("gsslib", "PGGSSLIB", null),
  known("gssdelegation", "PGGSSDELEGATION", "0", "text", 16),
  known("replication", null, null),
  known("target_session_attrs", "PGTARGETSESSIONATTRS", "any", [
    "any",
    "read-write",
    "read-only",
    "primary",
    "standby",
    "prefer-standby",
  ]),
  known("load_balance_hosts", "PGLOADBALANCEHOSTS", "disable", ["disable", "random"], 16),
  known("scram_client_key", null, null, "text", 18),
  known("scram_server_key", null, null, "text", 18),
  known("oauth_issuer", null, null, "text", 18),
  known("oauth_client_id", null, null, "text", 18),
  known("oauth_client_secret", null, null, "text", 18),
  known("oauth_scope", null, null, "text", 18),
  known("sslkeylogfile", null, null, "text", 18),
]);

/** The newest stable PostgreSQL whose libpq this reading was compared with. */
export const NEWEST_LIBPQ = 18;

/** A parameter that comes with a later libpq than the newest stable one. */
export interface ComingKeyword {
  readonly since: number;
  readonly meaning: string;
}

/** As libpq of PostgreSQL 19's first release candidate has them. */
export const COMING_KEYWORDS: ReadonlyMap<string, ComingKeyword> = new Map([
  ["servicefile", { since: 19, meaning: "File that the service is looked up in." }],
  [
    "oauth_ca_file",
    { since: 19, meaning: "File with the authorities that the OAuth provider's certificate may come from." },
  ],
]);

/** A parameter that libpq once took and no longer does. */
export interface FormerKeyword {
  /** Last PostgreSQL major that took it. */
  readonly until: number;
  readonly meaning: string;
}

/** libpq 13 takes these and does nothing with them; 14 and later refuse them as unknown. */
export const FORMER_KEYWORDS: ReadonlyMap<string, FormerKeyword> = new Map([
  ["authtype", { until: 13, meaning: "Way to sign in; without effect long before it was taken out." }],
  ["tty", { until: 13, meaning: "Where the server's debug output went; without effect long before it was taken out." }],
]);

/** Parameters whose value is shown as `***`. */
export const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  "password",
  "sslpassword",
  "scram_client_key",
  "scram_server_key",
  "oauth_client_secret",
]);

/** True for names whose value must not be shown: the known ones, and any that calls itself a password, secret or token. */
export const isSecretParameter = (name: string): boolean =>
  SECRET_PARAMETERS.has(name.toLowerCase()) || /pass(word|wd)?$|pwd|secret|token|api_?key/i.test(name);

/** Says what a value should be, or null when libpq would take it. */
export function valueFault(name: string, value: string): string | null {
  const rule = LIBPQ_KEYWORDS.get(name)?.rule ?? "text";
  if (rule === "text") return null;
  if (rule === "integer") {
    const good = /^\s*[+-]?\d{1,10}\s*$/.test(value) && Math.abs(Number(value)) <= 2_147_483_647;
    return good ? null : "a whole number";
  }
  const wanted = name.startsWith("ssl_") ? value.toLowerCase() : value;
  if (rule.some((one) => (name.startsWith("ssl_") ? one.toLowerCase() : one) === wanted)) return null;
  const listed = rule.filter((one) => one !== "");
  return `${listed.slice(0, -1).join(", ")} or ${listed[listed.length - 1]}`;
}
