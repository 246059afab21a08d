import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ASYNCPG_PARAMETERS, readAsAsyncpg } from "./asyncpg";
import { formatUri } from "./format";
import { parseConnectionString } from "./parse";
import { readAsLibpq } from "./read-values";
import { isKeywordForm } from "./scan-keywords";

/**
 * The two readers this module imitates, asked themselves: libpq through psycopg's conninfo_to_dict and asyncpg's own
 * parser, from Debian's python3-psycopg and python3-asyncpg.
 *
 * Known differences, and why they stay:
 * - %XX bytes that are no UTF-8: libpq takes them; this app cannot hold them, psycopg cannot show them. Left out.
 * - Keywords newer than the libpq at hand are not generated; later asyncpg's own parameters (target_session_attrs,
 *   krbsrvname, gsslib, service) are settings to 0.27 and are not generated either.
 * - The verify modes and certificate parameters make asyncpg read files: only "it gets as far as the files" is compared.
 * - Python's int() takes digits of any script for a port; only ASCII digits are taken here. Not generated.
 */
const PEER = `
import json, sys, warnings
warnings.simplefilter("ignore")
from psycopg.conninfo import conninfo_to_dict
from asyncpg import connect_utils

def libpq(text):
    try:
        return {"ok": True, "values": conninfo_to_dict(text)}
    except UnicodeDecodeError:
        return {"undecodable": True}
    except Exception:
        return {"ok": False}

def asyncpg(text):
    try:
        addrs, params = connect_utils._parse_connect_dsn_and_args(
            dsn=text, host=None, port=None, user=None, password=None, passfile=None, database=None, ssl=None,
            direct_tls=False, connect_timeout=60, server_settings=None)
    except OSError:
        return {"files": True}
    except Exception as error:
        if "root certificate" in str(error) or "SSL" in type(error).__name__:
            return {"files": True}
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True, "hosts": addrs, "user": params.user, "password": params.password,
            "database": params.database, "sslmode": params.sslmode.name.replace("_", "-"),
            "settings": params.server_settings or {}}

print(json.dumps({"versions": [__import__("asyncpg").__version__, __import__("psycopg").pq.version()]}))
for line in sys.stdin:
    text = json.loads(line)
    print(json.dumps({"libpq": libpq(text), "asyncpg": asyncpg(text)}))
`;

interface Peer {
  readonly libpq:
    | { readonly undecodable: true }
    | { readonly ok: boolean; readonly undecodable?: undefined; readonly values?: Readonly<Record<string, string>> };
  readonly asyncpg: {
    readonly files?: true;
    readonly ok?: boolean;
    readonly hosts?: readonly (string | readonly [string, number])[];
    readonly user?: string;
    readonly password?: string | null;
    readonly database?: string;
    readonly sslmode?: string;
    readonly settings?: Readonly<Record<string, string>>;
  };
}

