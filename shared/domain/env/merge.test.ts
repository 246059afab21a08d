import dotenv from "dotenv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeEnv } from "./merge";
import { readEnv, readEnvValue } from "./read";
import { linesOf } from "./scan";
import { envSpelling } from "./spell";

const URL_NOW = "postgresql://desk:s3cret@localhost:5432/desk";
const set = (text: string, value = URL_NOW) => mergeEnv(text, [{ key: "DATABASE_URL", value }]);

describe("what stays byte for byte", () => {
  it.each([
    ["comments, blank lines and order", "# one\n\nA=1\n#DATABASE_URL=old\nB=2\n"],
    ["CRLF", "# one\r\nA=1\r\nB=2\r\n"],
    ["a missing final line break", "A=1\nB=2"],
    ["a byte order mark", "\uFEFF# one\nA=1\n"],
    ["multi-line quoted values", 'KEY="-----BEGIN\nDATABASE_URL=not this\n-----END"\nB=2\n'],
    ["lines nobody can read", "= nothing\nA B C\nB=2\n"],
  ])("%s", (_what, text) => {
    const merged = set(text).text;
    expect(merged.startsWith(text)).toBe(true);
    expect(merged.slice(text.length)).toMatch(/^(\r?\n)?DATABASE_URL=\S+(\r?\n)?$/);
    expect(merged.includes("\r\n")).toBe(text.includes("\r\n"));
    expect(merged.endsWith("\n")).toBe(text.endsWith("\n"));
  });

  it("changes the line where it stands and keeps indent, export and comment", () => {
    expect(set('A=1\n  export DATABASE_URL="old"\t# do not lose\r\nB=2\n').text).toBe(
      `A=1\n  export DATABASE_URL=${URL_NOW}\t# do not lose\r\nB=2\n`,
    );
    expect(set("DATABASE_URL= # fill me in\n").text).toBe(`DATABASE_URL=${URL_NOW} # fill me in\n`);
    expect(set("DATABASE_URL = old\n").text).toBe(`DATABASE_URL=${URL_NOW}\n`);
  });

  it("replaces a value over several lines as one", () => {
    expect(set('DATABASE_URL="postgres://\nold"\nB=2\n').text).toBe(`DATABASE_URL=${URL_NOW}\nB=2\n`);
  });
});

describe("which line counts", () => {
  it("changes the last duplicate and tells of the others", () => {
    const { text, changes } = set("DATABASE_URL=a\nDATABASE_URL=b\n");
    expect(text).toBe(`DATABASE_URL=a\nDATABASE_URL=${URL_NOW}\n`);
    expect(changes).toEqual([
      { key: "DATABASE_URL", kind: "change" },
      { key: "DATABASE_URL", kind: "duplicate" },
    ]);
  });

  it("adds a line where a bare name after the assignment would unset it in Python", () => {
    const before = "DATABASE_URL=old\nexport DATABASE_URL\n";
    const { text } = set(before);
    expect(text).toBe(`${before}DATABASE_URL=${URL_NOW}\n`);
    expect(readEnvValue(text, "DATABASE_URL")).toBe(URL_NOW);
  });

  it("adds a line where a later `KEY: value` would win in dotenv", () => {
    const { text, changes } = set("DATABASE_URL=old\nDATABASE_URL: other\n");
    expect(dotenv.parse(text).DATABASE_URL).toBe(URL_NOW);
    expect(changes.map(({ kind }) => kind)).toEqual(["add", "duplicate", "duplicate"]);
  });

  it("puts a byte order mark on its own line, so that Python sees the first key", () => {
    const once = set("\uFEFFDATABASE_URL=old\nB=2\n").text;
    expect(once).toBe(`\uFEFF\nDATABASE_URL=${URL_NOW}\nB=2\n`);
    expect(set(once).text).toBe(once);
  });

  it("says that nothing changes when every reader reads the value already", () => {
    for (const line of [`DATABASE_URL=${URL_NOW}`, `export DATABASE_URL="${URL_NOW}" # kept`]) {
      const { text, changes, diff } = set(`${line}\n`);
      expect(text).toBe(`${line}\n`);
      expect(changes).toEqual([{ key: "DATABASE_URL", kind: "same" }]);
      expect(diff.map(({ kind }) => kind)).toEqual(["keep"]);
    }
  });
});

describe("what is shown", () => {
  it("shows every line, what goes before what comes, and no secret", () => {
    const text = `# desk settings\nSECRET_KEY="4f1c-keep"   # do not rotate\nDATABASE_URL=postgresql://a:old-pass@h/d\nDEBUG=true\n`;
    const { diff } = mergeEnv(text, [
      { key: "DATABASE_URL", value: URL_NOW },
      { key: "AKSARA_POOL_MIN_SIZE", value: "5" },
    ]);
    expect(diff).toEqual([
      { kind: "keep", text: "# desk settings" },
      { kind: "keep", text: 'SECRET_KEY="••••••••"   # do not rotate' },
      { kind: "remove", text: "DATABASE_URL=postgresql://a:••••••••@h/d" },
      { kind: "add", text: "DATABASE_URL=postgresql://desk:••••••••@localhost:5432/desk" },
      { kind: "keep", text: "DEBUG=true" },
      { kind: "add", text: "AKSARA_POOL_MIN_SIZE=5" },
    ]);
  });
});

