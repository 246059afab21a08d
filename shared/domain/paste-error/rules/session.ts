import type { TextRule } from "../text-rule";

const MAYBE_SSL = /, (?:no encryption|SSL off)\b/.source;

/** What the server says at the sign-in and at its start-up moments (src/backend/libpq/auth.c, utils/init). */
export const signInRules: readonly TextRule[] = [
  // The server's log knows the reason behind a refused password and never tells it to the client.
  {
    id: "authenticate.role-missing",
    confidence: "certain",
    sqlstate: "28P01",
    says: /\bDETAIL:\s+Role "[^"]{1,130}" does not exist\./,
  },
  {
    id: "authenticate.password-rejected",
    confidence: "certain",
    sqlstate: "28P01",
    says: /User "[^"]{1,130}" (?:has no password assigned|has an expired password|does not have a valid SCRAM secret|has a password that cannot be used)|Password does not match for user "/,
  },
  {
    id: "authenticate.password-rejected",
    confidence: "likely",
    sqlstate: "28P01",
    also: ["authenticate.role-missing"],
    says: /\bpassword authentication failed for\b/,
  },
  {
    id: "authenticate.password-rejected",
    confidence: "likely",
    anybody: true,
    also: ["authenticate.role-missing"],
    says: /\b(?:LDAP|PAM|RADIUS|BSD) authentication failed for user "/,
  },
  {
    id: "authenticate.peer-rejected",
    confidence: "certain",
    sqlstate: "28000",
    says: /\bPeer authentication failed for user "/i,
  },
  {
    id: "authenticate.ident-rejected",
    confidence: "certain",
    sqlstate: "28000",
    says: /\bIdent authentication failed for user "/i,
  },
  {
    id: "authenticate.unsupported-method",
    confidence: "certain",
    anybody: true,
    sqlstate: "28000",
    says: /\b(?:GSSAPI|SSPI|Kerberos 5) authentication failed for user "|authentication method \d+ not supported|unsupported authentication method requested by the server|authentication type \d+ is not supported|Unknown authenticationOk message type|SCRAM authentication requires libpq version 10|unknown authentication (?:type|method)/i,
  },
  {
    id: "authenticate.app-permission",
    confidence: "certain",
    sqlstate: "28000",
    says: /Postgres\.app (?:rejected|failed to verify) "?trust"? authentication/,
  },
  {
    id: "encrypt.client-certificate-required",
    confidence: "certain",
    sqlstate: "28000",
    says: /connection requires a valid client certificate|[Cc]ertificate authentication failed for user "/,
  },
  {
    id: "authenticate.hba-rejects",
    confidence: "certain",
    sqlstate: "28000",
    says: /pg_hba\.conf rejects (?:replication )?connection for host/,
  },
  // A socket has no TLS to ask for.
  {
    id: "authenticate.no-hba-entry",
    confidence: "certain",
    sqlstate: "28000",
    says: /no pg_hba\.conf entry for (?:replication connection from )?host "\[local\]"/,
  },
  {
    id: "encrypt.required",
    confidence: "likely",
    sqlstate: "28000",
    also: ["authenticate.no-hba-entry"],
    lastResort: true,
    says: new RegExp(`no pg_hba\\.conf entry for (?:replication connection from )?host .{1,300}${MAYBE_SSL}`),
  },
  { id: "authenticate.no-hba-entry", confidence: "certain", sqlstate: "28000", says: /no pg_hba\.conf entry for / },
  {
    id: "authenticate.role-cannot-login",
    confidence: "certain",
    sqlstate: "28000",
    says: /\brole "[^"]{1,130}" is not permitted to log in/,
  },
  {
    id: "authenticate.role-missing",
    confidence: "certain",
    sqlstate: "28000",
    says: /(?:FATAL|failed|refused|Error|error|asyncpg\S{0,60}):\s.{0,40}\brole "[^"]{1,130}" does not exist/,
  },
  { id: "authenticate.role-missing", confidence: "likely", says: /\brole "[^"]{1,130}" does not exist/ },
  {
    id: "authenticate.password-missing",
    confidence: "certain",
    says: /fe_sendauth: no password supplied|client password must be a (?:non-empty )?string|password is required for (?:SCRAM|MD5)|server requested \S{1,40} authentication, but no password was provided|No password has been provided but the backend requires one|empty password returned by client/i,
  },
  {
    id: "authenticate.password-rejected",
    confidence: "likely",
    anybody: true,
    says: /\b(?:SASL|SCRAM) authentication failed\b|server signature (?:is missing|does not match)/i,
  },
];

