import { describe, expect, it } from "vitest";
import type { DiagnoseReport } from "../diagnosis";
import type { Endpoint } from "../endpoint";
import type { Scan, Server } from "../server";
import { serverVersion } from "./server-version";

const run = (host: string, said?: string): DiagnoseReport => ({
  ok: said !== undefined,
  target: { hosts: [{ host, port: 5432 }], user: null, password: null, database: null, sslmode: null, parameters: {} },
  rungs: said ? [{ id: "privileges", status: "pass", evidence: { version: said } } as never] : [],
  diagnosis: null,
  alternatives: [],
  warnings: [],
  durationMs: 1,
});

const scan = (...servers: readonly (readonly [version: string | null, at: Endpoint])[]): Scan => ({
  servers: servers.map(([version, at]) => ({ version, endpoints: [at] }) as unknown as Server),
  conflicts: [],
  problems: [],
  durationMs: 1,
});

describe("the server's version in a report", () => {
  it("is what its session said, whatever was detected", () => {
    const detected = scan(["15.18", { host: "127.0.0.1", port: 5432 }]);
    expect(serverVersion(run("127.0.0.1", "PostgreSQL 18.4"), detected)).toBe("18.4");
  });

  it("is that of the server detected at the string's address where no session came about", () => {
    const detected = scan(
      ["13", { host: "::1", port: 5432 }],
      [null, { host: "127.0.0.1", port: 5432 }],
      ["15.18", { host: "127.0.0.1", port: 5432 }],
      ["17", { host: "127.0.0.1", port: 5433 }],
    );
    expect(serverVersion(run("127.0.0.1"), detected)).toBe("15.18");
    expect(serverVersion(run("localhost"), detected)).toBe("13");
    expect(serverVersion(run("db.example"), detected)).toBeNull();
  });

  it("is not known without a check, a scan, or a target", () => {
    expect(serverVersion(null, null)).toBeNull();
    expect(serverVersion({ ...run("x"), target: null }, scan(["15", { host: "x", port: 5432 }]))).toBeNull();
  });
});
