import { describe, expect, it } from "vitest";
import { readAsNodePostgres } from "./node-postgres";

const differences = (text: string): string => readAsNodePostgres(text).differences.join(" ");

describe("what node-postgres would connect with", () => {
  it("tells address, user, database, password source, TLS and settings", () => {
    expect(readAsNodePostgres("postgresql://app:s3cret@db.example.com:6432/desk?application_name=a+b")).toEqual({
      ok: true,
      error: null,
      hosts: [["db.example.com", 6432]],
      user: "app",
      database: "desk",
      passwordFrom: "string",
      tls: "off",
      settings: { application_name: "a b" },
      differences: [
        "Without sslmode it never encrypts; libpq does where the server offers it.",
        "A + in the query is a space; for libpq it is a plus.",
      ],
    });
  });

  it("never holds the password", () => {
    expect(JSON.stringify(readAsNodePostgres("postgresql://u:s3cret@h/d", { PGPASSWORD: "other" }))).not.toMatch(
      /s3cret|other/,
    );
  });

  it("fills gaps from PG* variables only when they are handed in", () => {
    const text = "postgresql://h";
    expect(readAsNodePostgres(text)).toMatchObject({ hosts: [["h", 5432]], user: null, passwordFrom: "passfile" });
    const environment = { PGPORT: "6432", PGUSER: "u", PGPASSWORD: "p", PGSSLMODE: "no-verify", PGOPTIONS: "-c a=b" };
    expect(readAsNodePostgres(text, environment)).toMatchObject({
      hosts: [["h", 6432]],
      user: "u",
      passwordFrom: "environment",
      tls: "on; checks nothing",
      settings: { options: "-c a=b" },
    });
  });

  it("looks into no password file when PGPASSWORD is there, even empty", () => {
    expect(readAsNodePostgres("postgresql://h", { PGPASSWORD: "" }).passwordFrom).toBeNull();
  });

  it.each([
    ["", "off"],
    ["sslmode=disable", "off"],
    ["ssl=0", "off"],
    ["sslmode=require", "on; checks the name, and the issuer against the authorities Node brings along"],
    ["sslmode=bogus", "on; checks the name, and the issuer against the authorities Node brings along"],
    ["sslmode=no-verify", "on; checks nothing"],
    ["sslmode=require&uselibpqcompat=true", "on; checks nothing"],
    ["sslmode=verify-ca&sslrootcert=/r&uselibpqcompat=true", "on; checks the issuer against /r, not the name"],
    ["sslmode=no-verify&sslcert=/c&sslkey=/k", "on; checks nothing; shows the client certificate of /c and /k"],
    ["sslmode=no-verify&sslnegotiation=direct", "on from the first byte; checks nothing"],
  ])("says of ?%s: %s", (query, tls) => {
    expect(readAsNodePostgres(`postgresql://u@h/d?${query}`).tls).toBe(tls);
  });

  it.each([
    ["/var/run/postgresql desk", ["/var/run/postgresql", 5432], "desk"],
    ["socket:/tmp?db=desk", ["/tmp", 5432], "desk"],
    ["postgresql://%2Ftmp:6432/desk", ["/tmp", 6432], "desk"],
    ["postgresql://u:p@/desk?host=/tmp", ["/tmp", 5432], "desk"],
    ["", ["localhost", 5432], null],
  ])("reads %s", (text, host, database) => {
    expect(readAsNodePostgres(text)).toMatchObject({ ok: true, hosts: [host], database });
  });

  it.each([
    ["postgresql://u@a:1,b:2/d", "TypeError: Invalid URL (the port)"],
    ["postgresql://u@[fe80::1%25eth0]/d", "TypeError: Invalid URL (the host)"],
    ["postgresql://u@:5432/d", "TypeError: Invalid URL (the host)"],
    ["postgresql://u:%ff@h/d", "URIError: URI malformed"],
    ["postgresql://u@h/d?sslnegotiation=direct&sslmode=disable", "Error: sslnegotiation=direct requires SSL"],
    ["postgresql://u@h/d?sslmode=verify-ca&uselibpqcompat=true", "Error: SECURITY WARNING"],
    ["host=h user=u", 'It reads no keyword=value text: it would look for a host named "base".'],
  ])("refuses %s", (text, error) => {
    const read = readAsNodePostgres(text);
    expect(read).toMatchObject({ ok: false, hosts: [], tls: null });
    expect(read.error).toContain(error);
  });
});

describe("where that is not libpq's way", () => {
  it.each([
    ["postgresql://u:p@ss@h/d", "It ends the password at the last @"],
    ["postgresql://u:p@h/d#x", "It drops everything from # on"],
    ["postgresql://u:5?x@h/d", "It ends the address at # or ?"],
    ["postgresql://u@h/a%2Fb", "In the database name it leaves escapes"],
    ["postgresql://u@h/a/../b", "It takes . and .. in the database name for folders"],
    ["postgresql://u:a%2Fb@h/my db", "take escapes with letters, such as %2F, as they stand"],
    ["postgresql://u@h,i/d", "It takes several hosts for one name"],
    ["postgresql://u@h/d?port=1,2", "It takes the number that a port starts with"],
    ["postgresql+asyncpg://u@h/d", "It takes any spelling of the scheme"],
    ["postgresql://u@h/d?statement_timeout=5", "It heeds statement_timeout; libpq refuses the string"],
    ["postgresql://u@h/d?connect_timeout=5", "It ignores connect_timeout."],
    ["postgresql://u@h/d?client_encoding=UTF8", "It ignores client_encoding."],
    ["postgresql://u@h/d?pool=5", 'It ignores "pool"; libpq refuses the string'],
    ["postgresql://u@h/d?sslmode=require", "sslmode=require verifies the certificate"],
    ["postgresql://u@h/d?sslmode=verify-full", "Without sslrootcert it trusts the authorities Node brings along"],
    ["postgresql://u@h/d?ssl=false", "turns on TLS and ends in a TypeError"],
    ["postgresql://u@h/d?ssl=true", "for libpq it is sslmode=require"],
    ["postgresql://u@/d?host=/tmp&sslmode=require", "sslmode on a Unix socket makes it fail"],
    ["postgresql:///d", "Without a host it takes localhost"],
    ["post\ngresql://u@h/d", "It drops tabs and line breaks"],
  ])("says so of %j", (text, words) => {
    expect(differences(text)).toContain(words);
  });

  it("finds none in a string that both take alike", () => {
    expect(differences("postgresql://u:p%40ss@h:5432/d?sslmode=disable&application_name=a%20b")).toBe("");
  });
});