/** Asks both readers about every text in one run of Python; no PG* variable and an empty home reach it. */
function ask(texts: readonly string[]): readonly Peer[] {
  const home = mkdtempSync(join(tmpdir(), "dsn-peers-"));
  try {
    const run = spawnSync("/usr/bin/python3", ["-c", PEER], {
      input: texts.map((text) => JSON.stringify(text)).join("\n"),
      env: { PATH: "/usr/bin:/bin", HOME: home, USER: "os-user", LOGNAME: "os-user", PYTHONIOENCODING: "utf-8" },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.status !== 0) throw new Error(`python3 ended with ${run.status}: ${run.stderr}`);
    return run.stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line) as Peer);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const hasPeers = spawnSync("/usr/bin/python3", ["-c", "import asyncpg, psycopg"], { stdio: "ignore" }).status === 0;

/** One of some pieces, written with | between them. */
const oneOf = (pieces: string) => fc.constantFrom(...pieces.split("|"));
const word = oneOf("app|db|Ticket Desk|é|日本|a%40b|%2Ftmp|x+y|a.b|0|p'q|$1|%C3%A9|😀|%zz|%|a;b");
const host = oneOf("localhost|127.0.0.1|[::1]|[fe80::1%25eth0]|db.example.com|%2Fvar%2Frun||H|[::1|a b");
const port = fc.constantFrom("", ":5432", ":1", ":70000", ":", ":abc", ":%35", ":1:2");
const key = fc.constantFrom(
  ...["application_name", "connect_timeout", "sslmode", "user", "password", "host", "port", "dbname", "options"],
  ...["channel_binding", "client_encoding", "ssl", "foo", "keepalives", "search_path", "database", "passfile"],
);
const value = oneOf("|a|10|true|prefer|require|disable|verify-full|bogus|a+b|a%20b|x@y|1,2|h:1|/tmp|a#b|a=b");
const parameter = fc.tuple(key, value).map(([name, text]) => `${name}=${text}`);

const structured = fc
  .record({
    scheme: oneOf("postgresql://|postgresql://|postgres://|POSTGRES://|mysql://|postgresql:/|postgresql:"),
    sign: fc.option(fc.tuple(word, fc.option(word, { nil: null })), { nil: null }),
    hosts: fc.array(fc.tuple(host, port), { minLength: 0, maxLength: 3 }),
    database: fc.option(word, { nil: null }),
    query: fc.option(fc.array(parameter, { maxLength: 4 }), { nil: null }),
  })
  .map(({ scheme, sign, hosts, database, query }) =>
    [
      scheme,
      sign === null ? "" : `${sign[0]}${sign[1] === null ? "" : `:${sign[1]}`}@`,
      hosts.map((one) => one.join("")).join(","),
      database === null ? "" : `/${database}`,
      query === null ? "" : `?${query.join("&")}`,
    ].join(""),
  );

const letters = (alphabet: string, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((signs) => signs.join(""));
const wild = letters("ab01:::/@@?#[],%%&==+ é4F\\'", 24).map((rest) => `postgresql://${rest}`);
const keywords = fc.oneof(
  fc
    .array(fc.tuple(key, fc.constantFrom("=", " = ", "= ", " ")), { maxLength: 4 })
    .chain((keys) =>
      fc
        .tuple(
          ...keys.map(([name, equals]) =>
            fc
              .constantFrom("a", "'a b'", "''", "a\\ b", "'it\\'s'", "10", "", "'open")
              .map((text) => `${name}${equals}${text}`),
          ),
        )
        .map((all) => all.join(" ")),
    ),
  letters("ah ='\\\t\n1", 16).map((rest) => `user=${rest}`),
);

const texts: readonly string[] = [
  ...fc.sample(structured, { seed: 20261, numRuns: 500 }),
  ...fc.sample(wild, { seed: 20262, numRuns: 500 }),
  ...fc.sample(keywords, { seed: 20263, numRuns: 250 }),
];

/** asyncpg's address as this module writes it. */
const asHost = (address: string | readonly [string, number]): readonly [string, number] => {
  if (typeof address !== "string") return address;
  const [, directory, number] = /^(.*?)\/*\.s\.PGSQL\.(\d+)$/.exec(address) ?? [];
  return [directory ?? address, Number(number)];
};
const trimmed = ([name, number]: readonly [string, number]) => [
  name.startsWith("/") ? name.replace(/\/+$/, "") : name,
  number,
];

describe.skipIf(!hasPeers)(
  "reading like the real libpq and asyncpg (needs python3-psycopg and python3-asyncpg)",
  () => {
    const peers = hasPeers ? ask(texts) : [];

    it("accepts and refuses the same strings as libpq, and reads the same values", () => {
      const differences = texts.flatMap((text, index) => {
        const theirs = peers[index]?.libpq;
        if (!theirs || theirs.undecodable) return [];
        const ours = readAsLibpq(text);
        const mine = ours.ok ? Object.fromEntries(ours.value.values) : null;
        return JSON.stringify(sorted(mine)) === JSON.stringify(sorted(theirs.values ?? null))
          ? []
          : [{ text, mine, theirs }];
      });
      expect(differences).toEqual([]);
    });

    it("accepts and refuses the same strings as asyncpg, and reads the same values", () => {
      const differences = texts.flatMap((text, index) => {
        const theirs = peers[index]?.asyncpg;
        const ours = readAsAsyncpg(text);
        if (!theirs || (theirs.files && ours.ok)) return [];
        const user = theirs.user === "os-user" ? null : theirs.user;
        const expected = theirs.ok
          ? {
              hosts: theirs.hosts?.map(asHost).map(trimmed),
              user,
              password: theirs.password,
              database: theirs.database === theirs.user && user === null ? null : theirs.database,
              sslmode: theirs.sslmode,
              settings: sorted(theirs.settings ?? {}),
            }
          : null;
        const mine = ours.ok
          ? {
              hosts: ours.value.hosts.map(trimmed),
              user: ours.value.user,
              password: ours.value.password,
              database: ours.value.database ?? (user === null ? null : ours.value.user),
              sslmode: ours.value.sslmode,
              settings: sorted(ours.value.serverSettings),
            }
          : null;
        return JSON.stringify(mine) === JSON.stringify(expected) ? [] : [{ text, mine, expected, theirs }];
      });
      expect(differences).toEqual([]);
    });

    it("writes strings that both readers take for the same target", () => {
      const targets = texts.flatMap((text) => {
        const parsed = parseConnectionString(text);
        if (!parsed.ok) return [];
        const { target, password } = parsed.value;
        // What no reader would take has no common reading: parameters libpq refuses, hosts without a name.
        const foreign = Object.keys(target.parameters).some((name) => name === "port" || ASYNCPG_PARAMETERS.has(name));
        const nameless = target.hosts.length === 0 || target.hosts.some((one) => "host" in one && one.host === "");
        if (foreign || nameless || parsed.value.notes.length > 0) return [];
        return [{ target, password: password?.reveal() ?? null, dsn: formatUri(target, password?.reveal() ?? null) }];
      });
      expect(targets.length).toBeGreaterThan(50);
      const answers = ask(targets.map(({ dsn }) => dsn));
      const differences = targets.filter(({ target, password }, index) => {
        const { libpq, asyncpg } = answers[index] as Peer;
        if (libpq.undecodable || !libpq.values) return true;
        const hosts = target.hosts.map((one) => ("host" in one ? one.host : one.socketDirectory));
        const libpqAgrees =
          libpq.values.host === hosts.join(",") &&
          libpq.values.port === target.hosts.map((one) => one.port).join(",") &&
          (libpq.values.user ?? null) === target.user &&
          (libpq.values.password ?? null) === password &&
          (libpq.values.dbname ?? null) === target.database;
        if (asyncpg.files) return !libpqAgrees;
        const user = target.user ?? "os-user";
        const asyncpgAgrees =
          asyncpg.ok === true &&
          JSON.stringify(asyncpg.hosts?.map(asHost).map(trimmed)) ===
            JSON.stringify(hosts.map((name, at) => trimmed([name, target.hosts[at]?.port ?? 0]))) &&
          asyncpg.user === user &&
          asyncpg.password === password &&
          asyncpg.database === (target.database ?? user);
        return !libpqAgrees || !asyncpgAgrees;
      });
      expect(differences.map(({ dsn }) => dsn)).toEqual([]);
    });

    it("covers both forms and both outcomes", () => {
      expect(texts.filter(isKeywordForm).length).toBeGreaterThan(100);
      expect(peers.filter(({ libpq }) => !libpq.undecodable && libpq.ok).length).toBeGreaterThan(200);
      expect(peers.filter(({ asyncpg }) => asyncpg.ok).length).toBeGreaterThan(200);
      expect(peers.filter(({ asyncpg }) => asyncpg.ok === false).length).toBeGreaterThan(200);
    });
  },
);

function sorted(values: Readonly<Record<string, string>> | null): readonly (readonly [string, string])[] | null {
  return values === null ? null : Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
