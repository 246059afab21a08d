import type { Failure } from "./facts";

/** asyncpg's exception by SQLSTATE (asyncpg/exceptions/__init__.py); the class only. */
const BY_SQLSTATE: Readonly<Record<string, string>> = {
  "08P01": "ProtocolViolationError",
  "22023": "InvalidParameterValueError",
  "28000": "InvalidAuthorizationSpecificationError",
  "28P01": "InvalidPasswordError",
  "3D000": "InvalidCatalogNameError",
  "3F000": "InvalidSchemaNameError",
  "25006": "ReadOnlySQLTransactionError",
  "42501": "InsufficientPrivilegeError",
  "42602": "InvalidNameError",
  "42704": "UndefinedObjectError",
  "53300": "TooManyConnectionsError",
  "55000": "ObjectNotInPrerequisiteStateError",
  "55P02": "CantChangeRuntimeParamError",
  "57P03": "CannotConnectNowError",
  XX000: "InternalServerError",
};

/** Python's own exception by errno; asyncpg lets them through. */
const BY_ERRNO: Readonly<Record<string, string>> = {
  EACCES: "PermissionError",
  EAI_AGAIN: "gaierror",
  ECONNREFUSED: "ConnectionRefusedError",
  ECONNRESET: "ConnectionResetError",
  EHOSTUNREACH: "OSError",
  ENETUNREACH: "OSError",
  ENOENT: "FileNotFoundError",
  ENOTFOUND: "gaierror",
  EPERM: "PermissionError",
  ETIMEDOUT: "TimeoutError",
  ETLSREFUSED: "ConnectionError",
  ENOPASSWORD: "InvalidPasswordError",
};

/** The exception class a Python traceback shows for a failure; null where it is not known. */
export function asyncpgException(failure: Failure): string | null {
  if (failure.sqlstate) return BY_SQLSTATE[failure.sqlstate] ?? null;
  const errno = failure.errno ?? "";
  if (/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/.test(errno)) return "SSLCertVerificationError";
  return BY_ERRNO[errno] ?? (errno.startsWith("ERR_SSL_") ? "SSLError" : null);
}
