import { describe, expect, it } from "vitest";
import { readKeywords } from "../../../shared/domain/dsn";
import { originsOf } from "../../../shared/domain/dsn/origins";
import type { StringSource, Surroundings } from "../../../shared/domain/dsn/surroundings";
import { originText } from "./origin-text";

const SURROUNDINGS: Surroundings = {
  osUser: "me",
  socketDirectory: "/var/run/postgresql",
  environment: { PGHOST: "db" },
  passfile: {
    path: "~/.pgpass",
    entries: [{ line: 2, host: "*", port: "*", database: "*", user: "*" }],
    brokenLines: [],
    ignored: null,
  },
  services: [],
};

function told(dsn: string, keywords: readonly string[], put = "", source: StringSource = { kind: "typed" }) {
  return originText(originsOf(dsn, SURROUNDINGS, "asyncpg"), keywords, {
    present: readKeywords(dsn),
    put: { dsn: put, source },
    putValues: readKeywords(put),
  });
}

describe("where the values of a row came from", () => {
  it("is one place where they share it", () => {
    expect(told("postgresql://u:p@h:1/d", ["host", "port"])).toBe("typed");
  });

  it("is told value by value where they do not", () => {
    expect(told("postgresql://u@/d", ["host", "port"])).toBe("host PGHOST, port default");
    expect(told("postgresql://u@h/d", ["user", "password"])).toBe("user typed, password ~/.pgpass, line 2");
    expect(told("postgresql://h", ["user"])).toBe("system user");
  });

  it("goes back to where the whole string came from, but for what was changed since", () => {
    const put = "postgresql://u:p@h:1/d";
    expect(told(put, ["host", "port"], put, { kind: "pasted" })).toBe("pasted");
    expect(told("postgresql://u:p@h:2/d", ["host", "port"], put, { kind: "env-file", path: "/p/.env" })).toBe(
      "host .env, port typed",
    );
    expect(told(put, ["dbname"], put, { kind: "database", server: "PostgreSQL 18" })).toBe("from PostgreSQL 18");
    expect(told(put, ["dbname"], put, { kind: "database", server: "On port 5433" })).toBe(
      "from the server on port 5433",
    );
    expect(told(put, ["dbname"], put, { kind: "container", name: "shop-db" })).toBe("container shop-db");
  });

  it("is nothing for what the driver does not use", () => {
    expect(told("postgresql://u:p@h/d", ["sslcert"])).toBeNull();
  });
});
