import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainError, type Recognition, recogniseError } from ".";
import { FAMILIES } from "./rules";
import { UNRELATED } from "./unrelated.fixture";
import { WORDS } from "./words";

const idOf = (text: string): string | null => {
  const recognised = recogniseError(text);
  return recognised.kind === "recognised" ? recognised.id : null;
};

const recognised = (text: string): Recognition => {
  const found = recogniseError(text);
  if (found.kind !== "recognised") throw new Error("it is not recognised");
  return found;
};

const REFUSED = 'FATAL:  password authentication failed for user "app"';

describe("texts about something else", () => {
  it.each(Object.entries(UNRELATED))("%s: not recognised", (_, text) => {
    expect(idOf(text)).toBeNull();
  });

  it("are at least thirty", () => {
    expect(Object.keys(UNRELATED).length).toBeGreaterThanOrEqual(30);
  });
});

describe("wrapping", () => {
  const message = `psql: error: connection to server at "db.example.com" (10.0.0.5), port 5432 failed: ${REFUSED}`;
  it.each([
    ["Windows line ends", `one\r\n${message}\r\ntwo\r\n`],
    ["colours", `\u001b[31mpsql: error:\u001b[0m connection to server failed: \u001b[1m${REFUSED}\u001b[0m`],
    ["a quoted mail", `> > ${message}\n> `],
    ["a Markdown fence", `\`\`\`text\n${message}\n\`\`\``],
    ["docker compose", `db-1  | 2026-11-23 04:51:27.000 UTC [71] ${REFUSED}`],
    ["docker-compose 1", `db_1  | ${REFUSED}`],
    ["journald", `Nov 23 04:51:27 desk postgres[123]: ${REFUSED}`],
    ["journald of a Debian cluster", `Nov 23 04:51:27 desk postgresql@15-main[123]: ${REFUSED}`],
    ["CRI", `2026-11-23T04:51:27.123456789Z stderr F ${REFUSED}`],
    ["JSON of an app", JSON.stringify({ level: "error", err: { stack: `Error\n${REFUSED}\n    at x` } })],
    ["JSON behind a prefix", `api-1 | ${JSON.stringify({ message: REFUSED })}`],
    [
      "JSON that was cut off",
      `{"level":"error","stack":"Traceback\\nasyncpg: ${REFUSED.replaceAll('"', '\\"')}\\n  File`,
    ],
    ["a text cut off in the middle", message.slice(0, -8)],
    ["a line of 100,000 characters", `${"x ".repeat(50_000)}${message}`],
  ])("%s does not hide it", (_, text) => {
    expect(idOf(text)).toBe("authenticate.password-rejected");
  });

  it("a statement that holds the words of an error is no error", () => {
    expect(idOf(`2026-11-23 04:51:27 UTC [7] STATEMENT:  SELECT '${REFUSED.replaceAll("'", "")}'`)).toBeNull();
  });
});

