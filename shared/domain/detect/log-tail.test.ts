import { describe, expect, it } from "vitest";
import { failedStart } from "./log-tail";

/* Lines as PostgreSQL 15 and 18 wrote them on this project's test servers. */
const at = (message: string): string => `2026-11-23 05:30:14.101 UTC [4711] ${message}`;

describe("failedStart", () => {
  it("says what ended a start", () => {
    expect(
      failedStart([
        at("FATAL:  database files are incompatible with server"),
        at("DETAIL:  The data directory was initialized by PostgreSQL version 13."),
      ]),
    ).toBe("database files are incompatible with server");
    expect(
      failedStart([
        at("LOG:  starting PostgreSQL 15.18"),
        at('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'),
        at("HINT:  Is another postmaster already running on port 5432?"),
        at('WARNING:  could not create listen socket for "127.0.0.1"'),
        at("FATAL:  could not create any TCP/IP sockets"),
        at("LOG:  database system is shut down"),
      ]),
    ).toBe("could not create any TCP/IP sockets");
  });

  it("does not take what clients met before an ordinary end for a failed start", () => {
    expect(
      failedStart([
        at('FATAL:  password authentication failed for user "ada"'),
        at("LOG:  received fast shutdown request"),
        at("FATAL:  terminating connection due to administrator command"),
        at("LOG:  shutting down"),
        at("LOG:  database system is shut down"),
      ]),
    ).toBeNull();
  });

  it("knows nothing of an empty log, of other text and of an error of a client", () => {
    expect([[], ["nonsense", ""], [at('ERROR:  relation "x" does not exist')]].map(failedStart)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("gives one line without control characters", () => {
    expect(failedStart([at(`FATAL:  ${"x\u001b[31m".repeat(500)}`)])).toMatch(/^\P{Cc}{1,200}$/u);
  });
});
