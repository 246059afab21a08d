import { expect, it } from "vitest";
import { shadowOf } from "./shadow";

const A = "postgresql://a@h/d";
const B = "postgresql://b@h/d";

it.each([
  ["nothing else is set", "", {}, null],
  ["the process says the same", "", { DATABASE_URL: A }, null],
  ["the process says something else", "", { DATABASE_URL: B }, { name: "DATABASE_URL", where: "environment" }],
  ["an empty variable", "", { DATABASE_URL: "" }, null],
  [
    "the file's own AKSARA_DATABASE_URL",
    `AKSARA_DATABASE_URL=${B}`,
    {},
    { name: "AKSARA_DATABASE_URL", where: "file" },
  ],
  [
    "the process beats the file's",
    `AKSARA_DATABASE_URL=${A}`,
    { AKSARA_DATABASE_URL: B },
    { name: "AKSARA_DATABASE_URL", where: "environment" },
  ],
  [
    "AKSARA_DATABASE_URL of the same value beats a different DATABASE_URL",
    `AKSARA_DATABASE_URL=${A}`,
    { DATABASE_URL: B },
    null,
  ],
])("%s", (_what, text, environment, shadow) => {
  expect(shadowOf(text, A, environment)).toEqual(shadow);
});