describe("which of several errors", () => {
  it("the last attempt is not always the cause: what came furthest is", () => {
    const attempts = [
      `psql: error: connection to server at "::1", port 5432 failed: Connection refused`,
      `connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "app"`,
      `connection to server at "127.0.0.1", port 5432 failed: FATAL:  no pg_hba.conf entry for host "127.0.0.1", user "app", database "app", no encryption`,
    ].join("\n");
    const { id, alternatives } = recognised(attempts);
    expect(id).toBe("authenticate.password-rejected");
    expect(alternatives.map((one) => one.id)).toContain("encrypt.required");
  });

  it("in a log the latest entry counts", () => {
    const log = [
      `2026-11-23 04:00:00 UTC [1] FATAL:  database "app" does not exist`,
      `2026-11-23 05:00:00 UTC [2] FATAL:  sorry, too many clients already`,
    ].join("\n");
    expect(idOf(log)).toBe("server.too-many-connections");
  });

  it("an entry of csvlog ends where it ends, whatever is as wide as it", () => {
    const entry =
      '2026-11-23 05:23:45.144 UTC,"app","app",19016,"127.0.0.1:43574",6b03cde1.4a48,1,"CREATE TABLE",2026-11-23 05:23:45 UTC,3/54,0,ERROR,25006,"cannot execute CREATE TABLE in a read-only transaction",,,,,,,,,"","client backend",,0';
    expect(
      idOf(`${entry}\nnode:internal/process/promises:391\nerror: database "shop" does not exist\n    code: '3D000'`),
    ).toBe("database.missing");
  });

  it("another role that is missing does not explain a refused password", () => {
    const log = [
      `2026-11-23 04:00:00.000 UTC [7] FATAL:  password authentication failed for user "ghost"`,
      `2026-11-23 04:00:00.000 UTC [7] DETAIL:  Role "ghost" does not exist.`,
      `2026-11-23 05:00:00.000 UTC [9] FATAL:  password authentication failed for user "app"`,
    ].join("\n");
    expect(idOf(log)).toBe("authenticate.password-rejected");
  });

  it("a server that did not start explains a client that is refused", () => {
    const log = [
      "db-1   | 2026-11-23 04:00:00.000 UTC [1] FATAL:  database files are incompatible with server",
      "db-1   | 2026-11-23 04:00:00.000 UTC [1] DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version 17.2.",
      "app-1  | 2026-11-23 04:00:03 asyncpg ConnectionRefusedError: [Errno 111] Connect call failed ('172.18.0.2', 5432)",
    ].join("\n");
    const { id, alternatives } = recognised(log);
    expect([id, ...alternatives.map((one) => one.id)]).toEqual(["install.incompatible-data", "reach.refused"]);
  });

  it("the server's log names the true reason of a refused password, and the rule", () => {
    const text = [
      `2026-11-23 04:00:00.000 UTC [7] ghost@app FATAL:  password authentication failed for user "ghost"`,
      `2026-11-23 04:00:00.000 UTC [7] ghost@app DETAIL:  Role "ghost" does not exist.`,
      `\tConnection matched file "/etc/postgresql/17/main/pg_hba.conf" line 117: "host all all all scram-sha-256"`,
    ].join("\n");
    const found = recognised(text);
    expect(found).toMatchObject({ id: "authenticate.role-missing", confidence: "certain", sqlstate: "28P01" });
    expect(found.names).toMatchObject({ user: "ghost", ruleLine: "117" });
    expect(explainError(text)).toMatchObject({
      diagnosis: { explanation: expect.stringContaining("Line 117 of pg_hba.conf") },
    });
  });

  it("a code speaks where the language is unknown", () => {
    expect(recognised("Npgsql.PostgresException (SQLSTATE 3D000): ბაზა არ არსებობს")).toMatchObject({
      id: "database.missing",
      sqlstate: "3D000",
    });
  });
});

describe("the string in the text", () => {
  it("is found in a frame of a traceback, hidden where it is shown", () => {
    const { dsn, shownDsn, quoted } = recognised(
      `    connection = await asyncpg.connect("postgresql+asyncpg://app:s3cret@db.example.com/app")\nasyncpg.exceptions.InvalidPasswordError: password authentication failed for user "app"`,
    );
    expect(dsn).toBe("postgresql://app:s3cret@db.example.com/app");
    expect(shownDsn).not.toContain("s3cret");
    expect(quoted).not.toContain("s3cret");
  });

  it("names what the error leaves open", () => {
    const found = recognised(
      "postgresql://app@h:5433/d\nasyncpg.exceptions.TooManyConnectionsError: sorry, too many clients already",
    );
    expect(found.names).toMatchObject({ user: "app", host: "h", port: 5433, database: "d" });
  });

  it.each(["postgresql://app:***@h/d", "postgresql://app:[YOUR-PASSWORD]@h/d", "postgresql://app:xxxx@h/d"])(
    "%s cannot be tried, so it is none",
    (dsn) => {
      expect(recognised(`${dsn}\n${REFUSED}`).dsn).toBeNull();
    },
  );

  it("is handed on from a text that is not recognised", () => {
    expect(recogniseError("it fails with postgres://app@localhost/app, why?")).toEqual({
      kind: "not-recognised",
      dsn: "postgres://app@localhost/app",
      shownDsn: "postgres://app@localhost/app",
    });
  });
});

