import { describe, expect, it } from "vitest";
import { realLibpq, whyNoLibpq } from "../../../e2e/servers/real-libpq";
import { REFUSED_URIS, type Refusal, TAKEN_URIS } from "./uri-cases.fixture";

const reason = await whyNoLibpq(18);

/** What the real libpq calls each reason. */
const THEIR_WORDS: Readonly<Record<Refusal, RegExp>> = {
  "no-uri": /^missing "=" after "postgre:\/\/" in connection info string/,
  "unknown-parameter": /^invalid URI query parameter: "uzer"/,
  "bracket-unclosed": /^end of string reached when looking for matching "]"/,
  "bracket-empty": /^IPv6 host address may not be empty/,
  "bracket-after": /^unexpected character "z" at position 17 in URI/,
  "no-equals": /^missing key\/value separator "="/,
  "second-equals": /^extra key\/value separator "="/,
  "bad-escape": /^invalid percent-encoded token/,
  nul: /^forbidden value %00/,
  space: /^unexpected spaces found in/,
};

describe.skipIf(reason)(`the table of URIs against libpq 18 itself${reason ? ` (skipped: ${reason})` : ""}`, () => {
  it("is what libpq answers, value for value", async () => {
    const libpq = await realLibpq(18);
    try {
      const answers = libpq.parse(TAKEN_URIS);
      // libpq's test prints what differs from its defaults; verify-full is the default there.
      const said = TAKEN_URIS.map(({ values, text }) =>
        text.endsWith("sslmode=verify-full") ? { ...values, sslmode: "verify-full" } : values,
      );
      expect(answers.map(({ values }) => values)).toEqual(said);
    } finally {
      libpq.close();
    }
  });

  it("names the reason libpq gives", async () => {
    const libpq = await realLibpq(18);
    try {
      const answers = libpq.parse(REFUSED_URIS);
      for (const [index, { why }] of REFUSED_URIS.entries()) expect(answers[index]?.error).toMatch(THEIR_WORDS[why]);
    } finally {
      libpq.close();
    }
  });
});
