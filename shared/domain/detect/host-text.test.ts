import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpointText } from "../endpoint";
import { isHostText, parseHostText } from "./host-text";

const read = (text: string) => {
  const result = parseHostText(text);
  return result.ok ? result.value : result.error.field;
};

describe("parseHostText", () => {
  it("reads hosts, ports, addresses and socket folders", () => {
    expect(read(" db.example.com ")).toEqual({ host: "db.example.com", port: 5432 });
    expect(read("db:5433")).toEqual({ host: "db", port: 5433 });
    expect(read("[::1]:5433")).toEqual({ host: "::1", port: 5433 });
    expect(read("::1")).toEqual({ host: "::1", port: 5432 });
    expect(read("/var/run/postgresql/")).toEqual({ socketDirectory: "/var/run/postgresql", port: 5432 });
    expect(read("/tmp:5433")).toEqual({ socketDirectory: "/tmp", port: 5433 });
  });

  it("names the part that is wrong", () => {
    expect(["db:0", "db:65536", "db:54x", "[::1]:99999"].map(read)).toEqual(["port", "port", "port", "port"]);
    expect(["", ":5432", "a/b", "user@db", "[zz]"].map(read)).toEqual(["host", "host", "host", "host", "host"]);
  });

  it("reads back every address as it is shown", () => {
    const port = fc.integer({ min: 1, max: 65535 });
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(host, port, (name, number) => {
        const endpoint = { host: name, port: number };
        expect(parseHostText(endpointText(endpoint))).toEqual({ ok: true, value: endpoint });
      }),
    );
  });
});

describe("isHostText", () => {
  it("leaves connection strings and pasted lines to their parser", () => {
    expect(["db", "db:5433", "/tmp"].map(isHostText)).toEqual([true, true, true]);
    expect(["postgresql://db", "host=db", "DATABASE_URL=x", "psql -h db", ""].map(isHostText)).toEqual(
      Array(5).fill(false),
    );
  });
});
