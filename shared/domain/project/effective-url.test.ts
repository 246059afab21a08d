import { expect, it } from "vitest";
import { shadowOf, urlInEnv } from "./effective-url";

const A = "postgresql://a@h/d";
const B = "postgresql://b@h/d";

it.each([
  ["nothing else is set", "", {}, null],
  ["the process says the same", "", { DATABASE_URL: A }, null],
  ["the process says something else", "", { DATABASE_URL: B }, { key: "DATABASE_URL", from: "process" }],
  ["the process has set it empty", "", { DATABASE_URL: "" }, { key: "DATABASE_URL", from: "process" }],
  ["an empty AKSARA_DATABASE_URL, which Aksara passes over", "", { AKSARA_DATABASE_URL: "" }, null],
  [
    "the file's own AKSARA_DATABASE_URL",
    `AKSARA_DATABASE_URL=${B}\n`,
    {},
    { key: "AKSARA_DATABASE_URL", from: "file" },
  ],
  [
    "the process beats the file's own",
    `AKSARA_DATABASE_URL=${A}\n`,
    { AKSARA_DATABASE_URL: B },
    { key: "AKSARA_DATABASE_URL", from: "process" },
  ],
  ["AKSARA_DATABASE_URL says the same, whatever DATABASE_URL", `AKSARA_DATABASE_URL=${A}\n`, { DATABASE_URL: B }, null],
])("tells what beats the new value: %s", (_what, others, environment, shadow) => {
  expect(shadowOf(A, `${others}DATABASE_URL=${A}\n`, environment)).toEqual(shadow);
});

it("takes AKSARA_DATABASE_URL before DATABASE_URL, and an empty one as none", () => {
  expect(urlInEnv(`DATABASE_URL=${A}\nAKSARA_DATABASE_URL=${B}\n`, {})).toEqual({
    key: "AKSARA_DATABASE_URL",
    value: B,
  });
  expect(urlInEnv(`AKSARA_DATABASE_URL=\nDATABASE_URL=${A}\n`, {})).toEqual({ key: "DATABASE_URL", value: A });
  expect(urlInEnv("DATABASE_URL\n", {})).toBeNull();
});

it("fills a URL's variables as python-dotenv does", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: python-dotenv's own expansion.
  const text = "DB_USER=desk\nDATABASE_URL=postgresql://${DB_USER}:${DB_PASS:-none}@h/d\n";
  expect(urlInEnv(text, {})?.value).toBe("postgresql://desk:none@h/d");
  expect(urlInEnv(text, { DB_PASS: "p" })?.value).toBe("postgresql://desk:p@h/d");
});