/** Parts of `.env` files that both parsers read as separate statements. */
const piece = fc.oneof(
  fc.constantFrom(
    "# a comment",
    "",
    "  ",
    "#DATABASE_URL=off",
    "export EMPTY=",
    "NAME WITHOUT SENSE",
    "DATABASE_URL=old",
    "export DATABASE_URL='old' # note",
    '  DATABASE_URL="old\\nlines"',
    "DATABASE_URL=",
    "export DATABASE_URL",
    'PEM="-----BEGIN\nDATABASE_URL=inside\n-----END"',
    "DATABASE_URL: colon",
    "AKSARA_POOL_MAX_SIZE = 9",
    "TEXT='it is # quoted'",
  ),
  fc
    .tuple(fc.stringMatching(/^[A-Z][A-Z_]{0,5}X$/), fc.stringMatching(/^[a-z0-9:/.@ ]{0,12}$/))
    .map((all) => all.join("=")),
);
const lineBreak = fc.constantFrom("\n", "\r\n");
const file = fc
  .tuple(fc.boolean(), lineBreak, fc.array(piece, { maxLength: 8 }), fc.boolean())
  .map(
    ([mark, end, pieces, closed]) =>
      (mark ? "\uFEFF" : "") + pieces.join(end) + (closed && pieces.length > 0 ? end : ""),
  );
const urlValue = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
    fc.stringMatching(/^([A-Za-z0-9!*()~.&-]|%2[0-9]){1,12}$/),
    fc.boolean(),
  )
  .map(([name, password, query]) => `postgresql://${name}:${password}@[::1]:5432/${name}${query ? "?a=b&c=d" : ""}`);
const entries = fc.tuple(urlValue, fc.nat(999)).map(([value, max]) => [
  { key: "DATABASE_URL", value },
  { key: "AKSARA_POOL_MAX_SIZE", value: String(max) },
]);

const without = (values: Iterable<readonly [string, string]>) =>
  [...values].filter(([key]) => key !== "DATABASE_URL" && key !== "AKSARA_POOL_MAX_SIZE");

describe("for any file", () => {
  it("both readers then read the value, and everything else as before", () => {
    fc.assert(
      fc.property(file, entries, (text, wanted) => {
        const merged = mergeEnv(text, wanted).text;
        for (const { key, value } of wanted) {
          expect(dotenv.parse(merged)[key]).toBe(value);
          expect(dotenv.parse(merged, { fast: true })[key]).toBe(value);
          expect(readEnvValue(merged, key)).toBe(value);
        }
        expect(without(Object.entries(dotenv.parse(merged)))).toEqual(without(Object.entries(dotenv.parse(text))));
        expect(without(readEnv(merged))).toEqual(without(readEnv(text)));
      }),
      { numRuns: 400 },
    );
  });

  it("a second merge changes nothing", () => {
    fc.assert(
      fc.property(file, entries, (text, wanted) => {
        const once = mergeEnv(text, wanted).text;
        const again = mergeEnv(once, wanted);
        expect(again.text).toBe(once);
        expect(again.changes.every(({ kind }) => kind === "same" || kind === "duplicate")).toBe(true);
        expect(again.diff.every(({ kind }) => kind === "keep")).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("only lines that name the keys go or come; all others stay in their order", () => {
    fc.assert(
      fc.property(file, entries, (text, wanted) => {
        const others = (of: string) => {
          const rest = linesOf(of.replace(/^\uFEFF/, "")).filter((line) => !/DATABASE_URL|POOL_MAX_SIZE/.test(line));
          // Taking the key off a byte order mark's line leaves that line empty.
          return /^\uFEFF\r?\n/.test(of) && !/^\uFEFF\r?\n/.test(text) ? rest.slice(1) : rest;
        };
        const merged = mergeEnv(text, wanted).text;
        if (text.replace(/^\uFEFF/, "") !== "") expect(others(merged)).toEqual(others(text));
      }),
      { numRuns: 400 },
    );
  });

  it("never shows a password", () => {
    fc.assert(
      fc.property(file, fc.stringMatching(/^[a-z0-9]{10,16}$/), (text, password) => {
        const value = `postgresql://desk:${password}@localhost/desk`;
        const { text: once } = set(text, value);
        const shown = [...set(text, value).diff, ...set(once, URL_NOW).diff].map((line) => line.text).join("\n");
        expect(shown).not.toContain(password);
      }),
    );
  });
});

it("knows a spelling for every value a percent-encoded URL can have, and none for what readers differ on", () => {
  expect(envSpelling("postgresql://a:b%24@h:5432/d?x=y")).toBe("postgresql://a:b%24@h:5432/d?x=y");
  expect(envSpelling("postgresql://a@h/d?x=y&z=1")).toBe("'postgresql://a@h/d?x=y&z=1'");
  for (const bad of ["a b", "a'b", 'a"b', "a$b", "a#b", "a\\b", "a`b", "a\nb", "é"])
    expect(envSpelling(bad)).toBeNull();
  expect(() => set("", "a$b")).toThrow(RangeError);
});
