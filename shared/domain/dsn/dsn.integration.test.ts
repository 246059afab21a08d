import { beforeAll, describe, expect, it } from "vitest";
import { questions } from "../../../e2e/connection-strings";
import { type AsyncpgAnswer, findReaders, OS_USER, type ReaderAnswer, type ReaderQuestion } from "../../../e2e/readers";
import { ASYNCPG_PARAMETERS, readAsAsyncpg } from "./asyncpg";
import { ASYNCPG_RELEASES, type AsyncpgRelease, NEWEST_ASYNCPG } from "./asyncpg-release";
import { formatUri } from "./format";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { parseConnectionString } from "./parse";
import { readAsLibpq } from "./read-values";
import { isKeywordForm } from "./scan-keywords";

type Pairs = readonly (readonly [string, string])[];

const sorted = (values: Readonly<Record<string, string>> | Pairs): Pairs =>
  (Array.isArray(values) ? [...(values as Pairs)] : Object.entries(values)).sort(([a], [b]) => (a < b ? -1 : 1));

/** What this module says libpq says: the values, or null where it refuses. */
function ourLibpq(text: string, version: number): Pairs | null {
  const ours = readAsLibpq(text, version);
  return ours.ok ? sorted([...ours.value.values]) : null;
}

const socketPath = (folder: string, port: number): string =>
  folder.includes(".s.PGSQL.") ? folder : `${folder.replace(/\/$/, "")}/.s.PGSQL.${port}`;

/** What this module says asyncpg says, in the words of the real one. */
function ourAsyncpg({ text, environment }: ReaderQuestion, release: AsyncpgRelease): unknown {
  const read = readAsAsyncpg(text, environment, { release });
  if (!read.ok) return { error: read.error.split(":")[0] };
  const { value } = read;
  const user = value.user ?? OS_USER;
  return {
    hosts: value.hosts.map(([host, port]) => (host.startsWith("/") ? socketPath(host, port) : [host, port])),
    user,
    password: value.password,
    database: value.database ?? user,
    sslmode: value.sslmode,
    negotiation: release < "0.30" ? null : value.sslnegotiation,
    attributes: value.targetSessionAttrs,
    krbsrvname: value.krbsrvname,
    gsslib: value.gsslib,
    settings: sorted(value.serverSettings),
  };
}

function theirAsyncpg(answer: AsyncpgAnswer): unknown {
  if (!answer.ok) return { error: answer.error };
  const { ok: _, settings, ...rest } = answer;
  return { ...rest, settings: sorted(settings) };
}

/** Whether this module, too, says that asyncpg gets as far as looking for certificate files. */
function wantsFiles({ text, environment }: ReaderQuestion, release: AsyncpgRelease): boolean {
  const read = readAsAsyncpg(text, environment, { release });
  // What is wrong with the parameters it looks at after the files counts for nothing there.
  if (!read.ok) return /TLS version|target_session_attrs|gsslib/.test(read.error);
  const { sslmode, sslFiles } = read.value;
  return (
    sslmode.startsWith("verify") || (sslmode !== "disable" && Object.values(sslFiles).some((file) => file !== null))
  );
}

/**
 * The readers this module imitates, asked themselves: libpq through psycopg's conninfo_to_dict, asyncpg through its
 * own parser. Known differences, and why they stay:
 * - %XX bytes that are no UTF-8: libpq takes them; psycopg cannot show them. Only "accepted" is compared.
 * - Where asyncpg stops at a certificate file that is not there, only "it got that far" is compared.
 */
const found = await findReaders();
const asked = questions();

