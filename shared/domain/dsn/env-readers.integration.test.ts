import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "dotenv";
import { afterAll, describe, expect, it } from "vitest";
import { worthKnowing } from "./summary";

/**
 * The warning about readers of `.env`, judged by the readers: python-dotenv, dotenv for Node and a shell's own `.`.
 * docker compose is not at hand here; what the warning says of it follows its documentation.
 */
const folder = mkdtempSync(path.join(tmpdir(), "env-warning-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PYTHON =
  "import sys; from dotenv import dotenv_values; sys.stdout.write(dotenv_values(sys.argv[1])['DATABASE_URL'])";
const SHELL = '. "$1" >/dev/null 2>&1; printf %s "$DATABASE_URL"';
const hasDotenv = spawnSync("/usr/bin/python3", ["-c", "import dotenv"], { stdio: "ignore" }).status === 0;

/** The readers that take something else from `DATABASE_URL=...` than the string that stands there. */
function changing(dsn: string): readonly string[] {
  const file = path.join(folder, ".env");
  const text = `DATABASE_URL=${dsn}\n`;
  writeFileSync(file, text);
  const env = { PATH: folder, HOME: "/home/me" };
  const read = {
    "python-dotenv": spawnSync("/usr/bin/python3", ["-c", PYTHON, file], {
      encoding: "utf8",
      env: { HOME: "/home/me" },
    }).stdout,
    dotenv: parse(text).DATABASE_URL,
    // An `&` between parameters has to stand, and then a shell wants quotes.
    shell: spawnSync("/bin/sh", ["-c", SHELL, "sh", file], { encoding: "utf8", env }).stdout,
  };
  return Object.entries(read).flatMap(([reader, value]) => (value === dsn ? [] : [reader]));
}

const warned = (dsn: string) => worthKnowing(dsn).find(({ code }) => code === "env-readers") ?? null;

const SIGNS = [..."!\"#$&'()*+,-.;<=>\\^_`{|}~ "];

describe.skipIf(!hasDotenv)("a sign in the password or in a parameter (needs python3-dotenv)", () => {
  it.each(SIGNS)("%j is warned of where a reader changes it, and none does once it is mended", (sign) => {
    for (const dsn of [`postgresql://u:p${sign}x@h:5432/d`, `postgresql://u:p@h:5432/d?application_name=a${sign}b`]) {
      if (sign === "&" && dsn.includes("?")) continue;
      const warning = warned(dsn);
      expect(changing(dsn).length > 0, dsn).toBe(warning !== null);
      if (warning) expect(changing(warning.mend?.dsn ?? "")).toEqual([]);
    }
  });

  it("each reader that the message names is one that changes the value", () => {
    expect([changing("postgresql://u:p#x@h/d"), warned("postgresql://u:p#x@h/d")?.text]).toEqual([
      ["dotenv"],
      expect.stringContaining("dotenv for Node stops at #"),
    ]);
    expect([changing("postgresql://u:p$x@h/d"), warned("postgresql://u:p$x@h/d")?.text]).toEqual([
      ["shell"],
      expect.stringContaining("a shell put a variable's value in"),
    ]);
    expect([changing("postgresql://u:p;x@h/d"), warned("postgresql://u:p;x@h/d")?.text]).toEqual([
      ["shell"],
      expect.stringContaining("a shell stops at ;"),
    ]);
  });
});
