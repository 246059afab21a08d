import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromPasted } from "./pasted";

const DSN = "postgresql://u:p@h:5432/d";

describe("a pasted text", () => {
  it.each([DSN, "postgres://h/d?sslmode=require", "host=h user=u password='a b'", "", "what is this", "mysql://u@h/d"])(
    "%j stays as it is, without a note",
    (text) => {
      expect(fromPasted(text)).toEqual({ dsn: text, note: null });
    },
  );

  it.each([
    [`  ${DSN}\n`, DSN],
    [`"${DSN}"`, DSN],
    [`'${DSN}',`, DSN],
    [`\`${DSN}\``, DSN],
    [`“${DSN}”`, DSN],
    [`DATABASE_URL=${DSN}`, DSN],
    [`export DATABASE_URL="${DSN}"`, DSN],
    [`AKSARA_DATABASE_URL = '${DSN}'  # local`, DSN],
    [`DATABASE_URL: ${DSN}`, DSN],
    [`$env:DATABASE_URL = "${DSN}"`, DSN],
    [`# .env\r\nSECRET=1\r\nDATABASE_URL=${DSN}\r\nDEBUG=1`, DSN],
    [`psql "${DSN}"`, DSN],
    [`$ psql '${DSN}' -c 'select 1'`, DSN],
    [`psql ${DSN}`, DSN],
    ["psql -h db -p 5433 -U me app", "postgresql://me@db:5433/app"],
    ["psql --host=/tmp -Ume -d app", "postgresql://me@%2Ftmp/app"],
    ['psql "host=h dbname=d"', "host=h dbname=d"],
    ["postgresql+asyncpg://u:p@h:5432/d", DSN],
    ["postgres+psycopg2://u:p@h:5432/d", DSN],
    ["POSTGRESQL://u:p@h:5432/d", DSN],
    ["jdbc:postgresql://h:5432/d?user=u&password=p%40&ssl=true", "postgresql://u:p%40@h:5432/d?sslmode=require"],
    ["jdbc:postgresql://h/d", "postgresql://h/d"],
    ["jdbc:postgresql:d", "postgresql://localhost/d"],
    ["localhost:5432/d", "postgresql://localhost:5432/d"],
    ["u:p@db.example.com/d", "postgresql://u:p@db.example.com/d"],
    ["db.example.com", "postgresql://db.example.com"],
    ["[::1]:5433", "postgresql://[::1]:5433"],
    ["postgresql://u:p@h:54\n   32/d", DSN],
    [`${DSN} # the local one`, DSN],
  ])("%j gives the string in it", (text, expected) => {
    expect(fromPasted(text).dsn).toBe(expected);
  });

  it("says in a sentence what was done", () => {
    expect(fromPasted('DATABASE_URL="postgresql+asyncpg://h/d"').note).toBe(
      "The value of DATABASE_URL was taken. The quotes were taken off. postgresql+asyncpg:// was written as postgresql://.",
    );
    expect(fromPasted(` ${DSN} `).note).toBeNull();
  });

  it("gives its own answer back unchanged", () => {
    const pieces = fc.array(
      fc.constantFrom(
        "postgresql://",
        "u:p@",
        "h",
        ":1",
        "/d",
        "?a=b",
        '"',
        "'",
        " ",
        "DATABASE_URL=",
        "psql ",
        "\n",
        "#",
        "jdbc:",
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(pieces, (all) => {
        const once = fromPasted(all.join("")).dsn;
        if (/^postgres(?:ql)?:\/\/[^\s"']*$/.test(once)) expect(fromPasted(once).dsn).toBe(once);
      }),
    );
  });

  it.each([" ", "\n", '"', "'", "psql ' ", "a.", "#", "= "])(
    "takes a megabyte of %j",
    (unit) => {
      const body = unit.repeat(Math.ceil(1_000_000 / unit.length));
      for (const [start, end] of [
        ["", "x"],
        ['"a"', "x"],
        ["postgresql://h", "x"],
        ["DATABASE_URL=", "@"],
        ["psql ", "x"],
      ])
        fromPasted(start + body + end);
    },
    60_000,
  );
});
