import { describe, expect, it } from "vitest";
import { Secret, type Target } from "../../target";
import { parseConnectionString } from "../parse";
import { copyFormats } from ".";
import type { Copied } from "./copy-format";
import { pythonString } from "./python-literal";

/** What a format makes of a string that this app reads. */
function copied(id: string, string: string): Copied {
  const parsed = parseConnectionString(string);
  const format = copyFormats.find((one) => one.id === id);
  if (!parsed.ok || !format) throw new Error(`no ${id} of ${string}`);
  return format.write(parsed.value.target, parsed.value.password?.reveal() ?? null);
}

const FULL =
  "postgresql://app:p%40s's@db.example.com:6432/desk?sslmode=require&application_name=a%20b&connect_timeout=10&keepalives=1";

describe("each format of one string", () => {
  it("offers them under names of their own", () => {
    expect(copyFormats.map(({ title }) => title)).toEqual([
      ...["URI", "Keyword/value", "psql command", "asyncpg code", "SQLAlchemy URL", "JDBC URL"],
    ]);
    expect(new Set(copyFormats.map(({ id }) => id)).size).toBe(copyFormats.length);
  });

  it("writes a URI", () => {
    expect(copied("uri", FULL).text).toBe(
      "postgresql://app:p%40s%27s@db.example.com:6432/desk?sslmode=require&application_name=a%20b&connect_timeout=10&keepalives=1",
    );
  });

  it("writes keywords and values", () => {
    expect(copied("keyword-value", FULL).text).toBe(
      "host=db.example.com port=6432 user=app password='p@s\\'s' dbname=desk sslmode=require application_name='a b' connect_timeout=10 keepalives=1",
    );
  });

  it("writes a psql command without the password", () => {
    expect(copied("psql", FULL)).toEqual({
      text: "psql 'postgresql://app@db.example.com:6432/desk?sslmode=require&application_name=a%20b&connect_timeout=10&keepalives=1'",
      notes: [
        "psql asks for the password: others can read a command line.",
        "For cmd.exe, put double quotes in place of the single ones.",
      ],
    });
  });

  it("writes asyncpg code", () => {
    expect(copied("asyncpg", FULL)).toEqual({
      text: `import asyncpg

connection = await asyncpg.connect(
    host="db.example.com",
    port=6432,
    user="app",
    password="p@s's",
    database="desk",
    ssl="require",
    timeout=10,
    server_settings={"application_name": "a b"},
)
`,
      notes: ["asyncpg takes no keepalives: left out."],
    });
  });

  it("writes an SQLAlchemy URL, and says what goes beside it", () => {
    expect(copied("sqlalchemy", FULL)).toEqual({
      text: "postgresql+asyncpg://app:p%40s%27s@db.example.com:6432/desk?ssl=require",
      notes: [
        'The URL has no place for these: give create_async_engine connect_args={"timeout": 10, "server_settings": {"application_name": "a b"}}.',
        "asyncpg takes no keepalives: left out.",
      ],
    });
  });

  it("writes a JDBC URL", () => {
    expect(copied("jdbc", FULL)).toEqual({
      text: "jdbc:postgresql://db.example.com:6432/desk?user=app&password=p%40s%27s&sslmode=require&ApplicationName=a%20b&connectTimeout=10&tcpKeepAlive=true",
      notes: [],
    });
  });
});