describe("secrets", () => {
  const SECRET = "c4nary-S3cret";
  it.each([
    `could not connect to postgresql://app:${SECRET}@h:5432/d: ${REFUSED}`,
    `psql: error: could not translate host name "${SECRET}@db.example.com" to address: Name or service not known`,
    `connect(host=h user=app password=${SECRET}) failed: ${REFUSED}`,
    `PGPASSWORD=${SECRET} psql: ${REFUSED}`,
    `{"password": "${SECRET}", "message": "sorry, too many clients already"`,
    `invalid port number: "${SECRET}"`,
    `ERROR:  permission denied to create role; ALTER ROLE app PASSWORD '${SECRET}'`,
    `host=h password='two ${SECRET}' user=app: ${REFUSED}`,
    `PGPASSWORD="two ${SECRET}" psql: ${REFUSED}`,
    `POSTGRES_PASSWORD: ${SECRET} ${REFUSED}`,
    `app:${SECRET}@db.example.com:5432/shop: ${REFUSED}`,
    `postgresql://app:two ${SECRET}@h/d: ${REFUSED}`,
    `postgresql%3A%2F%2Fapp%3A${SECRET}%40h: ${REFUSED}`,
    `invalid integer value "${SECRET}@db.example.com:5432" for connection option "port"`,
    `Authorization: Bearer ${SECRET}x ${REFUSED}`,
    `psql --password ${SECRET}: ${REFUSED}`,
    `ALTER ROLE app WITH ENCRYPTED PASSWORD E'${SECRET}': ${REFUSED}`,
    `AWS_SECRET_ACCESS_KEY=${SECRET} ${REFUSED}`,
    `SCRAM-SHA-256$4096:${SECRET}$a:b ${REFUSED}`,
    `'postgres://app:x@h' : missing "=" after "${SECRET}" in connection info string`,
    `invalid dsn: missing "=" after "postgres//app:${SECRET}@h/d" in connection info string`,
  ])("%s: not in what is quoted or said", (text) => {
    const { dsn: _, ...shown } = explainError(text);
    expect(shown.kind).toBe("recognised");
    expect(JSON.stringify(shown)).not.toContain(SECRET);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    REFUSED,
    "Traceback (most recent call last):\n",
    '{"message":"',
    "\u001b[31m",
    "\n",
    "\r\n",
    '"',
    "2026-11-23 04:00:00.000 UTC,",
    "postgresql://a:b@",
    "connection to server at ",
    "host=h user=u ",
    "P1001",
    "code: '28P01'",
    "routine: 'auth_failed'",
  );

  it("never throws, and says what it says of known ids only", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), pieces), { maxLength: 30 }), (parts) => {
        const found = recogniseError(parts.join(""));
        if (found.kind === "recognised") expect(WORDS).toHaveProperty([found.id]);
      }),
      { numRuns: 500 },
    );
  });

  it("a message is found wherever it stands among other lines", () => {
    const noise = fc.array(fc.stringMatching(/^[a-z ,.]{0,60}$/), { maxLength: 20 });
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        expect(idOf([...before, `psql: error: ${REFUSED}`, ...after].join("\n"))).toBe(
          "authenticate.password-rejected",
        );
      }),
    );
  });
});

it("every id that a rule can name has its words", () => {
  const ids = FAMILIES.flat().flatMap(({ id, also = [] }) => [id, ...also]);
  for (const id of new Set(ids)) {
    const words = WORDS[id];
    expect(words, id).toBeDefined();
    const names = { host: null, port: null, user: null, database: null, schema: null, parameter: null, ruleLine: null };
    expect(`${words?.title(names)} ${words?.explanation(names)}`, id).not.toMatch(/null|undefined|!/);
  }
});
