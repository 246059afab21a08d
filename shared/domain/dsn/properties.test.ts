import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SSLMODES, type Target } from "../target";
import { explain } from "./explain";
import { formatUri } from "./format";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { mendUnencoded, parseConnectionString } from "./parse";
import { fromPasted } from "./pasted";
import { readValues } from "./read-values";
import { quoteKeywordValue, scanKeywords } from "./scan-keywords";

/** Any Unicode there is: astral, combining, unassigned; no NUL, which no reader takes. */
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("a\u0301", "\u{10ffff}", "\ufeff", "\u202e", "%41", "%", "a b", "+", "***", "postgresql://u:p@h/d"),
  )
  .map((one) => one.replaceAll("\0", "x"));
const filled = text.filter((one) => one !== "");
/** A comma is what parts two hosts. */
const name = filled.map((one) => one.replaceAll(",", ";"));
const port = fc.integer({ min: 1, max: 65535 });
const isSocketName = (host: string) => host.startsWith("/") || host.startsWith("@");
const zoned = fc.tuple(
  fc.ipV6(),
  name.map((zone) => `%${zone}`),
);
const endpoint = fc.oneof(
  fc
    .tuple(name, port)
    .map(([host, at]) => (isSocketName(host) ? { socketDirectory: host, port: at } : { host, port: at })),
  fc.tuple(fc.ipV6(), port).map(([host, at]) => ({ host, port: at })),
  fc.tuple(zoned, port).map(([host, at]) => ({ host: host.join(""), port: at })),
  fc
    .tuple(fc.constantFrom("/", "@"), name, port)
    .map(([sign, rest, at]) => ({ socketDirectory: sign + rest, port: at })),
);
/** Among several hosts one may be empty; alone it is no host at all. */
const empty = port.map((at) => ({ host: "", port: at }));
const hosts = fc.oneof(
  fc.array(endpoint, { maxLength: 1 }),
  fc.array(fc.oneof({ weight: 4, arbitrary: endpoint }, empty), { minLength: 2, maxLength: 4 }),
);
/** Known names have rules for their values and places of their own; these take any text. */
const FREE = ["application_name", "options", "client_encoding", "krbsrvname", "sslrootcert", "service", "passfile"];
const parameterName = fc.oneof(
  fc.constantFrom(...FREE, "__proto__", "constructor", "1"),
  text.filter((one) => !LIBPQ_KEYWORDS.has(one) && one !== "requiressl" && one !== "ssl"),
);
const target: fc.Arbitrary<Target> = fc.record({
  hosts,
  user: fc.option(filled, { nil: null }),
  database: fc.option(filled, { nil: null }),
  sslmode: fc.option(fc.constantFrom(...SSLMODES), { nil: null }),
  parameters: fc
    .uniqueArray(fc.tuple(parameterName, text), { maxLength: 4, selector: ([one]) => one })
    // sslrootcert=system asks for one sslmode alone.
    .map((all) => Object.fromEntries(all.filter(([, value]) => value !== "system"))),
});
const password = fc.option(filled, { nil: null });

/** What a string says, its password in clear; null when it cannot be read. */
function read(dsn: string) {
  const parsed = parseConnectionString(dsn);
  return parsed.ok ? { target: parsed.value.target, password: parsed.value.password?.reveal() ?? null } : null;
}

