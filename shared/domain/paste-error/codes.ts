import type { PossibleCause } from "./recognition";
import type { TextRule } from "./text-rule";

/** Exception classes without "Error" at their end, of asyncpg/exceptions and psycopg/errors.py alike. */
const CLASSES: Readonly<Record<string, string>> = {
  InvalidPassword: "28P01",
  InvalidAuthorizationSpecification: "28000",
  InvalidCatalogName: "3D000",
  InvalidSchemaName: "3F000",
  InsufficientPrivilege: "42501",
  ReadOnlySQLTransaction: "25006",
  ReadOnlySqlTransaction: "25006",
  TooManyConnections: "53300",
  CannotConnectNow: "57P03",
  AdminShutdown: "57P01",
  ProtocolViolation: "08P01",
  DiskFull: "53100",
};

const CLASS = new RegExp(`\\b(${Object.keys(CLASSES).join("|")})(?:Error)?\\b(?=\\s*(?::|\\)|$|<))`);

/** The SQLSTATE that an exception's class stands for; null where the line names none. */
export function sqlstateOfClass(line: string): string | null {
  const name = CLASS.exec(line)?.[1];
  return name !== undefined && Object.hasOwn(CLASSES, name) ? (CLASSES[name] ?? null) : null;
}

/** asyncpg's class as the text names it. */
export function asyncpgClassIn(line: string): string | null {
  return /\basyncpg\.exceptions\.(?:_base\.)?(\w{3,80}Error)\b/.exec(line)?.[1] ?? null;
}

/** The routine of the server's sources that raised an error: node-postgres and verbose logs name it. */
export function routineIn(line: string): string | null {
  return (
    /\broutine['"]?: ['"](\w{3,60})['"]/.exec(line)?.[1] ??
    /\bLOCATION:\s+(\w{3,60}), \w{1,40}\.c:\d+/.exec(line)?.[1] ??
    null
  );
}

type Coded = PossibleCause & Pick<TextRule, "also">;

const is = (id: string, confidence: Coded["confidence"], ...also: string[]): Coded => ({ id, confidence, also });

/** What a SQLSTATE means by itself, for texts in languages nobody here reads; the routine tells forms apart. */
export function causeOfCode(sqlstate: string, routine: string | null): Coded | null {
  switch (sqlstate) {
    case "28P01":
      return is("authenticate.password-rejected", "likely", "authenticate.role-missing");
    case "28000":
      if (routine === "InitializeSessionUserId")
        return is("authenticate.role-missing", "likely", "authenticate.role-cannot-login");
      if (routine === "auth_failed") return is("authenticate.peer-rejected", "possible", "authenticate.ident-rejected");
      return is("authenticate.no-hba-entry", "possible", "encrypt.required", "authenticate.hba-rejects");
    case "3D000":
      return is("database.missing", "certain");
    case "3F000":
      return is("privileges.no-schema", "likely");
    case "25006":
      return is("privileges.read-only", "certain");
    case "42501":
      return routine === "CheckMyDatabase"
        ? is("database.connect-denied", "certain")
        : is("privileges.object-denied", "possible", "privileges.no-create", "database.connect-denied");
    case "53300":
      if (routine === "InitializeSessionUserId") return is("server.role-limit", "certain");
      if (routine === "CheckMyDatabase") return is("server.database-limit", "certain");
      if (routine === "InitPostgres") return is("server.reserved-slots", "certain");
      return is("server.too-many-connections", routine ? "certain" : "likely", "server.reserved-slots");
    case "53100":
      return is("install.disk-full", "certain");
    case "55000":
      return routine === "CheckMyDatabase" ? is("database.not-accepting", "certain") : null;
    case "57P01":
      return is("server.session-ended", "certain");
    case "57P03":
      return is("server.starting", "possible", "server.stopping", "server.recovering");
    default:
      return null;
  }
}
