import type { TextRule } from "../text-rule";

/** PgBouncer (src/client.c, src/objects.c, src/janitor.c), Supavisor and hosted servers. */
export const poolerRules: readonly TextRule[] = [
  {
    id: "pooler.transaction-mode",
    confidence: "certain",
    says: /pgbouncer with pool_mode set to "transaction" or "statement"|prepared statement "(?:__asyncpg_\w{1,80}|s\d{1,6}|_pg3_\w{1,40}|lrupsc_\w{1,40}|S_\d{1,6}|pdo_stmt_\w{1,40})" (?:already exists|does not exist)|unnamed prepared statement does not exist|prepared statement "" does not exist/,
  },
  {
    id: "pooler.no-such-database",
    confidence: "certain",
    anybody: true,
    says: /(?:FATAL|error|Error|because|ERROR)[:\s]{1,3}.{0,80}no such database: \S|\bno such database: [\w-]{1,63}/,
  },
  {
    id: "pooler.no-such-user",
    confidence: "certain",
    anybody: true,
    says: /no such user: [^\s]{1,63}|(?:FATAL|error|because|Error):?\s{1,3}no such user\b/,
  },
  {
    id: "pooler.unsupported-parameter",
    confidence: "certain",
    sqlstate: "08P01",
    says: /unsupported startup parameter(?: in options)?: /,
  },
  {
    id: "pooler.server-unreachable",
    confidence: "certain",
    says: /pgbouncer cannot connect to server|S-0x[0-9a-f]{4,16}: .{1,200} closing because: (?:connect failed|server conn crashed)|DNS lookup failed: \S{1,200}: result=/,
  },
  {
    id: "pooler.login-failed",
    confidence: "certain",
    says: /server login (?:has been )?fail(?:ing|ed)\b(?!: FATAL database)|cannot do SCRAM authentication: (?:wrong|no) password|server_login_retry|S-0x[0-9a-f]{4,16}: .{1,200} closing because: login failed/,
  },
  { id: "pooler.wait-timeout", confidence: "certain", also: ["pooler.server-unreachable"], says: /query_wait_timeout/ },
  {
    id: "server.too-many-connections",
    confidence: "certain",
    says: /no more connections allowed|max_client_conn\b|MaxClientsInSessionMode|EMAXCONNSESSION|max clients reached|Max client connections reached|too many (?:clients|connections) \(max_(?:db|user)_connections\)/,
  },
  {
    id: "encrypt.required",
    confidence: "certain",
    anybody: true,
    says: /\bSSL required\b|connection is insecure \(try using `sslmode=require`\)|SSL connection is required\b|FATAL:\s+SSL\/TLS required/,
    lastResort: true,
  },
  {
    id: "cloud.tenant-not-found",
    confidence: "certain",
    says: /Tenant or user not found|\(ENOTFOUND\) tenant\/user|no tenant identifier provided/i,
  },
  {
    id: "cloud.endpoint-missing",
    confidence: "certain",
    says: /(?:Endpoint|Project) (?:ID|name) is not specified\. Either please upgrade/,
  },
  {
    id: "cloud.endpoint-not-found",
    confidence: "certain",
    says: /The requested endpoint could not be found, or you don't have access to it|The endpoint has been disabled|Address not in tenant allow_list/,
  },
  // Without a user's name this is PgBouncer: the server always names one.
  {
    id: "authenticate.password-rejected",
    confidence: "likely",
    also: ["pooler.no-such-user"],
    says: /password authentication failed(?=\s*$|\s+\(age=|['"},])/,
  },
];
