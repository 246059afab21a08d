import { SSLMODES } from "../target";

/** What libpq takes as the value of a keyword: any text, a whole number, or one of a list. */
export type ValueRule = "text" | "integer" | readonly string[];

export interface LibpqKeyword {
  readonly rule: ValueRule;
  /** First PostgreSQL major that knows it; 13 stands for "all that count here". */
  readonly since: number;
  /** The variable libpq takes it from when the string does not say it. */
  readonly variable: string | null;
}

const keyword = (variable: string | null, rule: ValueRule = "text", since = 13): LibpqKeyword => ({
  rule,
  since,
  variable,
});

const TLS_VERSIONS = ["", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

/** libpq's keywords (PostgreSQL 18 manual, "Parameter Key Words"; PQconninfoOptions and connectOptions2 for the values). */
export const LIBPQ_KEYWORDS: ReadonlyMap<string, LibpqKeyword> = new Map<string, LibpqKeyword>([
  ["service", keyword("PGSERVICE")],
  ["user", keyword("PGUSER")],
  ["password", keyword("PGPASSWORD")],
  ["passfile", keyword("PGPASSFILE")],
  ["channel_binding", keyword("PGCHANNELBINDING", ["disable", "prefer", "require"])],
  ["connect_timeout", keyword("PGCONNECT_TIMEOUT", "integer")],
  ["dbname", keyword("PGDATABASE")],
  ["host", keyword("PGHOST")],
  ["hostaddr", keyword("PGHOSTADDR")],
  ["port", keyword("PGPORT")],
  ["client_encoding", keyword("PGCLIENTENCODING")],
  ["options", keyword("PGOPTIONS")],
  ["application_name", keyword("PGAPPNAME")],
  ["fallback_application_name", keyword(null)],
  ["keepalives", keyword(null, "integer")],
  ["keepalives_idle", keyword(null, "integer")],
  ["keepalives_interval", keyword(null, "integer")],
  ["keepalives_count", keyword(null, "integer")],
  ["tcp_user_timeout", keyword(null, "integer")],
  ["sslmode", keyword("PGSSLMODE", SSLMODES)],
  ["sslnegotiation", keyword("PGSSLNEGOTIATION", ["postgres", "direct"], 17)],
  ["sslcompression", keyword("PGSSLCOMPRESSION")],
  ["sslcert", keyword("PGSSLCERT")],
  ["sslkey", keyword("PGSSLKEY")],
  ["sslcertmode", keyword("PGSSLCERTMODE", ["disable", "allow", "require"], 16)],
  ["sslpassword", keyword(null)],
  ["sslrootcert", keyword("PGSSLROOTCERT")],
  ["sslcrl", keyword("PGSSLCRL")],
  ["sslcrldir", keyword("PGSSLCRLDIR", "text", 14)],
  ["sslsni", keyword("PGSSLSNI", "text", 14)],
  ["sslkeylogfile", keyword(null, "text", 18)],
  ["requirepeer", keyword("PGREQUIREPEER")],
  ["require_auth", keyword("PGREQUIREAUTH", "text", 16)],
  ["min_protocol_version", keyword("PGMINPROTOCOLVERSION", ["3.0", "3.2", "latest"], 18)],
  ["max_protocol_version", keyword("PGMAXPROTOCOLVERSION", ["3.0", "3.2", "latest"], 18)],
  ["ssl_min_protocol_version", keyword("PGSSLMINPROTOCOLVERSION", TLS_VERSIONS)],
  ["ssl_max_protocol_version", keyword("PGSSLMAXPROTOCOLVERSION", TLS_VERSIONS)],
  ["gssencmode", keyword("PGGSSENCMODE", ["disable", "prefer", "require"])],
  ["krbsrvname", keyword("PGKRBSRVNAME")],
  ["gsslib", keyword("PGGSSLIB")],
  ["gssdelegation", keyword("PGGSSDELEGATION", "text", 17)],
  ["replication", keyword(null)],
  [
    "target_session_attrs",
    keyword("PGTARGETSESSIONATTRS", ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"]),
  ],
  ["load_balance_hosts", keyword("PGLOADBALANCEHOSTS", ["disable", "random"], 16)],
  ["scram_client_key", keyword(null, "text", 18)],
  ["scram_server_key", keyword(null, "text", 18)],
  ["oauth_issuer", keyword(null, "text", 18)],
  ["oauth_client_id", keyword(null, "text", 18)],
  ["oauth_client_secret", keyword(null, "text", 18)],
  ["oauth_scope", keyword(null, "text", 18)],
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
