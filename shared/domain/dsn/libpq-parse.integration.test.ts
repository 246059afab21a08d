import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSTGRES_VERSIONS } from "../../../e2e/servers/postgres";
import { realLibpq, whyNoLibpq } from "../../../e2e/servers/real-libpq";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { readAsLibpq } from "./read-values";

const releases = await Promise.all(
  POSTGRES_VERSIONS.map(async (version) => ({ version, reason: await whyNoLibpq(version) })),
);

const signs = (alphabet: string, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((all) => all.join(""));
const keyword = fc.oneof(
  fc.constantFrom(...LIBPQ_KEYWORDS.keys(), "requiressl", "ssl", "tty", "authtype", "servicefile", "nothing"),
  fc.constantFrom("us%65r", " port ", "host", "user", "a b", ""),
);
const value = fc.oneof(
  signs("a1%2F@:+ '\\,é=", 6),
  fc.constantFrom("true", "1", "0", "require", "a,b", "%C3%A9", "😀"),
);
const uri = fc
  .tuple(
    fc.constantFrom("postgresql://", "postgres://", "postgresql:/", "POSTGRES://", "postgresql://"),
    fc.option(signs("u:p@ %41/#?", 8), { nil: "" }),
    fc.constantFrom(
      "",
      "h",
      "h:1",
      "[::1]:5",
      "[fe80::1%25eth0]",
      "a,b:2",
      ",",
      "%2Ftmp",
      " h ",
      "h ,i",
      "[::1",
      "[]",
      "[::1]x",
    ),
    fc.constantFrom("", "/", "/d", "/d e", "/ d ", "/%zz", "/d%20e"),
    fc.option(fc.array(fc.tuple(keyword, fc.constantFrom("=", "=", "=", ""), value), { maxLength: 3 }), { nil: null }),
  )
  .map(([scheme, user, host, path, query]) =>
    [
      scheme,
      user === "" ? "" : `${user}@`,
      host,
      path,
      query ? `?${query.map((one) => one.join("")).join("&")}` : "",
    ].join(""),
  );
const wild = signs("ab1:/@?#[],%&= é4F'\\\t\n", 20).chain((rest) =>
  fc.constantFrom(`postgresql://${rest}`, `postgres://${rest}`, rest, `host=${rest}`, `user='${rest}'`),
);
const pairs = fc
  .array(
    fc.tuple(
      keyword,
      fc.constantFrom("=", " = ", "=", " "),
      fc.oneof(
        value,
        value.map((one) => `'${one}'`),
      ),
    ),
    {
      maxLength: 4,
    },
  )
  .map((all) => all.map((one) => one.join("")).join(" "));

const texts = [
  ...fc.sample(uri, { seed: 20301, numRuns: 2000 }),
  ...fc.sample(wild, { seed: 20302, numRuns: 2000 }),
  ...fc.sample(pairs, { seed: 20303, numRuns: 1000 }),
].map((text) => text.replaceAll("\0", ""));

const sorted = (values: Iterable<readonly [string, string]>) => [...values].sort(([a], [b]) => (a < b ? -1 : 1));

describe.each(releases)("5,000 strings and libpq $version", ({ version, reason }) => {
  it.skipIf(reason)(
    `are taken and refused alike, with the same values${reason ? ` (skipped: ${reason})` : ""}`,
    async () => {
      const libpq = await realLibpq(version);
      try {
        const answers = libpq.parse(texts.map((text) => ({ text })));
        const differences = texts.flatMap((text, index) => {
          const ours = readAsLibpq(text, version);
          // libpq keeps bytes that are no text; they have no spelling here, and toCredentials refuses them.
          if (ours.ok && ours.value.lossyAt !== null) return [];
          const mine = ours.ok ? sorted(ours.value.values) : null;
          const { values, error } = answers[index] ?? { values: null, error: "no answer" };
          const theirs = values && sorted(Object.entries(values));
          return JSON.stringify(mine) === JSON.stringify(theirs) ? [] : [{ text, mine, theirs, error }];
        });
        expect(differences).toEqual([]);
        const taken = answers.filter(({ values }) => values !== null).length;
        expect(Math.min(taken, texts.length - taken)).toBeGreaterThan(1000);
      } finally {
        libpq.close();
      }
    },
  );
});
