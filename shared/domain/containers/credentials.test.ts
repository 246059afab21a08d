import { describe, expect, it } from "vitest";
import { readCredentials } from "./credentials";

const read = (variables: Readonly<Record<string, string>>) => {
  const { password, ...rest } = readCredentials({ environment: new Map(Object.entries(variables)) });
  return { ...rest, password: password?.reveal() ?? null };
};

describe("what a container's environment says about signing in", () => {
  it.each([
    [{ POSTGRES_PASSWORD: "x" }, { user: "postgres", database: "postgres", password: "x", kind: "password" }],
    [
      { POSTGRES_USER: "app", POSTGRES_PASSWORD: "p=a b" },
      { user: "app", database: "app", password: "p=a b", kind: "password" },
    ],
    [
      { POSTGRES_USER: "app", POSTGRES_DB: "shop", POSTGRES_PASSWORD: "x" },
      { user: "app", database: "shop", password: "x", kind: "password" },
    ],
    [{ POSTGRES_PASSWORD_FILE: "/run/secrets/db" }, { user: "postgres", password: null, kind: "file" }],
    [{ POSTGRES_HOST_AUTH_METHOD: "trust" }, { password: null, kind: "trust" }],
    [{ POSTGRES_PASSWORD: "" }, { password: null, kind: "missing" }],
    [{}, { user: "postgres", password: null, kind: "missing" }],
    [
      { POSTGRESQL_USERNAME: "app", POSTGRESQL_PASSWORD: "x", POSTGRESQL_DATABASE: "shop" },
      { user: "app", database: "shop", password: "x", kind: "password" },
    ],
    [
      { POSTGRESQL_USERNAME: "app", POSTGRESQL_PASSWORD: "x", POSTGRESQL_POSTGRES_PASSWORD: "y" },
      { user: "postgres", database: "postgres", password: "y", variable: "POSTGRESQL_POSTGRES_PASSWORD" },
    ],
    [{ ALLOW_EMPTY_PASSWORD: "yes" }, { password: null, kind: "trust" }],
    [
      { POSTGRES_USER: "docker", POSTGRES_PASS: "x", POSTGRES_DBNAME: "gis" },
      { user: "docker", database: "gis", password: "x", kind: "password" },
    ],
  ])("%j", (variables, expected) => {
    expect(read(variables as Readonly<Record<string, string>>)).toMatchObject(expected);
  });

  it("prints no password", () => {
    const credentials = readCredentials({ environment: new Map([["POSTGRES_PASSWORD", "s3cret"]]) });
    expect(JSON.stringify(credentials) + String(credentials.password)).not.toContain("s3cret");
  });
});