describe("format and parse", () => {
  it("give back any model, whatever Unicode stands in its parts", () => {
    fc.assert(
      fc.property(target, password, (made, secret) => {
        expect(read(formatUri(made, secret))).toEqual({ target: made, password: secret });
      }),
      { numRuns: 1000 },
    );
  });

  it("keep the meaning of any string that can be read", () => {
    const part = fc.constantFrom("", "a", "%C3%A9", "a%40b", "日", "x+y", "a%20b", "%2Ftmp", "a#b", "1", "o'r", "%25");
    const host = fc.constantFrom(
      "",
      "h",
      "[::1]",
      "[fe80::1%25eth0]",
      "%2Ftmp",
      "%40name",
      "::1",
      "h:5",
      ":5",
      "[::1]:7",
    );
    const parameter = fc
      .tuple(fc.constantFrom("application_name", "user", "port", "host", "sslmode", "ssl", "other", "hostaddr"), part)
      .map((pair) => pair.join("="));
    const uri = fc
      .tuple(
        fc.constantFrom("", "@", "u@", "u:p@", ":p@", "u%40x:%2F@"),
        fc.array(host, { maxLength: 3 }),
        part,
        fc.array(parameter, { maxLength: 3 }),
      )
      .map(([user, all, database, query]) => `postgres://${user}${all.join(",")}/${database}?${query.join("&")}`);
    const pair = fc
      .tuple(
        fc.constantFrom("host", "port", "user", "password", "dbname", "options"),
        fc.constantFrom("''", "a", "'b c'", "1", "1,2", "é"),
      )
      .map((both) => both.join("="));
    const pairs = fc.array(pair, { minLength: 1, maxLength: 5 }).map((all) => all.join(" "));
    let kept = 0;
    fc.assert(
      fc.property(fc.oneof(uri, pairs), (dsn) => {
        const once = read(dsn);
        if (once === null) return;
        kept += 1;
        expect(read(formatUri(once.target, once.password))).toEqual(once);
      }),
      { numRuns: 2000, seed: 20321 },
    );
    expect(kept).toBeGreaterThan(500);
  });

  it("write the same string again", () => {
    fc.assert(
      fc.property(target, password, (made, secret) => {
        const once = formatUri(made, secret);
        const again = read(once);
        expect(again && formatUri(again.target, again.password)).toBe(once);
      }),
    );
  });

  it("turn a lone surrogate, which is no Unicode text, into U+FFFD", () => {
    const half = fc.constantFrom("\ud800", "\udfff", "\udc00a", "é\udbff");
    fc.assert(
      fc.property(half, half, half, (user, secret, value) => {
        const made: Target = { hosts: [], user, database: user, sslmode: null, parameters: { options: value } };
        const whole = (one: string) => one.replace(/\p{Surrogate}/gu, "\ufffd");
        expect(read(formatUri(made, secret))).toEqual({
          target: { ...made, user: whole(user), database: whole(user), parameters: { options: whole(value) } },
          password: whole(secret),
        });
      }),
    );
  });

  it("leave no quote, $, #, space or backslash in a formatted string", () => {
    fc.assert(fc.property(target, password, (made, secret) => !/["'`$#\s\\!()*]/.test(formatUri(made, secret))));
  });
});

describe("the keyword/value form", () => {
  it("gives back any value that was quoted for it, lone surrogates too", () => {
    const any = fc.oneof(text, fc.constantFrom("\ud800", "'", "\\", "\\'", " ", "\v", "\u00a0"));
    fc.assert(
      fc.property(any, any, (first, second) => {
        const written = `user=${quoteKeywordValue(first)} options = ${quoteKeywordValue(second)}`;
        expect(scanKeywords(written).entries.map(({ value }) => value)).toEqual([first, second]);
        const values = readValues(written);
        expect(values.ok && [...values.value.values]).toEqual([
          ["user", first],
          ["options", second],
        ]);
      }),
    );
  });
});

describe("the password of a model", () => {
  it("appears in nothing that prints it by accident", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 6 }).map((one) => `~${one.replaceAll("\0", "x")}~`);
    fc.assert(
      fc.property(secret, fc.boolean(), (one, asUri) => {
        const dsn = asUri
          ? formatUri({ hosts: [], user: "u", database: "d", sslmode: null, parameters: {} }, one)
          : `password=${quoteKeywordValue(one)}`;
        const parsed = parseConnectionString(dsn);
        if (!parsed.ok) throw new Error(parsed.error.message);
        const { password: held } = parsed.value;
        expect(held?.reveal()).toBe(one);
        const prints = [
          JSON.stringify(parsed),
          String(held),
          `${held}`,
          inspect(parsed, { depth: 9, showHidden: true }),
          JSON.stringify({ ...held }),
        ];
        for (const print of prints) expect(print).not.toContain(one);
        expect(prints.slice(1, 3)).toEqual(["***", "***"]);
      }),
    );
  });
});

describe("the names every JavaScript object has", () => {
  const names = [...Object.getOwnPropertyNames(Object.prototype), "then", "length", "name"];

  it.each(names)("%s is a parameter, a value or an option like any other", (name) => {
    const uri = (query: string) => `postgresql://u:p@h/d?${query}`;
    for (const text of [uri(`${name}=${name}`), uri(`sslmode=${name}`), uri(`ssl=${name}`), `host=h ${name}=1`]) {
      const told = explain(text, {}, "shown");
      const printed = JSON.parse(JSON.stringify(told));
      // What JSON drops was no text: a function that the name led to.
      expect(printed).toEqual(told);
      for (const { remedy } of told.warnings) expect(remedy === null || typeof remedy === "string").toBe(true);
    }
    const pasted = [
      `jdbc:postgresql://h/d?${name}=1&targetServerType=${name}`,
      `postgresql+asyncpg://h/d?ssl=${name}`,
      `Host=h;Database=d;${name}=1;SSL Mode=${name}`,
      `psql --${name}=1 -h h d`,
      `connect(host="h", database="d", user="u", ${name}="x")`,
      `DB_HOST=h\nDB_USER=u\nDB_NAME=d\n${name}=1`,
    ];
    for (const text of pasted) expect(fromPasted(text).dsn).toMatch(/^postgresql:\/\/[^ ]*h(?::5432)?\/d/);
  });
});

describe("any text", () => {
  it("is read without an exception", () => {
    const signs = fc
      .array(fc.constantFrom(..."postgresql://@:/?#[]%&=, '\\\0é😀1\ud800"), { maxLength: 60 })
      .map((all) => all.join(""));
    const any = fc.oneof(
      signs,
      signs.map((rest) => `postgresql://${rest}`),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(any, (one) => {
        parseConnectionString(one);
        mendUnencoded(one);
      }),
      { numRuns: 1000 },
    );
  });
});
