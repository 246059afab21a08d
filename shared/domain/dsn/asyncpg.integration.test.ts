import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type AsyncpgAnswer, findReaders } from "../../../e2e/readers";
import { type AsyncpgCase, CONNECT_PARAMS } from "./asyncpg-cases.fixture";
import { PASSFILE, PASSFILE_CASES, SERVICE_CASES, SERVICES } from "./asyncpg-files.fixture";
import { ASYNCPG_RELEASES, NEWEST_ASYNCPG } from "./asyncpg-release";

const found = await findReaders();

for (const reason of found.missing) it.skipIf(reason !== "")(`the tables are compared with ${reason}`, () => undefined);

describe.each(found.readers.map((reader) => [reader.asyncpg, reader] as const))(
  "asyncpg %s itself agrees with the tables of its tests",
  (version, reader) => {
    const folder = mkdtempSync(join(tmpdir(), "asyncpg-tables-"));
    const passfile = join(folder, "passfile");
    const services = join(folder, "services");
    writeFileSync(passfile, `${PASSFILE.join("\n")}\n`, { mode: 0o600 });
    const sections = Object.entries(SERVICES).map(
      ([name, values]) =>
        `[${name}]\n${Object.entries(values)
          .map((pair) => pair.join("="))
          .join("\n")}\n`,
    );
    writeFileSync(services, sections.join("\n"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** The real answer to each case, in the words of the table. */
    async function differences(cases: readonly AsyncpgCase[], environment: Readonly<Record<string, string>>) {
      const answered = await reader.ask(
        cases.map((one) => ({ text: one.text, environment: { ...one.environment, ...environment } })),
      );
      return cases.flatMap((one, index): readonly unknown[] => {
        const { name: _, text: __, environment: ___, ...expected } = one;
        const theirs = answered[index]?.asyncpg;
        const real = theirs?.ok ? inWordsOfTable(theirs) : { error: theirs?.error };
        const asked = Object.fromEntries(Object.keys(expected).map((key) => [key, real[key as keyof typeof real]]));
        return JSON.stringify(asked) === JSON.stringify(expected) ? [] : [{ one, theirs }];
      });
    }

    // Older releases know less; the differential test compares those.
    if (!ASYNCPG_RELEASES.some((one) => one === version && one !== NEWEST_ASYNCPG)) {
      it("in what a string and the environment say", async () => {
        expect(await differences(CONNECT_PARAMS, {})).toEqual([]);
      });

      it("in what a service says", async () => {
        expect(await differences(SERVICE_CASES, { PGSERVICEFILE: services })).toEqual([]);
      });
    }

    it("in what the password file says", async () => {
      const answered = await reader.ask(
        PASSFILE_CASES.map(({ text }) => ({ text, environment: { PGPASSFILE: passfile } })),
      );
      const passwords = answered.map(({ asyncpg }) => (asyncpg.ok ? asyncpg.password : asyncpg.error));
      expect(passwords).toEqual(
        PASSFILE_CASES.map(({ line }) =>
          line === null ? null : (PASSFILE[line - 1]?.match(/password from.*$/)?.[0] ?? ""),
        ),
      );
    });
  },
);

function inWordsOfTable(theirs: AsyncpgAnswer & { readonly ok: true }) {
  const { negotiation, attributes, ...rest } = theirs;
  const hosts = theirs.hosts.map((one) => {
    const socket = typeof one === "string" ? /^(.*)\/\.s\.PGSQL\.(\d+)$/.exec(one) : null;
    return socket ? [socket[1], Number(socket[2])] : one;
  });
  return { ...rest, hosts, sslnegotiation: negotiation, targetSessionAttrs: attributes };
}
