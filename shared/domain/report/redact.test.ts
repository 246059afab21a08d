import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "./redact";
import type { Known } from "./span";

const redact = (text: string, ...known: Known[]): string => createRedactor(known).text(text);
const secret = (text: string): Known => ({ kind: "secret", text });

const latin1 = (text: string): Buffer => Buffer.from(text, "utf8");

/** Every spelling in which a program may repeat a text. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in capitals": (text) => text.toUpperCase(),
  "URL-encoded": (text) => encodeURIComponent(text),
  "URL-encoded in lower case": (text) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase()),
  "URL-encoded in every sign": (text) =>
    [...latin1(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  "URL-encoded as a form": (text) => encodeURIComponent(text).replaceAll("%20", "+"),
  "as JSON": (text) => JSON.stringify(text),
  "as JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)).replaceAll("\\\\\\", "\\"),
  "as JSON in ASCII": (text) =>
    [...text].map((sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join(""),
  "as SQL": (text) => `'${text.replaceAll("'", "''")}'`,
  "as an identifier": (text) => `"${text.replaceAll('"', '""')}"`,
  "in a password file": (text) => text.replace(/[\\:]/g, "\\$&"),
  "as HTML": (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
  "in base64": (text) => latin1(text).toString("base64"),
  "in base64url": (text) => latin1(text).toString("base64url"),
  "in base64 behind a user": (text) => latin1(`ada:${text}`).toString("base64"),
  "in base64 behind two signs": (text) => latin1(`a:${text}:z`).toString("base64"),
  "in hexadecimal": (text) => latin1(text).toString("hex"),
  "as a bytea": (text) => `\\x${latin1(text).toString("hex")}`,
  "as UTF-8 shown byte by byte": (text) => latin1(text).toString("latin1"),
};

/** Whether a text still tells a secret: itself, or by a spelling that a person can undo. */
function tells(text: string, one: string): boolean {
  const plain = text.toLowerCase();
  return Object.values(SPELLINGS).some((spell) => {
    const spelt = spell(one)
      .replace(/^["']|["']$/g, "")
      .replace(/=+$/, "")
      .toLowerCase();
    return spelt.length >= 6 && plain.includes(spelt);
  });
}

describe("a secret", () => {
  it.each(Object.entries(SPELLINGS))("goes when it is spelt %s", (_name, spell) => {
    for (const one of [`Tr0ub4dor's "&3"`, "p@ss/w:rd?#%20", "päss wörd\\x", "c0rrect-horse_staple"]) {
      const text = redact(`FATAL: it says ${spell(one)} to me`, secret(one));
      expect(tells(text, one), `${spell(one)} → ${text}`).toBe(false);
      expect(text).toMatch(/^FATAL: it says .*\*\*\*.* to me$/);
    }
  });

  it("goes wherever it stands, whatever is around it", () => {
    const one = fc
      .string({ unit: "grapheme-ascii", minLength: 8, maxLength: 24 })
      .filter((text) => /[a-z0-9]{4}/i.test(text));
    fc.assert(
      fc.property(one, fc.constantFrom(...Object.values(SPELLINGS)), fc.string(), fc.string(), (text, spell, a, b) => {
        expect(tells(redact(`${a} ${spell(text)} ${b}`, secret(text)), text)).toBe(false);
      }),
    );
  });

  it("goes where one run of escapes spells it together with what stands around it", () => {
    for (const spell of Object.values(SPELLINGS))
      for (const around of ["000A      ", "  pass#w0rd@/@", "ü: pass#w0rd ü"])
        for (const one of [around.trim(), around]) {
          const text = redact(`says ${spell(around)} here`, secret(one));
          expect(tells(text, one.trim()), `${spell(around)} → ${text}`).toBe(false);
        }
  });

  it("goes when a text was cut off in the middle of it", () => {
    const one = "horse-battery-9staple";
    expect(redact("invalid value: horse-batt", secret(one))).toBe("invalid value: ***");
    expect(redact("invalid value: horse-batt…", secret(one))).toBe("invalid value: ***…");
    expect(redact("tery-9staple is wrong", secret(one))).toBe("*** is wrong");
  });

  it("that everybody has stays, because a gap among known words would tell it", () => {
    expect(redact("the role postgres of postgresql", secret("postgres"))).toBe("the role postgres of postgresql");
  });

  it("that is short goes as a word and leaves other words whole", () => {
    expect(redact('pw and "pw", spwn', secret("pw"))).toBe('*** and "***", spwn');
  });
});

describe("a name", () => {
  it("keeps its number wherever it turns up, and another one gets another", () => {
    const redactor = createRedactor([
      { kind: "role", text: "ada" },
      { kind: "role", text: "grace" },
      { kind: "database", text: "shop" },
      { kind: "host", text: "db.corp.example.com" },
    ]);
    expect(redactor.data({ user: "ada", said: 'role "grace" may not open shop', host: "DB.corp.example.com" })).toEqual(
      {
        user: "role-1",
        said: 'role "role-2" may not open database-1',
        host: "host-1",
      },
    );
    expect(redactor.text("ada@db.corp.example.com:5432, canada")).toBe("e-mail-1:5432, canada");
    expect(redactor.text("ada on db.corp.example.com:5432")).toBe("role-1 on host-1:5432");
  });

  it("of everybody stays: postgres, localhost, the loopback addresses", () => {
    const text = "postgres on localhost, 127.0.0.1:5432, [::1]:5432, 0.0.0.0, ::ffff:127.0.0.1";
    expect(redact(text, { kind: "role", text: "postgres" }, { kind: "host", text: "localhost" })).toBe(text);
  });
});

describe("by its look alone goes", () => {
  it.each([
    ["postgresql://ada:p@ss word@db:5432/shop is wrong", "*** is wrong"],
    ["see https://intern.example/x?token=1", "see ***"],
    ["password=hunter2 host=x", "password=*** host=x"],
    ["api_key: abc, n: 1", "api_key: ***, n: 1"],
    ["ALTER ROLE x PASSWORD 'it''s'", "ALTER ROLE x PASSWORD ***"],
    ["SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy", "***"],
    ["md5d41d8cd98f00b204e9800998ecf8427e", "***"],
    ["Authorization: Bearer abc.def-ghi", "Authorization: ***"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig", "***"],
    ["key ghp_16C7e42F292c6912E7710c838347Ae178B4a", "key ***"],
    ["-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "***"],
    ["mail ada.lovelace@example.org now", "mail e-mail-1 now"],
    [
      "no entry for host 10.1.2.3, then 10.1.2.4 and 10.1.2.3",
      "no entry for host address-1, then address-2 and address-1",
    ],
    ["[2001:db8::17]:5432 and fe80::1%eth0", "[address-1]:5432 and address-2"],
    ["could not translate host name db7.corp.example.com", "could not translate host name host-1"],
    ["*.corp.example.com", "host-1"],
    ["(host db.corp.example) and db.corp.sh, db.corp.py", "(host host-1) and host-2, host-3"],
    ["/home/ada/shop/.env and /Users/ada", "~ and ~"],
    ["C:\\Users\\Ada Lovelace\\shop\\.env", "~\\shop\\.env"],
    ["C:\\\\Users\\\\ada", "~"],
    ["/srv/customers/acme/pg.log", "<path>"],
    ['relation "payroll_2026" is gone', 'relation "…" is gone'],
    ["la base de données « paie » n'existe pas", "la base de données «…» n'existe pas"],
  ])("%s", (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    "12:34:56.789 UTC",
    "PostgreSQL 18.4 (Debian 18.4-1.pgdg12+1) on x86_64-pc-linux-gnu",
    "TLS_AES_256_GCM_SHA384 · TLSv1.3",
    "no pg_hba.conf entry, says pg_hba.conf line 9",
    "asyncpg.exceptions.InvalidPasswordError",
    "main.py, README.md, start.sh, libpq.so, .env.example, pg_hba.conf.sample, compose.yaml.example",
    "/var/run/postgresql:5432 and /usr/lib/postgresql/18/bin",
    "~/.pgpass, line 3",
    "write postgresql:// instead of mysql://",
    "SSH-2.0-OpenSSH_9.2p1 Debian-2",
    "docker, podman, apt:15/main, port:127.0.0.1:5433, postgres.app:var-17",
    "password authentication failed; it's the server's password",
    "current locale is en_US.UTF-8",
  ])("but not %s", (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe("a text from a peer", () => {
  it("is cut where it is endless, and reading it stays quick", () => {
    for (const sign of ["a", "%", "a.", "/a", "1.", "a:", "'", "\\", "@", "a@", "-----BEGIN A-----"]) {
      const text = redact(sign.repeat(100_000), secret("horse-battery"));
      expect(text.length).toBeLessThanOrEqual(8_001);
    }
  });
});
