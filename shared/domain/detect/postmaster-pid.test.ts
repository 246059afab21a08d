import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePostmasterPid } from "./postmaster-pid";

// Written by PostgreSQL 15.18 of Debian 12; the process number is changed.
const READY =
  "4711\n/var/lib/postgresql/15/main\n1763859600\n5432\n/var/run/postgresql\nlocalhost\n   655361         0\nready   \n";

describe("parsePostmasterPid", () => {
  it("reads a running server's file", () => {
    expect(parsePostmasterPid(READY)).toEqual({
      pid: 4711,
      standalone: false,
      dataDirectory: "/var/lib/postgresql/15/main",
      startTime: 1763859600,
      port: 5432,
      socketDirectory: "/var/run/postgresql",
      listenAddress: "localhost",
      status: "ready",
    });
  });

  it("tells starting, stopping and standby apart", () => {
    const statuses = ["starting", "stopping", "standby "].map(
      (word) => parsePostmasterPid(READY.replace("ready   ", word))?.status,
    );
    expect(statuses).toEqual(["starting", "stopping", "standby"]);
  });

  it("knows a standalone backend by its negative number", () => {
    expect(parsePostmasterPid("-99\n/data\n")).toMatchObject({ pid: 99, standalone: true, port: null });
  });

  it("tells no TCP at all (empty) from not written yet", () => {
    expect(parsePostmasterPid("1\n/d\n5\n5432\n/s\n\n")?.listenAddress).toBe("");
    expect(parsePostmasterPid("1\n/d\n5\n5432\n/s\n")?.listenAddress).toBeNull();
  });

  it("takes from a half-written file only the lines that are whole", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: READY.length }), (length) => {
        const whole = parsePostmasterPid(READY);
        const half = parsePostmasterPid(READY.slice(0, length));
        for (const key of ["pid", "dataDirectory", "startTime", "port", "socketDirectory", "listenAddress"] as const) {
          if (half && half[key] !== null) expect(half[key]).toBe(whole?.[key]);
        }
      }),
    );
  });

  it("says nothing about files whose first line is no process number", () => {
    for (const text of ["", "\n", "abc\n", "0\n", "12x\n", "99999999999999\n", "9999999999\n", "4711"])
      expect(parsePostmasterPid(text)).toBeNull();
  });
});
