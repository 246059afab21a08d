import { expect, it } from "vitest";
import { entriesFor } from "./entries";

const DSN = "postgresql://desk:hunter%2022@h/d";
const POOL = { min: 2, max: 5 };
const PLACEHOLDER = { key: "DATABASE_URL", value: "postgresql://USER:PASSWORD@HOST:5432/DATABASE" };

it("sets the string and Aksara's own names of the sizes in .env", () => {
  expect(entriesFor(".env", "DATABASE_URL=old\n", DSN, POOL)).toEqual({
    set: [
      { key: "DATABASE_URL", value: DSN },
      { key: "AKSARA_POOL_MIN_SIZE", value: "2" },
      { key: "AKSARA_POOL_MAX_SIZE", value: "5" },
    ],
    kept: [],
  });
});

it("gives .env.example a placeholder, and leaves one that is there", () => {
  expect(entriesFor(".env.example", "", DSN, null)).toEqual({ set: [PLACEHOLDER], kept: [] });
  expect(entriesFor(".env.example", "DATABASE_URL=postgresql://user:password@localhost/app\n", DSN, null)).toEqual({
    set: [],
    kept: ["DATABASE_URL"],
  });
});

it("takes the real password out of .env.example, however it is written there", () => {
  for (const leak of [DSN, "postgresql://x:hunter%2022@other/x", "host=h password='hunter 22'"]) {
    expect(entriesFor(".env.example", `DATABASE_URL="${leak}"\n`, DSN, null).set).toEqual([PLACEHOLDER]);
  }
});
