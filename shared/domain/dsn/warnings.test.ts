import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "./explain";
import { parseConnectionString } from "./parse";
import { scenarios } from "./scenarios";
import { worthKnowing } from "./summary";

const codes = (text: string) =>
  explain(text).warnings.map(({ code, parameter }) => (parameter === null ? code : `${code} ${parameter}`));

/** A string with nothing to say about, with a query. */
const local = (query: string) => `postgresql://u:p@127.0.0.1:5432/d${query}`;

describe("the codes of a string's warnings", () => {
  it.each([
    [local(""), []],
    ["postgresql://u:p@db:5432/d", []],
    ["postgresql://u:p@192.168.1.9:5432/d", []],
    [local("?application_name=a&options=b"), []],
    // Parameters that asyncpg hands to the server.
    [local("?connect_timeout=5"), ["database.parameter-unknown connect_timeout"]],
    [local("?channel_binding=require"), ["database.parameter-unknown channel_binding"]],
    [local("?keepalives_idle=5"), ["database.parameter-unknown keepalives_idle"]],
    [local("?gssencmode=disable"), ["database.parameter-unknown gssencmode"]],
    [local("?pool_timeout=5"), ["database.parameter-unknown pool_timeout"]],
    [local("?max_connections=5"), ["setting-of-server max_connections"]],
    [local("?log_statement=all"), ["setting-needs-superuser log_statement"]],
    [
      local("?search_path=a&app.tenant=1"),
      ["libpq-refuses-parameter search_path", "libpq-refuses-parameter app.tenant"],
    ],
    [local("?options=-c%20search_path%3Da"), ["option-settings options"]],
    [local("?options=-c%20serach_path%3Da"), ["option-unknown options"]],
    [local("?target_session_attrs=any"), ["asyncpg-version target_session_attrs"]],
    [
      local("?load_balance_hosts=random"),
      ["database.parameter-unknown load_balance_hosts", "libpq-version load_balance_hosts"],
    ],
    // The query's own traps.
    [local("?user=v"), ["given-twice user"]],
    [local("?application_name=a&application_name=b"), ["repeated-parameter application_name"]],
    [local("?application_name=a+b"), ["plus-in-query application_name"]],
    [`${local("")} `, ["space-at-end"]],
    [local("?ssl=true"), ["ssl-parameter ssl", "encrypt.unverified sslmode", "sslmode-differs sslmode"]],
    [local("?ssl=require"), ["ssl-parameter ssl"]],
    [local("?requiressl=0"), ["ssl-parameter requiressl", "sslmode-differs sslmode"]],
    ["postgresql://u:p@127.0.0.1:5432/my db", ["raw-space", "env-readers"]],
    ["postgresql://u:p@db :5432/d", ["raw-space", "env-readers"]],
    ["postgresql://u:p@127.0.0.1:5432/d/", ["slash-in-database"]],
    ["postgresql://u:p@127.0.0.1:5432//d", ["slash-in-database"]],
    ["postgresql://u:p@127.0.0.1:5432/a/b", []],
    // Address.
    ["postgresql://u:p@localhost:5432/d", ["localhost-two-addresses"]],
    ["postgresql://u:p@127.0.0.1/d", ["no-port"]],
    ["postgresql://u:p@/d", ["no-host"]],
    ["postgresql:///d?user=u&hostaddr=127.0.0.1", ["database.parameter-unknown hostaddr"]],
    ["postgresql://u:p@a:1,[::1]:2/d", ["brackets-in-list"]],
    ["postgresql:///?service=app", ["asyncpg-version service"]],
    // Sign-in.
    ["postgresql://127.0.0.1:5432", ["no-user", "no-database"]],
    ["postgresql://u:@127.0.0.1:5432/d", ["empty-password password"]],
    ["postgresql://u@127.0.0.1:5432/d?password=", ["empty-password password"]],
    ["postgresql://postgres:p@127.0.0.1:5432/d", ["superuser-name"]],
    ["postgresql://u:password@127.0.0.1:5432/d", ["placeholder-password password"]],
    ["postgresql://app:app@127.0.0.1:5432/d", ["placeholder-password password"]],
    ["postgresql://u:[YOUR-PASSWORD]@127.0.0.1:5432/d", ["placeholder"]],
    ["postgresql://u:<password>@127.0.0.1:5432/d", ["placeholder"]],
    ["postgresql://u:$" + "{PGPASSWORD}@127.0.0.1:5432/d", ["placeholder"]],
    ["postgresql://u:p%40@127.0.0.1:5432/d", ["encoded-characters"]],
    ["postgresql://u:p#x@127.0.0.1:5432/d", ["read.unencoded-credentials", "env-readers"]],
    ["postgresql://u:a@127.0.0.1:5432/d@e", ["read.unencoded-credentials"]],
    ["postgresql://u:p$x@127.0.0.1:5432/d", ["env-readers"]],
    ["postgresql://u:p'x@127.0.0.1:5432/d", ["env-readers"]],
    ["postgresql://u:p\\x@127.0.0.1:5432/d", ["env-readers"]],
    ["postgresql://u:p&x@127.0.0.1:5432/d", ["env-readers"]],
    ["postgresql://u:p;(x)@127.0.0.1:5432/d", ["env-readers"]],
    [local("?application_name=a|b"), ["env-readers"]],
    ["user=u password=p host=127.0.0.1 port=5432 dbname=d", ["keyword-form"]],
    // Encryption.
    ["postgresql://u:p@db.example.com:5432/d", ["remote-without-tls sslmode"]],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=disable", ["remote-without-tls sslmode"]],
    [
      "postgresql://u:p@db.example.com:5432/d?sslmode=prefer",
      ["remote-without-tls sslmode", "sslmode-differs sslmode"],
    ],
    [
      "postgresql://u:p@db.example.com:5432/d?sslmode=require",
      ["encrypt.unverified sslmode", "sslmode-differs sslmode"],
    ],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=verify-full", ["encrypt.root-file-missing sslrootcert"]],
    [
      "postgresql://u:p@db.example.com:5432/d?sslmode=verify-full&sslrootcert=system",
      ["encrypt.root-file-missing sslrootcert"],
    ],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=verify-full&sslrootcert=/ca.pem", []],
    ["postgresql://u:p@%2Ftmp:5432/d?sslmode=require", ["sslmode-on-socket sslmode"]],
    // Poolers.
    ["postgresql://u:p@127.0.0.1:6432/d", ["pooler-port"]],
    ["postgresql://u:p@pgbouncer:5432/d", ["pooler-port"]],
    [
      "postgresql://u:p@127.0.0.1:6432/d?statement_timeout=5",
      ["pooler-setting statement_timeout", "pooler-port", "libpq-refuses-parameter statement_timeout"],
    ],
    [
      "postgresql://postgres:p@aws-0-eu-central-1.pooler.supabase.com:6543/d?sslmode=verify-full&sslrootcert=/ca.pem",
      ["pooler-user user", "superuser-name", "pooler-port"],
    ],
    [
      "postgresql://app.abc:p@aws-0-eu-central-1.pooler.supabase.com:5432/d?sslmode=verify-full&sslrootcert=/ca.pem",
      ["pooler-port"],
    ],
    [
      "postgresql://u:p@ep-a-b-pooler.eu-1.aws.neon.tech:5432/d?sslmode=verify-full&sslrootcert=/ca.pem",
      ["pooler-port"],
    ],
  ])("%s", (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it("none of the starting points has a warning that a first attempt would trip over", () => {
    for (const { apply } of scenarios)
      expect(codes(apply("my app")).filter((code) => /unencoded|parameter-unknown|refuses|keyword/.test(code))).toEqual(
        [],
      );
  });
});

describe("the mend of a warning", () => {
  const mendOf = (text: string, code: string) => worthKnowing(text).find((one) => one.code === code)?.mend ?? null;

  it.each([
    [local("?connect_timeout=5&application_name=a"), "database.parameter-unknown", local("?application_name=a")],
    [local("?log_statement=all"), "setting-needs-superuser", local("")],
    [local("?search_path=a"), "libpq-refuses-parameter", local("?options=-c%20search_path%3Da")],
    [local("?user=v"), "given-twice", "postgresql://v:p@127.0.0.1:5432/d"],
    [
      local("?application_name=a&sslmode=disable&application_name=b"),
      "repeated-parameter",
      local("?sslmode=disable&application_name=b"),
    ],
    [local("?application_name=a+b"), "plus-in-query", local("?application_name=a%2Bb")],
    [`${local("")}\n`, "space-at-end", local("")],
    ["postgresql://u:p@127.0.0.1/d", "no-port", local("")],
    ["postgresql://u:p@a,b:5433/d", "no-port", "postgresql://u:p@a:5432,b:5433/d"],
    ["postgresql:///d", "no-host", "postgresql://localhost:5432/d"],
    ["postgresql://u:p@a:1,[::1]:2/d", "brackets-in-list", "postgresql://u:p@a:1,%3A%3A1:2/d"],
    ["postgresql://u:@127.0.0.1:5432/d", "empty-password", "postgresql://u@127.0.0.1:5432/d"],
    ["postgresql://u:p#x@127.0.0.1:5432/d", "read.unencoded-credentials", "postgresql://u:p%23x@127.0.0.1:5432/d"],
    ["postgresql://u:p$x'\\@127.0.0.1:5432/d", "env-readers", "postgresql://u:p%24x%27%5C@127.0.0.1:5432/d"],
    [
      "postgresql://u:p&x@127.0.0.1:5432/d?application_name=a(b&options=c",
      "env-readers",
      "postgresql://u:p%26x@127.0.0.1:5432/d?application_name=a%28b&options=c",
    ],
    ["host=127.0.0.1 port=5432 user=u password=p dbname=d", "keyword-form", local("")],
    ["postgresql://db.example.com:5432/d", "remote-without-tls", "postgresql://db.example.com:5432/d?sslmode=require"],
    ["postgresql://u@%2Ftmp:5432/d?sslmode=require", "sslmode-on-socket", "postgresql://u@%2Ftmp:5432/d"],
    [
      "postgresql://a.b:p@aws-0-eu.pooler.supabase.com:6543/d",
      "pooler-port",
      "postgresql://a.b:p@aws-0-eu.pooler.supabase.com:5432/d",
    ],
    [
      "postgresql://u:p@ep-a-b-pooler.eu-1.aws.neon.tech:5432/d",
      "pooler-port",
      "postgresql://u:p@ep-a-b.eu-1.aws.neon.tech:5432/d",
    ],
    ["postgresql://u:p@h:5432/d@e", "read.unencoded-credentials", "postgresql://u:p@h:5432/d%40e"],
    [local("?ssl=true&application_name=a"), "ssl-parameter", local("?sslmode=require&application_name=a")],
    [local("?ssl=verify-full"), "ssl-parameter", local("?sslmode=verify-full")],
    [local("?ssl=0"), "ssl-parameter", local("?sslmode=prefer")],
    [local("?sslmode=verify-ca&ssl=require"), "ssl-parameter", local("?sslmode=verify-ca")],
    [
      "postgresql://u:p@127.0.0.1 :5432/my db ?options=a b",
      "raw-space",
      "postgresql://u:p@127.0.0.1:5432/my%20db?options=a%20b",
    ],
    ["postgresql://u:p@127.0.0.1:5432//d/", "slash-in-database", local("")],
    ["postgresql://@:5433/d", "no-host", "postgresql://@localhost:5433/d"],
    // Strings that cannot be read.
    ["postgresql://u:p@ss@h/d", "read.unencoded-credentials", "postgresql://u:p%40ss@h/d"],
    ["postgresql+asyncpg://u:p@h/d", "read.unsupported-scheme", "postgresql://u:p@h/d"],
    [" postgresql://u:p@h/d", "read.unsupported-scheme", "postgresql://u:p@h/d"],
    ["host=h password=a b", "read.invalid", "host=h password='a b'"],
  ])("%s, %s", (text, code, dsn) => {
    expect(mendOf(text, code)?.dsn).toBe(dsn);
  });

  it("does away with its warning, says what it does, and can be read", () => {
    const pieces = fc.tuple(
      fc.constantFrom("", "u@", "u:@", "u:p@", "u:p#x@", "u:p$@", "postgres:postgres@"),
      fc.constantFrom("", "h", "localhost:5432", "a:1,[::1]:2", "db.example.com", "h:6432", "%2Ftmp"),
      fc.constantFrom("", "/d", "/a@b"),
      fc.array(
        fc.constantFrom(
          "connect_timeout=1",
          "user=v",
          "application_name=a+b",
          "sslmode=require",
          "search_path=x",
          "foo=1",
          "log_statement=all",
        ),
        { maxLength: 3 },
      ),
    );
    fc.assert(
      fc.property(pieces, ([signIn, host, database, query]) => {
        const text = `postgresql://${signIn}${host}${database}${query.length === 0 ? "" : `?${query.join("&")}`}`;
        const rows = worthKnowing(text);
        for (const { code, mend } of rows) {
          if (mend === null) continue;
          expect(mend.title, code).not.toBe("");
          expect(parseConnectionString(mend.dsn).ok, `${code}: ${mend.dsn}`).toBe(true);
          const left = worthKnowing(mend.dsn).filter((one) => one.code === code).length;
          expect(left, `${code}: ${text} -> ${mend.dsn}`).toBeLessThan(rows.filter((one) => one.code === code).length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
