import { expect, it } from "vitest";
import { dsnForEnv } from "./written-dsn";

const written = (text: string) => {
  const result = dsnForEnv(text);
  return result.ok ? result.value : result.error;
};

it("keeps the person's own spelling where every reader takes it", () => {
  expect(written(" postgres://a:b@localhost/d?sslmode=require ")).toBe("postgres://a:b@localhost/d?sslmode=require");
});

it("percent-encodes what readers of .env would take apart", () => {
  expect(written("postgresql://a:p$w'#x@localhost:5432/d")).toMatch(
    /^postgresql:\/\/a:p%24w%27%23x@localhost(:5432)?\/d$/,
  );
});

it("makes a URI of the keyword form, which asyncpg does not read", () => {
  expect(written("host=localhost port=5433 user=a password='p w' dbname=d")).toBe(
    "postgresql://a:p%20w@localhost:5433/d",
  );
});

it("refuses what nobody can read, at its field and without showing it", () => {
  expect(written("postgresql://a:hunter22@h:notaport/d")).toMatchObject({ kind: "invalid-input", field: "dsn" });
  expect(JSON.stringify(written("postgresql://a:hunter22@h:notaport/d"))).not.toContain("hunter22");
});