describe("reading like the real libpq and asyncpg", () => {
  let answers: readonly (readonly ReaderAnswer[])[] = [];

  beforeAll(async () => {
    answers = await Promise.all(found.readers.map((reader) => reader.ask(asked)));
  }, 300_000);

  for (const reason of found.missing) it.skipIf(reason !== "")(`compares with ${reason}`, () => undefined);

  it("accepts and refuses the same strings as libpq, and reads the same values", () => {
    const differences = found.readers.flatMap(({ libpq: version }, at) => {
      const alone = asked.flatMap(({ text }, index) => {
        const theirs = answers[at]?.[index]?.libpq;
        return theirs ? [{ text, theirs }] : [];
      });
      const wrong = alone.flatMap(({ text, theirs }) => {
        const mine = ourLibpq(text, version);
        const same =
          theirs.ok && theirs.values === null
            ? mine !== null
            : JSON.stringify(mine) === JSON.stringify(theirs.ok ? sorted(theirs.values ?? {}) : null);
        return same ? [] : [{ version, text, mine, theirs }];
      });
      const accepted = alone.filter(({ theirs }) => theirs.ok).length;
      console.log(
        `${alone.length} strings: libpq ${version} agrees on ${alone.length - wrong.length} (it accepts ${accepted})`,
      );
      return wrong;
    });
    expect(differences).toEqual([]);
  });

  it("accepts and refuses the same strings as asyncpg, with the same exception, and reads the same values", () => {
    const differences = found.readers.flatMap(({ asyncpg: version }, at) => {
      const release = ASYNCPG_RELEASES.find((one) => one === version) ?? NEWEST_ASYNCPG;
      let atFiles = 0;
      const wrong = asked.flatMap((question, index): readonly unknown[] => {
        const theirs = answers[at]?.[index]?.asyncpg;
        if (!theirs) return [{ release, question, theirs }];
        if (!theirs.ok && theirs.files) {
          atFiles += 1;
          return wantsFiles(question, release) ? [] : [{ release, question, mine: "wants no files", theirs }];
        }
        const mine = ourAsyncpg(question, release);
        return JSON.stringify(mine) === JSON.stringify(theirAsyncpg(theirs))
          ? []
          : [{ release, question, mine, theirs }];
      });
      const accepted = answers[at]?.filter(({ asyncpg }) => asyncpg.ok).length;
      console.log(
        `${asked.length} strings: asyncpg ${version} agrees on ${asked.length - wrong.length} ` +
          `(it accepts ${accepted} and stops at a missing certificate file in ${atFiles})`,
      );
      return wrong;
    });
    expect(differences).toEqual([]);
  });

  it("writes strings that both readers take for the same target", async () => {
    const targets = asked.flatMap(({ text, environment }) => {
      const parsed = environment ? null : parseConnectionString(text);
      if (!parsed?.ok || parsed.value.notes.length > 0) return [];
      const { target, password } = parsed.value;
      // What no reader would take has no common reading: a port without a host, hosts without a name.
      const nameless = target.hosts.length === 0 || target.hosts.some((one) => "host" in one && one.host === "");
      const foreign = Object.keys(target.parameters).some((name) => name === "port" || ASYNCPG_PARAMETERS.has(name));
      if (nameless || foreign) return [];
      return [{ target, password: password?.reveal() ?? null, text: formatUri(target, password?.reveal() ?? null) }];
    });
    expect(targets.length).toBeGreaterThan(1000);
    const wrong = await Promise.all(
      found.readers.map(async (reader) => {
        const answered = await reader.ask(targets.map(({ text }) => ({ text })));
        return targets.filter(({ target, password }, index) => {
          const { libpq, asyncpg } = answered[index] as ReaderAnswer;
          const hosts = target.hosts.map((one) => ("host" in one ? one.host : one.socketDirectory));
          const ports = target.hosts.map((one) => one.port);
          const user = target.user ?? OS_USER;
          const tooNew = Object.keys(target.parameters).some(
            (name) => (LIBPQ_KEYWORDS.get(name)?.since ?? 0) > reader.libpq,
          );
          const asLibpq = [hosts.join(","), ports.join(","), target.user, password, target.database];
          const asAsyncpg = [
            hosts.map((host, at) => (host.startsWith("/") ? socketPath(host, ports[at] ?? 0) : [host, ports[at]])),
            ...[user, password, target.database ?? user],
          ];
          const { host, port, user: name = null, password: secret = null, dbname = null } = libpq?.values ?? {};
          const libpqAgrees = tooNew || JSON.stringify([host, port, name, secret, dbname]) === JSON.stringify(asLibpq);
          const asyncpgAgrees = asyncpg.ok
            ? JSON.stringify([asyncpg.hosts, asyncpg.user, asyncpg.password, asyncpg.database]) ===
              JSON.stringify(asAsyncpg)
            : asyncpg.files;
          return !libpqAgrees || !asyncpgAgrees;
        });
      }),
    );
    expect(wrong.flat().map(({ text }) => text)).toEqual([]);
  }, 120_000);

  it("covers both forms and both outcomes", () => {
    expect(found.readers.length).toBeGreaterThan(0);
    expect(asked.filter(({ text }) => isKeywordForm(text)).length).toBeGreaterThan(2000);
    for (const all of answers) {
      expect(all.filter(({ libpq }) => libpq?.ok === true).length).toBeGreaterThan(3000);
      expect(all.filter(({ libpq }) => libpq?.ok === false).length).toBeGreaterThan(3000);
      expect(all.filter(({ asyncpg }) => asyncpg.ok).length).toBeGreaterThan(3000);
      expect(all.filter(({ asyncpg }) => !asyncpg.ok).length).toBeGreaterThan(3000);
    }
  });
});
