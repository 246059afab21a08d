import { describe, expect, it } from "vitest";
import { POSTGRES_VERSIONS } from "../../../e2e/servers/postgres";
import { realLibpq, whyNoLibpq } from "../../../e2e/servers/real-libpq";
import { FORMER_KEYWORDS, LIBPQ_KEYWORDS } from "./libpq-keywords";

const releases = await Promise.all(
  POSTGRES_VERSIONS.map(async (version) => ({ version, reason: await whyNoLibpq(version) })),
);

describe.each(releases)("the list of parameters against libpq $version", ({ version, reason }) => {
  it.skipIf(reason)(`has its names, variables and defaults${reason ? ` (skipped: ${reason})` : ""}`, async () => {
    const libpq = await realLibpq(version);
    try {
      const theirs = new Map(Object.entries(libpq.defaults()));
      // Whether Kerberos can encrypt, and so its default, is decided where libpq is built.
      for (const [name, { compiled }] of LIBPQ_KEYWORDS)
        if (name === "gssencmode") theirs.set(name, ["PGGSSENCMODE", compiled]);
      const ours = [...LIBPQ_KEYWORDS]
        .filter(([, { since }]) => since <= version)
        .map(([name, { variable, compiled }]) => [name, [variable, compiled]] as const);
      const former = [...FORMER_KEYWORDS].filter(([, { until }]) => until >= version).map(([name]) => name);
      expect([...theirs.keys()].sort()).toEqual([...ours.map(([name]) => name), ...former].sort());
      expect(Object.fromEntries([...theirs].filter(([name]) => !FORMER_KEYWORDS.has(name)))).toEqual(
        Object.fromEntries(ours),
      );
    } finally {
      libpq.close();
    }
  });
});
