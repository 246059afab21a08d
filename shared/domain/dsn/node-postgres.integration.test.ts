import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { readAsNodePostgres } from "./node-postgres";
import { readNodePostgresConfig } from "./node-postgres-config";

/**
 * The reader this module imitates, asked itself: `new Client({ connectionString })` of the pg that is installed, which
 * opens no connection. Known differences, and why they stay:
 * - certificate files are not looked at, node-postgres reads them while parsing: a missing file is its error alone;
 * - a string it takes for something else than it says (keyword=value text, another scheme) counts as refused here;
 * - a port no socket takes counts as refused here, node-postgres refuses it in `connect`;
 * - "." and ".." in a path are compared in plain cases only: Node 20's URL leaves the standard in its corners (`/.x/.`).
 */
type Environment = Readonly<Record<string, string>>;

/** What the installed pg would connect with; `error` is the exception's name. */
interface Theirs {
  readonly error: string | null;
  readonly message: string;
  readonly values: unknown;
  readonly host: string;
  readonly port: number;
}

const folder = mkdtempSync(join(tmpdir(), "node-postgres-reading-"));
const rootFile = join(folder, "root.crt");
const keyFile = join(folder, "key");
writeFileSync(rootFile, "a root");
writeFileSync(keyFile, "a key");
afterAll(() => rmSync(folder, { recursive: true }));

