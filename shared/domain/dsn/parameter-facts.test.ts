import { describe, expect, it } from "vitest";
import { ALL_PARAMETERS, answersSearch, parameterFacts } from "./parameter-facts";

describe("the list of parameters", () => {
  it("has each of libpq's once, with its meaning", () => {
    expect(new Set(ALL_PARAMETERS.map(({ name }) => name)).size).toBe(ALL_PARAMETERS.length);
    expect(ALL_PARAMETERS.length).toBeGreaterThanOrEqual(50);
    expect(ALL_PARAMETERS.filter(({ meaning }) => !meaning)).toEqual([]);
  });

  it("says since when libpq and asyncpg know one, and who does something with it", () => {
    expect(parameterFacts("sslnegotiation")).toMatchObject({
      since: 17,
      byDefault: "postgres",
      asyncpg: { kind: "reads", since: "0.30" },
      nodePostgres: "reads",
    });
    expect(parameterFacts("connect_timeout")).toMatchObject({
      since: null,
      asyncpg: { kind: "sends", taken: false },
      nodePostgres: "ignores",
    });
    expect(parameterFacts("application_name").asyncpg).toEqual({ kind: "sends", taken: true });
    expect(parameterFacts("pool_size")).toMatchObject({ isLibpqs: false, meaning: null });
  });

  it("is searched by name, meaning and values, whatever the order of the words", () => {
    const found = (search: string) =>
      ALL_PARAMETERS.filter((one) => answersSearch(one, search)).map(({ name }) => name);
    expect(found("KEEPALIVES")).toHaveLength(4);
    expect(found("certificate client")).toContain("sslcert");
    expect(found("prefer-standby")).toEqual(["target_session_attrs"]);
    expect(found("")).toHaveLength(ALL_PARAMETERS.length);
    expect(found("no such thing")).toEqual([]);
  });
});