describe("what a format has no place for", () => {
  const SOCKET = "postgresql://app@/desk?host=/var/run/postgresql&port=5433";
  const SEVERAL = "postgresql://a:1,b:2/desk";
  const FILES = "postgresql://h/desk?sslmode=verify-full&sslrootcert=/my%20ca.pem&sslkey=/k";

  it.each([
    ["asyncpg", SOCKET, 'host="/var/run/postgresql",\n    port=5433,'],
    ["sqlalchemy", SOCKET, "postgresql+asyncpg://app@/desk?host=%2Fvar%2Frun%2Fpostgresql&port=5433"],
    ["jdbc", SOCKET, "jdbc:postgresql://localhost:5433/desk?user=app"],
    ["asyncpg", SEVERAL, 'host=["a", "b"],\n    port=[1, 2],'],
    ["sqlalchemy", SEVERAL, "postgresql+asyncpg:///desk?host=a,b&port=1,2"],
    ["jdbc", SEVERAL, "jdbc:postgresql://a:1,b:2/desk"],
    ["asyncpg", FILES, '"postgresql://?sslrootcert=%2Fmy%20ca.pem&sslkey=%2Fk",\n    host="h",'],
    ["sqlalchemy", FILES, "postgresql+asyncpg://h:5432/desk?ssl=verify-full"],
    ["jdbc", FILES, "?sslmode=verify-full&sslrootcert=%2Fmy%20ca.pem&sslkey=%2Fk"],
    ["sqlalchemy", "postgresql://h/a%3Fb", "postgresql+asyncpg://h:5432/?database=a%3Fb"],
    ["keyword-value", "postgresql://h/d?search_path=a%20b", "options='-c search_path=a\\\\ b'"],
    ["jdbc", "postgresql://h/d?search_path=a%20b", "options=-c%20search_path%3Da%5C%20b"],
    ["asyncpg", "postgresql://h/d?connect_timeout=0", "timeout=None,"],
    ["asyncpg", "postgresql://h/d?sslmode=require&sslnegotiation=direct", "direct_tls=True,"],
    ["asyncpg", "postgresql:///d?hostaddr=10.0.0.1", 'host="10.0.0.1",\n    port=5432,'],
    ["asyncpg", "postgresql:///d?port=5433", "(\n    port=5433,\n"],
  ])("%s carries what it can of %s", (id, string, text) => {
    expect(copied(id, string).text).toContain(text);
  });

  it.each([
    ["jdbc", SOCKET, "JDBC opens no Unix socket"],
    ["jdbc", SOCKET, "JDBC goes to localhost"],
    ["sqlalchemy", SEVERAL, "Several hosts need SQLAlchemy 2.0.18"],
    ["sqlalchemy", FILES, "sslrootcert, sslkey: give an ssl.SSLContext"],
    ["jdbc", FILES, "PKCS#8"],
    ["keyword-value", "postgresql://h/d?pool=5", "libpq takes no pool: left out."],
    ["psql", "postgresql://h/d?sslpassword=s3cret", "sslpassword left out"],
    ["asyncpg", "postgresql://h/d?channel_binding=require", "asyncpg takes no channel_binding: left out."],
    ["asyncpg", "postgresql://h/d?hostaddr=10.0.0.1", "hostaddr left out"],
    ["asyncpg", "postgresql://h/d?target_session_attrs=standby", "target_session_attrs needs asyncpg 0.28 or newer."],
    ["asyncpg", "postgresql://h/d?sslrootcert=system", "asyncpg takes no sslrootcert: left out."],
    ["jdbc", "postgresql://h/d?sslrootcert=system", "JDBC takes no sslrootcert: left out."],
    ["jdbc", "postgresql://h/d?passfile=/p", "JDBC takes no passfile: left out."],
  ])("%s says of %s: %s", (id, string, note) => {
    expect(copied(id, string).notes.join(" ")).toContain(note);
  });
});

it("puts no secret into the psql command", () => {
  const target: Target = {
    hosts: [{ host: "h", port: 5432 }],
    user: "u",
    database: "d",
    sslmode: null,
    parameters: { sslpassword: "s3cret", scram_client_key: "s3cret", oauth_client_secret: "s3cret" },
  };
  const psql = copyFormats.find(({ id }) => id === "psql");
  expect(JSON.stringify(psql?.write(target, new Secret("s3cret").reveal()))).not.toContain("s3cret");
});

it("writes Python's escapes for what cannot be seen", () => {
  expect(pythonString('a"\\\n\u0007\u00a0\u{e0001}é😀 b')).toBe('"a\\"\\\\\\n\\u0007\\u00a0\\U000e0001é😀 b"');
});