/** The environment's own PG* variables and USER, put aside while the reader is asked. */
function withOnly<T>(environment: Environment, work: () => T): T {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith("PG")) delete process.env[name];
  Object.assign(process.env, environment);
  try {
    return work();
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** pg's own default user comes from USER when it is loaded; told apart from a user that the string names. */
const DEFAULT_USER = "\u0001 nobody";

type Ssl = boolean | string | Record<string, unknown>;

/** The TLS options as this module says them. */
function tlsOf(ssl: Ssl): unknown {
  if (ssl === false || ssl === "") return { kind: "off" };
  if (typeof ssl === "string") return { kind: "broken" };
  const options = ssl === true ? {} : ssl;
  const checks =
    options.rejectUnauthorized === false ? "nothing" : options.checkServerIdentity ? "issuer" : "issuer-and-name";
  const clientFiles = [options.cert, options.key]
    .filter((one) => one !== undefined)
    .map((one) => (one === "a key" ? keyFile : rootFile));
  return { kind: "on", checks, rootFile: options.ca === undefined ? null : rootFile, clientFiles };
}

interface Startup extends Record<string, string> {
  readonly user: string;
  readonly database: string;
}

const named = (client: pg.Client) =>
  client as unknown as { ssl: Ssl; sslNegotiation: string; getStartupConf(): Startup; password: string | null };

function ask(connectionString: string, environment: Environment): Theirs {
  try {
    return withOnly(environment, () => {
      const client = new pg.Client({ connectionString });
      const { ssl, sslNegotiation, password } = named(client);
      const { user, database, ...settings } = named(client).getStartupConf();
      const values = {
        host: client.host,
        port: String(client.port),
        user: user === DEFAULT_USER ? null : user,
        password,
        database: database === user ? null : database,
        tls: tlsOf(ssl),
        direct: sslNegotiation === "direct",
        settings,
      };
      return { error: null, message: "", values, host: client.host, port: client.port };
    });
  } catch (error) {
    const { name, message } = error as Error;
    return { error: name, message, values: null, host: "", port: Number.NaN };
  }
}

function ours(text: string, environment: Environment): { readonly error: string | null; readonly values: unknown } {
  const read = readNodePostgresConfig(text, environment);
  if (!read.ok) return { error: read.error.split(":")[0] ?? "", values: null };
  const { host, port, user, password, database, tls, direct, settings } = read.value;
  const own = user ?? DEFAULT_USER;
  return {
    error: null,
    values: {
      ...{ host, port: String(port), user, password },
      database: database === own ? null : database,
      ...{ tls, direct, settings },
    },
  };
}

/** One of some pieces, written with | between them. */
const oneOf = (pieces: string) => fc.constantFrom(...pieces.split("|"));
const word = oneOf(
  "app|db|Ticket Desk|é|日本|a%40b|%2Ftmp|x+y|a.b|0|p'q|$1|%C3%A9|😀|%zz|%|a;b|%ff|%a|.|a%2Fb|\ud800|a\tb|`|{x}|\"|\\|^|%25|%00|\u0001|a:b|a@b|",
);
const hosts = oneOf(
  "localhost|127.0.0.1|[::1]|[fe80::1%25eth0]|db.example.com|%2Fvar%2Frun||H|[::1|a b|h,i|[::ffff:1.2.3.4]|[1:0:0:2::0]|[1::2::3]|é|%2ftmp|h%20|[]|a^b|a|b<|%zz|%C3%A9|xn--ls8h|256.1.1.1|[::1]x|%ff|\u0000|a\nb|_|*|~",
);
const port = fc.constantFrom(
  "",
  "",
  ":5432",
  ":1",
  ":70000",
  ":",
  ":abc",
  ":%35",
  ":1:2",
  ":0",
  ":0005432",
  ":99999999999",
  ":5,i:6",
);
const key = fc.constantFrom(
  ...["application_name", "connect_timeout", "sslmode", "sslmode", "user", "password", "host", "port", "dbname"],
  ...["options", "ssl", "foo", "database", "sslnegotiation", "uselibpqcompat", "sslrootcert", "sslkey", "sslcert"],
  ...["statement_timeout", "lock_timeout", "replication", "fallback_application_name", "db", "encoding", "__proto__"],
  ...["client_encoding", "query_timeout", "%68ost", "constructor", "idle_in_transaction_session_timeout", ""],
);
const value = oneOf(
  "|a|10|true|prefer|require|disable|verify-full|verify-ca|no-verify|allow|bogus|a+b|a%20b|x@y|1,2|h:1|/tmp|a#b|a=b|1|0|false|direct|postgres|5433x|%ff|%2Ftmp|é|\ufeff",
);
/** Files that are there; what follows them keeps the end of a text from becoming a part of their names. */
const parameter = fc.tuple(key, value, fc.boolean()).map(([name, text, bare]) => {
  if (name === "sslkey") return `${name}=${keyFile}&_=`;
  if (name === "sslrootcert" || name === "sslcert") return `${name}=${rootFile}&_=`;
  return bare && text === "" ? name : `${name}=${text}`;
});

const structured = fc
  .record({
    scheme: oneOf(
      "postgresql://|postgresql://|postgresql://|postgres://|POSTGRES://|postgresql+asyncpg://|mysql://|postgresql:/|postgresql:|socket:|socket://|//|| postgresql://|\tpostgresql://|post\ngresql://|/|1://",
    ),
    sign: fc.option(fc.tuple(word, fc.option(word, { nil: null })), { nil: null }),
    hosts: fc.array(fc.tuple(hosts, port), { minLength: 0, maxLength: 2 }),
    path: fc.array(word, { maxLength: 3 }),
    query: fc.option(fc.array(parameter, { maxLength: 4 }), { nil: null }),
    end: oneOf("||||#frag| |\n"),
  })
  .map(({ scheme, sign, hosts, path, query, end }) =>
    [
      scheme,
      sign === null ? "" : `${sign[0]}${sign[1] === null ? "" : `:${sign[1]}`}@`,
      hosts.map((one) => one.join("")).join(","),
      path.map((one) => `/${one}`).join(""),
      query === null ? "" : `?${query.join("&")}`,
      end,
    ].join(""),
  );

const letters = (alphabet: string, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((signs) => signs.join(""));
const wild = letters("ab01:::/@@?#[],%%&==+ é4F\\'.\t^|", 24).map((rest) => `postgresql://${rest}`);
const addresses = letters("0123456789abcdef::::....", 20).map((rest) => `postgres://[${rest}]/d`);
const anything = fc.string({ unit: "binary", maxLength: 20 });
const variables = fc.dictionary(
  fc.constantFrom(
    ...["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSSLMODE", "PGOPTIONS", "PGAPPNAME"],
    ...["PGSSLNEGOTIATION", "PGREPLICATION"],
  ),
  oneOf("|a|/tmp|6432|require|disable|no-verify|prefer|direct|postgres|database").filter((text) => text !== "\0"),
  { noNullPrototype: true, maxKeys: 5 },
);

const sample = <T>(from: fc.Arbitrary<T>, seed: number, numRuns: number): readonly T[] =>
  fc.sample(from, { seed, numRuns });
const texts = [
  ...sample(structured, 41, 14_000),
  ...sample(wild, 42, 7000),
  ...sample(addresses, 43, 3000),
  ...sample(anything, 44, 2000),
].filter((text) => !/\/(?:\.|%2e){1,2}(?=[/?#\s]|$)/i.test(text));

pg.defaults.user = DEFAULT_USER;

function compare(environments: readonly Environment[]) {
  return texts.flatMap((text, index) => {
    const environment = environments[index % environments.length] ?? {};
    const { error, message, values } = ask(text, environment);
    const mine = ours(text, environment);
    return isDeepStrictEqual(mine, { error, values }) ? [] : [{ text, environment, mine, error, message, values }];
  });
}

describe("reading like the installed node-postgres", () => {
  it("takes more than 20,000 strings for the same values, or refuses them with the same exception", () => {
    expect(texts.length).toBeGreaterThan(20_000);
    expect(compare([{}]).slice(0, 5)).toEqual([]);
  });

  it("fills the gaps of as many strings from the same PG* variables", () => {
    expect(compare(sample(variables, 45, 997)).slice(0, 5)).toEqual([]);
  });

  it("covers each outcome", () => {
    const answers = texts.map((text) => ours(text, {}));
    const count = (error: string | null) => answers.filter((one) => one.error === error).length;
    expect(count(null)).toBeGreaterThan(3000);
    expect(count("TypeError")).toBeGreaterThan(3000);
    expect(count("URIError")).toBeGreaterThan(300);
    expect(count("Error")).toBeGreaterThan(50);
  });

  it.each(["a/../b", "./a", "a/.", "%2E/a", "a/%2e%2E/b", "a/b/.."])("resolves %s in the path", (path) => {
    const text = `postgresql://u@h/${path}`;
    expect(ours(text, {}).values).toEqual(ask(text, {}).values);
  });
});

describe("where it is not followed", () => {
  it.each(["host=h user=u", "h:5432", "DATABASE_URL"])("refuses %s, which it takes for a database on base", (text) => {
    const theirs = ask(text, {});
    expect([theirs.error, theirs.host]).toEqual([null, text === "h:5432" ? "localhost" : "base"]);
    expect(readAsNodePostgres(text).ok).toBe(false);
  });

  it.each(["mysql://u@h/d", "http://u@h/d"])("refuses %s, where it connects to h", (text) => {
    expect(ask(text, {}).host).toBe("h");
    expect(readAsNodePostgres(text)).toMatchObject({ ok: false, hosts: [] });
  });

  it.each(["abc", "70000", "-1"])("refuses port=%s, which ends its connect", (port) => {
    const text = `postgresql://u@127.0.0.1/d?port=${port}`;
    const client = withOnly({}, () => new pg.Client({ connectionString: text }));
    expect(() => client.connect(() => undefined)).toThrow(RangeError);
    expect(readAsNodePostgres(text).error).toMatch(/^RangeError/);
  });

  it("does not look whether a certificate file is there", () => {
    const text = "postgresql://u@h/d?sslrootcert=/nowhere/root.crt";
    expect(ask(text, {}).message).toMatch(/^ENOENT/);
    expect(readAsNodePostgres(text).tls).toBe("on; checks the name, and the issuer against /nowhere/root.crt");
  });
});

describe("what it does later", () => {
  it("ends ssl=false in a TypeError once the server agrees to TLS", () => {
    const client = withOnly({}, () => new pg.Client({ connectionString: "postgresql://u@h/d?ssl=false" }));
    const { connection } = client as unknown as {
      connection: { upgradeToSSL: (host: string, report: () => void) => void };
    };
    expect(() => connection.upgradeToSSL("h", () => undefined)).toThrow(TypeError);
    expect(readAsNodePostgres("postgresql://u@h/d?ssl=false").tls).toBe("on, then it ends in a TypeError");
  });
});
