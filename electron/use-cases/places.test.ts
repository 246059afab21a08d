import { describe, expect, it } from "vitest";
import { parseConnectionString, resolveTarget } from "../../shared/domain/dsn";
import { connectTimeoutMs, goesOn, placesOf } from "./places";
import type { SqlFailure } from "./ports";

function places(dsn: string) {
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return placesOf(parsed.value.target, resolveTarget(parsed.value, "somebody").endpoints);
}

const failed = (errno: string | null, sqlstate: string | null = null): SqlFailure => ({
  sqlstate,
  errno,
  severity: null,
  routine: null,
  message: "",
  detail: null,
});

describe("the servers of a string", () => {
  it("have each their own hostaddr, or none where its place is empty", () => {
    const found = places("host=a,b,c hostaddr=10.0.0.1,,10.0.0.3 port=1,2,3 sslsni=0");
    expect(found.map(({ endpoint }) => endpoint.port)).toEqual([1, 2, 3]);
    expect(found.map(({ parameters }) => parameters)).toEqual([
      { sslsni: "0", hostaddr: "10.0.0.1" },
      { sslsni: "0" },
      { sslsni: "0", hostaddr: "10.0.0.3" },
    ]);
  });

  it("are gone through twice for prefer-standby: standbys first, then any", () => {
    const found = places("postgresql://u@a,b/d?target_session_attrs=prefer-standby");
    expect(found.map(({ endpoint, parameters }) => [endpoint, parameters.target_session_attrs])).toEqual([
      [{ host: "a", port: 5432 }, "standby"],
      [{ host: "b", port: 5432 }, "standby"],
      [{ host: "a", port: 5432 }, "any"],
      [{ host: "b", port: 5432 }, "any"],
    ]);
  });
});

describe("the next server is tried", () => {
  it.each(["ECONNREFUSED", "EHOSTUNREACH", "ENOENT", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "ESESSIONATTRS"])(
    "after %s",
    (errno) => expect(goesOn(failed(errno))).toBe(true),
  );

  it("after a server that is starting or stopping", () => expect(goesOn(failed(null, "57P03"))).toBe(true));

  it.each(["ECONNRESET", "ECONNCLOSED", "EPROTOCOL", "ETLSREFUSED", "CERT_HAS_EXPIRED", "ENOPASSWORD", "ECANCELED"])(
    "not after %s",
    (errno) => expect(goesOn(failed(errno))).toBe(false),
  );

  it.each(["28P01", "28000", "53300", "3D000"])("not after SQLSTATE %s", (sqlstate) =>
    expect(goesOn(failed(null, sqlstate))).toBe(false),
  );
});

describe("connect_timeout", () => {
  it.each([
    ["10", 10_000],
    ["1", 2_000],
    ["0", null],
    ["-1", null],
    ["", null],
    ["999999", 600_000],
  ])("%s is %s ms", (text, expected) => expect(connectTimeoutMs({ connect_timeout: text })).toBe(expected));
});
