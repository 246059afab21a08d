import type { TextRule } from "../text-rule";

/** Words of drivers and pools in other languages: pgx and lib/pq, JDBC, Npgsql, SQLx; SQLAlchemy's, Knex's and Hikari's pools. */
export const otherDriverRules: readonly TextRule[] = [
  {
    id: "encrypt.not-supported",
    confidence: "certain",
    says: /PSQLException: The server does not support SSL|pq: SSL is not enabled on the server|tls error: server refused TLS connection|server does not support TLS\b/,
  },
  {
    id: "encrypt.expired",
    confidence: "certain",
    anybody: true,
    says: /x509: certificate has expired or is not yet valid: current time \S{1,40} is after/,
  },
  {
    id: "encrypt.not-yet-valid",
    confidence: "certain",
    anybody: true,
    says: /x509: certificate has expired or is not yet valid: current time \S{1,40} is before/,
  },
  {
    id: "encrypt.name-mismatch",
    confidence: "certain",
    anybody: true,
    says: /x509: certificate is (?:valid for|not valid for any names)|x509: cannot validate certificate for \S{1,80} because it doesn't contain any IP SANs|could not be verified by hostnameverifier/,
  },
  {
    id: "encrypt.unknown-authority",
    confidence: "certain",
    anybody: true,
    also: ["encrypt.self-signed"],
    says: /x509: certificate signed by unknown authority|x509: .{0,60}certificate is not trusted|PKIX path building failed/,
  },
  {
    id: "speak.closed",
    confidence: "likely",
    also: ["server.session-ended"],
    says: /PSQLException: (?:An I\/O error occurred while sending to the backend|This connection has been closed|The connection attempt failed)|Exception while reading from stream|Npgsql\S{0,80}: Attempted to read past the end of the stream/,
  },
  {
    id: "capacity.pool-too-large",
    confidence: "likely",
    anybody: true,
    also: ["server.too-many-connections"],
    says: /QueuePool limit of size \d+ overflow -?\d+ reached|Timeout acquiring a connection\. The pool is probably full|Connection is not available, request timed out after|The connection pool has been exhausted|pool timed out while waiting for an open connection|ResourceRequest timed out|SequelizeConnectionAcquireTimeoutError|could not obtain a database connection within/,
  },
];
