import { expect, it } from "vitest";
import { recogniseError } from ".";

/** The same failures in the words of clients and systems that are not recorded here (their sources and manuals). */
it.each([
  [
    "PSQLException: Connection to localhost:5432 refused. Check that the hostname and port are correct",
    "reach.refused",
  ],
  [
    "failed to connect to `host=localhost`: dial error (dial tcp 127.0.0.1:5432: connect: connection refused)",
    "reach.refused",
  ],
  ["sqlx error: error communicating with database: Connection refused (os error 111)", "reach.refused"],
  ["ConnectionRefusedError: [WinError 1225] The remote computer refused the network connection", "reach.refused"],
  ["OSError: Multiple exceptions: [Errno 111] Connect call failed ('::1', 42351, 0, 0)", "reach.refused"],
  ["socket.gaierror: [Errno 11001] getaddrinfo failed", "resolve.not-found"],
  ["socket.gaierror: [Errno -3] Temporary failure in name resolution", "resolve.temporary"],
  ['SQLSTATE[08006] [7] connection to server failed: FATAL:  database "shop" does not exist', "database.missing"],
  [
    "createdb: error: database creation failed: ERROR:  permission denied to create database",
    "privileges.object-denied",
  ],
  ["PANIC:  could not locate a valid checkpoint record", "install.damaged"],
  ["DriverAdapterError: DatabaseDoesNotExist", "database.missing"],
  [
    "DriverAdapterError: AuthenticationFailed {\n  cause: { originalCode: '28P01', kind: 'AuthenticationFailed' } }",
    "authenticate.password-rejected",
  ],
  ["DriverAdapterError: DatabaseNotReachable\n  cause: { originalCode: 'ENOTFOUND', host: 'db' }", "reach.refused"],
  [
    "DriverAdapterError: DatabaseNotReachable\n  [cause]: Error: getaddrinfo ENOTFOUND db\n  code: 'ENOTFOUND'",
    "resolve.not-found",
  ],
  ['FATAL:  could not write to file "pg_wal/xlogtemp.34": Operation not permitted', "install.permissions"],
  ["psycopg2.OperationalError: SSL SYSCALL error: Success", "speak.closed"],
  // What Python's event loop says of every errno alike.
  ["ConnectionRefusedError: [Errno 61] Connect call failed ('127.0.0.1', 5432)", "reach.refused"],
  ["OSError: [Errno 113] Connect call failed ('10.0.0.3', 5432)", "reach.unreachable"],
  ["OSError: [Errno 101] Connect call failed ('2a05:d014::1', 5432, 0, 0)", "reach.unreachable"],
  ["OSError: [Errno 65] Connect call failed ('10.0.0.3', 5432)", "reach.unreachable"],
  ["TimeoutError: [Errno 110] Connect call failed ('10.0.0.3', 5432)", "reach.timeout"],
  ["TimeoutError: [Errno 60] Connect call failed ('10.0.0.3', 5432)", "reach.timeout"],
  ["psycopg.OperationalError: [Errno 11001] getaddrinfo failed", "resolve.not-found"],
  ['connection to server at "db", port 5432 failed: Verbindung (0x0000274C/10060)', "reach.timeout"],
  [
    "failed to connect to `host=db user=app database=app`: hostname resolving error (lookup db: no such host)",
    "resolve.not-found",
  ],
  ["lookup db on 127.0.0.11:53: server misbehaving: pgx", "resolve.temporary"],
  ["pq: SSL is not enabled on the server", "encrypt.not-supported"],
  ["failed to connect to `user=app`: tls error: server refused TLS connection", "encrypt.not-supported"],
  ["pq: x509: certificate signed by unknown authority", "encrypt.unknown-authority"],
  ["pgx: tls error: x509: certificate is valid for db.example.com, not localhost", "encrypt.name-mismatch"],
  [
    "pgx: x509: certificate has expired or is not yet valid: current time 2026-11-29T20:00:00Z is after 2025-01-01T00:00:00Z",
    "encrypt.expired",
  ],
  ["ssl.SSLError: [SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1002) asyncpg", "encrypt.protocol"],
  ["java.net.UnknownHostException: postgres\n\tat org.postgresql.core.PGStream.createSocket", "resolve.not-found"],
  [
    "PSQLException: The server requested SCRAM-based authentication, but no password was provided.",
    "authenticate.password-missing",
  ],
  [
    "asyncpg.exceptions._base.InterfaceError: unsupported authentication method requested by the server: b'GSS'",
    "authenticate.unsupported-method",
  ],
  [
    'FATAL:  no pg_hba.conf entry for host "[local]", user "a", database "a", no encryption',
    "authenticate.no-hba-entry",
  ],
  [
    "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00",
    "capacity.pool-too-large",
  ],
  ["psycopg2.InterfaceError: connection already closed", "server.session-ended"],
  [
    "Error response from daemon: failed to bind host port 0.0.0.0:5432/tcp: address already in use",
    "install.port-taken",
  ],
  ["chown: changing ownership of '/var/lib/postgresql/data': Operation not permitted", "install.permissions"],
  ['FATAL:  private key file "/etc/ssl/private/server.key" has group or world access', "install.bad-configuration"],
  ["error during connect: this error may indicate that the docker daemon is not running", "install.engine-down"],
])("%s: %s", (text, id) => {
  const found = recogniseError(text);
  expect(found.kind === "recognised" ? found.id : null).toBe(id);
});
