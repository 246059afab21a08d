import { expect, it } from "vitest";
import { recogniseError } from ".";

/** The same failures in the words of clients and systems that are not recorded here. */
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
  ["error during connect: this error may indicate that the docker daemon is not running", "install.engine-down"],
])("%s: %s", (text, id) => {
  const found = recogniseError(text);
  expect(found.kind === "recognised" ? found.id : null).toBe(id);
});
