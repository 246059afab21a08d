import type { TextRule } from "../text-rule";

/** A code where Prisma puts it; cars have codes of the same form. */
const AS_CODE = /(?:\berror(?: code)?: |\b(?:errorCode|code)["']?: ["'])/.source;
const says = (numbers: string, words: RegExp): RegExp => new RegExp(`${AS_CODE}(?:${numbers})\\b|${words.source}`, "i");

/** Prisma's codes (its "Error message reference"); the words are those of its clients, which leave the code out. */
export const prismaRules: readonly TextRule[] = [
  // What @prisma/adapter-pg makes of node-postgres' errors; the database's own words stand beside it.
  {
    id: "database.missing",
    confidence: "certain",
    says: /DriverAdapterError: DatabaseDoesNotExist|kind: 'DatabaseDoesNotExist'/,
  },
  {
    id: "authenticate.password-rejected",
    confidence: "likely",
    also: ["authenticate.role-missing"],
    says: /DriverAdapterError: AuthenticationFailed|kind: 'AuthenticationFailed'/,
  },
  {
    id: "database.connect-denied",
    confidence: "likely",
    also: ["authenticate.no-hba-entry", "encrypt.required"],
    says: /DriverAdapterError: DatabaseAccessDenied|kind: 'DatabaseAccessDenied'/,
  },
  {
    id: "server.too-many-connections",
    confidence: "likely",
    says: /DriverAdapterError: TooManyConnections|kind: 'TooManyConnections'/,
  },
  {
    id: "reach.refused",
    confidence: "possible",
    also: ["reach.timeout", "resolve.not-found"],
    lastResort: true,
    says: /DriverAdapterError: DatabaseNotReachable|kind: 'DatabaseNotReachable'/,
  },
  {
    id: "reach.timeout",
    confidence: "likely",
    says: /DriverAdapterError: SocketTimeout|kind: 'SocketTimeout'/,
  },
  {
    id: "speak.closed",
    confidence: "likely",
    says: /DriverAdapterError: ConnectionClosed|kind: 'ConnectionClosed'/,
  },
  {
    id: "authenticate.password-rejected",
    confidence: "likely",
    anybody: true,
    also: ["authenticate.role-missing"],
    says: says(
      "P1000",
      /Authentication failed against (?:the )?database server|provided database credentials for `[^`]{0,200}` are not valid/,
    ),
  },
  {
    id: "reach.refused",
    confidence: "possible",
    anybody: true,
    also: ["reach.timeout", "resolve.not-found"],
    lastResort: true,
    says: says("P1001", /Can.?t reach database server at/),
  },
  {
    id: "reach.timeout",
    confidence: "likely",
    anybody: true,
    says: says("P1002|P1008", /database server at .{1,300} was reached but timed out/),
  },
  {
    id: "database.missing",
    confidence: "certain",
    anybody: true,
    says: says("P1003", /Database `[^`]{1,200}` does not exist(?: on the database server)?/),
  },
  {
    id: "database.connect-denied",
    confidence: "likely",
    anybody: true,
    also: ["authenticate.no-hba-entry", "privileges.no-create"],
    says: says("P1010", /was denied access on the database `/),
  },
  {
    id: "encrypt.unknown-authority",
    confidence: "likely",
    anybody: true,
    also: ["encrypt.self-signed"],
    says: /Error opening a TLS connection: .{0,80}(?:self[- ]signed|issuer certificate|certificate verify failed|certificate chain)/,
  },
  {
    id: "encrypt.protocol",
    confidence: "possible",
    anybody: true,
    also: ["encrypt.unknown-authority"],
    says: says("P1011", /Error opening a TLS connection/),
  },
  {
    id: "read.invalid",
    confidence: "likely",
    anybody: true,
    says: says("P1013", /(?:The provided database string is invalid|Error parsing connection string: )/),
  },
  {
    id: "read.invalid",
    confidence: "likely",
    anybody: true,
    says: /the URL must start with the protocol/,
  },
  {
    id: "speak.closed",
    confidence: "likely",
    anybody: true,
    says: says("P1017", /Server has closed the connection\./),
  },
  {
    id: "server.too-many-connections",
    confidence: "likely",
    anybody: true,
    says: says("P2037", /Too many database connections opened/),
  },
  {
    id: "capacity.pool-too-large",
    confidence: "possible",
    anybody: true,
    says: says("P2024", /Timed out fetching a new connection from the (?:connection )?pool/),
  },
];
