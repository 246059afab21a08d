import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeEnv } from "./merge";
import { readEnv } from "./read";

const READ = `
import json, sys
from dotenv import dotenv_values
print(json.dumps([dict(dotenv_values(file)) for file in json.load(sys.stdin)]))
`;

/** The first Python here that has python-dotenv. */
function findPython(): string {
  for (const python of ["/usr/bin/python3", "python3"]) {
    try {
      execFileSync(python, ["-c", "import dotenv"], { stdio: "ignore" });
      return python;
    } catch {
      // The next one.
    }
  }
  throw new Error("no Python with python-dotenv: install Debian's python3-dotenv");
}

let folder = "";
let python = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "env-readers-"));
  python = findPython();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Values = Record<string, string | null>;

function pythonReads(texts: readonly string[]): readonly Values[] {
  const files = texts.map((text, at) => {
    const file = path.join(folder, `${at}.env`);
    writeFileSync(file, text);
    return file;
  });
  const input = JSON.stringify(files);
  return JSON.parse(execFileSync(python, ["-c", READ], { input, stdio: "pipe", encoding: "utf8", env: {} }));
}

/** What we say Python reads, in Python's words: it opens files with universal line breaks. */
const weRead = (text: string): Values => Object.fromEntries(readEnv(text.replace(/\r\n?/g, "\n")));

/** Without unset names, and with a byte order mark taken off the first key, where we read better than Python. */
const comparable = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key.replace(/^\uFEFF/, ""), value]])),
  );

const urls = fc
  .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^([A-Za-z0-9!*()~.&;|<>-]|%2[0-9]){1,12}$/))
  .map(([name, password]) => `postgresql://${name}:${password}@[::1]:5432/${name}?a=b&c=d`);
const piece = fc.constantFrom(
  "# a comment",
  "",
  "NAME WITHOUT SENSE",
  "DATABASE_URL=old # note",
  "export DATABASE_URL='old'",
  "export DATABASE_URL",
  'PEM="-----BEGIN\nDATABASE_URL=inside\n-----END"',
  "A= # looks like a comment",
  "B='it is # quoted' # really",
  'C="tab\\tquote\\" and \\\\"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: python-dotenv's own expansion.
  "D=${A}${NONE:-default}",
  "'quoted key'=1",
  "E=a#b",
);
const noise = fc
  .array(fc.constantFrom(...Array.from("AB  ==#'\"\\$n-\n\r\t\xa0\x1f"), "export ", "\\'"), { maxLength: 30 })
  .map((parts) => parts.join(""));

describe("python-dotenv", () => {
  it("reads the written value from any file, and everything else as before", () => {
    const samples = fc.sample(
      fc.tuple(fc.constantFrom("", "\uFEFF"), fc.constantFrom("\n", "\r\n"), fc.array(piece, { maxLength: 7 }), urls),
      300,
    );
    const files = samples.map(([mark, end, pieces, url]) => {
      const before = mark + pieces.join(end);
      return { before, url, merged: mergeEnv(before, [{ key: "DATABASE_URL", value: url }]).text };
    });
    const before = pythonReads(files.map((file) => file.before));
    const after = pythonReads(files.map((file) => file.merged));
    for (const [at, { url, merged }] of files.entries()) {
      expect(after[at]?.DATABASE_URL, merged).toBe(url);
      const others = (values: Values = {}) => ({ ...comparable(values), DATABASE_URL: null });
      expect(others(after[at])).toEqual(others(before[at]));
    }
  });

  it("reads any text, however broken, as readEnv does", () => {
    const texts = fc.sample(noise, 500);
    const read = pythonReads(texts);
    for (const [at, text] of texts.entries())
      expect(comparable(weRead(text)), text).toEqual(comparable(read[at] ?? {}));
  });
});

describe.each(["sh", "bash"])("%s", (shell) => {
  it("reads the written value by `source`", () => {
    const file = path.join(folder, `${shell}.env`);
    for (const url of fc.sample(urls, 25)) {
      writeFileSync(
        file,
        mergeEnv("# mine\nexport DATABASE_URL=old # note\n", [{ key: "DATABASE_URL", value: url }]).text,
      );
      const script = '. "$1"; printf %s "$DATABASE_URL"';
      expect(
        execFileSync(shell, ["-c", script, shell, file], {
          stdio: ["ignore", "pipe", "inherit"],
          encoding: "utf8",
          env: {},
        }),
      ).toBe(url);
    }
  });
});