/** Limits and moments of the server itself. */
export const serverRules: readonly TextRule[] = [
  { id: "server.role-limit", confidence: "certain", sqlstate: "53300", says: /too many connections for role "/ },
  {
    id: "server.database-limit",
    confidence: "certain",
    sqlstate: "53300",
    says: /too many connections for database "/,
  },
  {
    id: "server.reserved-slots",
    confidence: "certain",
    sqlstate: "53300",
    says: /remaining connection slots are reserved for/,
  },
  {
    id: "server.too-many-connections",
    confidence: "certain",
    sqlstate: "53300",
    says: /sorry, too many clients already/,
  },
  {
    id: "server.recovering",
    confidence: "certain",
    sqlstate: "57P03",
    says: /the database system is (?:in recovery mode|not (?:yet )?accepting connections)/,
  },
  { id: "server.starting", confidence: "certain", sqlstate: "57P03", says: /the database system is starting up/ },
  { id: "server.stopping", confidence: "certain", sqlstate: "57P03", says: /the database system is shutting down/ },
  {
    id: "server.recovering",
    confidence: "likely",
    sqlstate: "57P02",
    says: /terminating connection because of crash of another server process/,
  },
  {
    id: "server.session-ended",
    confidence: "certain",
    sqlstate: "57P01",
    says: /terminating connection due to (?:administrator command|idle-session timeout|idle-in-transaction timeout|conflict with recovery)/,
  },
];

/** What the server says of a database, its settings and what a role may do there. */
export const databaseRules: readonly TextRule[] = [
  {
    id: "database.files-missing",
    confidence: "certain",
    sqlstate: "3D000",
    says: /The database subdirectory "[^"]{1,200}" is missing/,
  },
  { id: "database.missing", confidence: "certain", sqlstate: "3D000", says: /\bdatabase "[^"]{1,130}" does not exist/ },
  {
    id: "database.not-accepting",
    confidence: "certain",
    sqlstate: "55000",
    says: /database "[^"]{1,130}" is not currently accepting connections/,
  },
  {
    id: "database.not-accepting",
    confidence: "certain",
    sqlstate: "55000",
    says: /cannot connect to invalid database "/,
  },
  {
    id: "database.connect-denied",
    confidence: "certain",
    sqlstate: "42501",
    says: /permission denied for database "|User does not have CONNECT privilege/,
  },
  {
    id: "install.bad-configuration",
    confidence: "certain",
    says: /unrecognized configuration parameter "[^"]{1,130}" in file "/,
  },
  {
    id: "database.parameter-unknown",
    confidence: "certain",
    sqlstate: "42704",
    says: /unrecognized configuration parameter "|invalid command-line argument for server process/,
  },
  {
    id: "database.parameter-unknown",
    confidence: "likely",
    sqlstate: "22023",
    says: /invalid value for parameter "[^"]{1,130}"|permission denied to set parameter "|parameter "[^"]{1,130}" cannot be (?:changed|set)/,
  },
  {
    id: "privileges.no-schema",
    confidence: "certain",
    sqlstate: "3F000",
    says: /no schema has been selected to create in/,
  },
  {
    id: "privileges.read-only",
    confidence: "certain",
    sqlstate: "25006",
    says: /cannot execute [A-Z ]{1,60} (?:in a read-only transaction|during recovery)|ReadOnly(?:SQLTransactionError|SqlTransaction)\b/,
  },
  { id: "privileges.no-create", confidence: "certain", sqlstate: "42501", says: /permission denied for schema / },
  {
    id: "privileges.extension-missing",
    confidence: "certain",
    says: /extension "[^"]{1,130}" is not available|could not open extension control file|type "(?:public\.)?vector" does not exist/,
  },
  {
    id: "privileges.old-version",
    confidence: "likely",
    sqlstate: "42883",
    says: /function gen_random_uuid\(\) does not exist/,
  },
  {
    id: "privileges.object-denied",
    confidence: "certain",
    sqlstate: "42501",
    says: /permission denied (?:for (?:table|relation|sequence|view|materialized view|function|type|database|tablespace|large object|foreign server)\b|to (?:create|alter|drop|set|terminate|reindex|copy))|must be (?:owner of|superuser to|able to SET ROLE)|must have (?:CREATEROLE|CREATEDB)/,
  },
];
