import { expect, it } from "vitest";
import { type EnvJudged, envWarnings } from "./env-warnings";

const DSN = "postgresql://a:b@localhost:5432/d";
const judged = (over: Partial<EnvJudged> = {}): readonly string[] =>
  envWarnings({
    file: ".env",
    exists: true,
    before: "",
    after: `DATABASE_URL=${DSN}\n`,
    dsn: DSN,
    pool: { min: 2, max: 5 },
    changes: [],
    environment: {},
    envAbove: null,
    mode: 0o600,
    backupIgnored: true,
    lock: null,
    main: null,
    ...over,
  });

it("says nothing when there is nothing to say", () => {
  expect(judged()).toEqual([]);
});

it.each<[string, Partial<EnvJudged>, string]>([
  [
    "AKSARA_DATABASE_URL in the file",
    { after: `AKSARA_DATABASE_URL=x://y\nDATABASE_URL=${DSN}\n` },
    "AKSARA_DATABASE_URL in .env",
  ],
  ["AKSARA_POOL_SIZE in the file", { after: `AKSARA_POOL_SIZE=9\nDATABASE_URL=${DSN}\n` }, "AKSARA_POOL_SIZE in .env"],
  ["an exported size", { environment: { AKSARA_POOL_MIN_SIZE: "1" } }, "AKSARA_POOL_MIN_SIZE is set"],
  ["a main.py that passes no sizes", { main: "app = Aksara(database_url=x)" }, "main.py calls Aksara()"],
  ["duplicates", { changes: [{ key: "DATABASE_URL", kind: "duplicate" }] }, "more than once"],
  ["a byte order mark before another key", { before: "\uFEFFSECRET=1\n" }, "python-dotenv does not see SECRET"],
  ["Windows line breaks", { before: "A=1\r\n" }, "Windows line breaks"],
  ["a lock", { lock: "It is read-only." }, "read-only"],
  ["others who can read it", { mode: 0o644 }, "chmod 600 .env"],
  ["a .env above", { envAbove: "/up/.env", exists: false }, "/up/.env so far"],
  ["a backup git would take", { backupIgnored: false }, ".env.bak"],
  ["a string asyncpg refuses", { dsn: "postgresql://a@localhost/d?sslmode=sometimes" }, "asyncpg"],
])("tells of %s", (_what, over, said) => {
  expect(judged(over).join("\n")).toContain(said);
});

it("does not tell of sizes that say the same, or are not written", () => {
  expect(judged({ environment: { AKSARA_POOL_MIN_SIZE: "2", AKSARA_POOL_MAX_SIZE: "5" } })).toEqual([]);
  expect(judged({ environment: { AKSARA_POOL_MIN_SIZE: "1" }, pool: null })).toEqual([]);
});
