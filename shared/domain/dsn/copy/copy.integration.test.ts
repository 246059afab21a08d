import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type Endpoint, isSocket } from "../../endpoint";
import { SSLMODES, type Target } from "../../target";
import { asyncpgCode } from "./asyncpg-code";
import { jdbc } from "./jdbc";
import { ASYNCPG_CODE, JDBC, LIBPQ, SQLALCHEMY, WORDS } from "./judges.fixture";
import { keywordValue } from "./keyword-value";
import { psql } from "./psql";
import { SIGNS, settingsOf, without } from "./signs.fixture";
import { sqlalchemy } from "./sqlalchemy";
import { uri } from "./uri";

/** Runs a judge over all texts in one process: one JSON line in, one JSON line out. No PG* variable reaches it. */
function judge<Answer>(command: string, args: readonly string[], lines: readonly unknown[]): readonly Answer[] {
  const home = mkdtempSync(join(tmpdir(), "copy-judge-"));
  try {
    const run = spawnSync(command, args, {
      input: lines.map((line) => JSON.stringify(line)).join("\n"),
      env: { PATH: "/usr/bin:/bin", HOME: home, USER: "os-user", LOGNAME: "os-user", LC_ALL: "C.UTF-8" },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr}`);
    return run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Answer);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const PYTHON = "/usr/bin/python3";
const hasPython = (modules: string) => spawnSync(PYTHON, ["-c", `import ${modules}`], { stdio: "ignore" }).status === 0;
const JDBC_JAR = "/usr/share/java/postgresql.jar";
const hasJdbc = existsSync(JDBC_JAR) && spawnSync("javac", ["-version"], { stdio: "ignore" }).status === 0;

const text = fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 8 }).map((signs) => signs.join(""));
const port = fc.integer({ min: 1, max: 65535 });
const tcp = fc.record({
  host: fc.constantFrom("localhost", "db.example.com", "127.0.0.1", "::1", "fe80::1%eth0", "2001:db8::1", "my_host"),
  port,
});
const socket = fc.record({ socketDirectory: fc.constantFrom("/var/run/postgresql", "/tmp/a b", "/tmp/%41+é'"), port });
const endpoint: fc.Arbitrary<Endpoint> = fc.oneof({ arbitrary: tcp, weight: 4 }, { arbitrary: socket, weight: 1 });
const parameters = fc.record(
  {
    application_name: text,
    search_path: text,
    options: fc.constantFrom("-c geqo=off", "-c work_mem=8MB -c jit=off"),
    connect_timeout: fc.constantFrom("10", "0", "-1"),
    fallback_application_name: text,
    target_session_attrs: fc.constantFrom("read-write", "standby"),
    keepalives: fc.constantFrom("0", "1"),
    passfile: text.map((name) => `/nowhere/${name}`),
    pool: text,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const credentials = fc.record({
  target: fc.record({
    hosts: fc.array(endpoint, { minLength: 1, maxLength: 3 }),
    user: fc.option(text, { nil: null }),
    database: fc.option(text, { nil: null }),
    sslmode: fc.option(fc.constantFrom(...SSLMODES), { nil: null }),
    parameters,
  }),
  password: fc.option(text, { nil: null }),
});

interface Case {
  readonly target: Target;
  readonly password: string | null;
}

/** Every special sign alone in each part, then mixed. */
const alone: readonly Case[] = SIGNS.map((sign) => ({
  target: {
    hosts: [{ host: "h", port: 5432 }],
    user: sign,
    database: sign,
    sslmode: "require",
    parameters: { application_name: sign },
  },
  password: sign,
}));
const cases: readonly Case[] = [...alone, ...fc.sample(credentials, { seed: 61, numRuns: 1000 })];
const nameOf = (one: Endpoint): string => (isSocket(one) ? one.socketDirectory : one.host);
/** What libpq should read; `pool` is nobody's, and search_path goes to the server inside options. */
function asLibpqReads({ target, password }: Case): unknown {
  const { pool, search_path, options, ...rest } = target.parameters;
  return {
    ...without({ user: target.user, password, dbname: target.database, sslmode: target.sslmode }, null),
    host: target.hosts.map(nameOf).join(","),
    port: target.hosts.map((one) => one.port).join(","),
    settings: { ...settingsOf(options ?? ""), ...without({ search_path }, undefined) },
    ...rest,
  };
}

const withSettings = ({ options, ...rest }: Readonly<Record<string, string>>): unknown => ({
  ...rest,
  settings: settingsOf(options ?? ""),
});

describe.skipIf(!hasPython("psycopg"))("read by libpq (needs python3-psycopg)", () => {
  it("keyword/value says the same", () => {
    const answers = judge<Readonly<Record<string, string>>>(
      PYTHON,
      ["-c", LIBPQ],
      cases.map(({ target, password }) => keywordValue.write(target, password).text),
    );
    answers.forEach((answer, index) => {
      expect(withSettings(answer)).toEqual(asLibpqReads(cases[index] as Case));
    });
  });

  it("the URI says the same, as long as libpq knows its parameters", () => {
    const known = cases.map(({ target, password }) => {
      const { pool, search_path, ...parameters } = target.parameters;
      return { target: { ...target, parameters }, password };
    });
    const answers = judge<Readonly<Record<string, string>>>(
      PYTHON,
      ["-c", LIBPQ],
      known.map(({ target, password }) => uri.write(target, password).text),
    );
    answers.forEach((answer, index) => {
      expect(withSettings(answer)).toEqual(asLibpqReads(known[index] as Case));
    });
  });

  it("the psql command is two words in bash and dash, and all but the password", () => {
    const some = cases.slice(0, 300);
    const texts = some.map(({ target, password }) => psql.write(target, password).text);
    const words = judge<readonly string[]>(PYTHON, ["-c", WORDS], texts);
    expect(new Set(words.map(([program, , ...more]) => `${program} ${more.length}`))).toEqual(new Set(["psql 0"]));
    const answers = judge<Readonly<Record<string, string>>>(
      PYTHON,
      ["-c", LIBPQ],
      words.map(([, string]) => string),
    );
    answers.forEach((answer, index) => {
      expect(withSettings(answer)).toEqual(asLibpqReads({ target: (some[index] as Case).target, password: null }));
    });
  });
});

interface AsyncpgAnswer {
  readonly addrs: readonly (string | readonly [string, number])[];
  readonly dsn: string | null;
  readonly [name: string]: unknown;
}

/** What asyncpg should be told by arguments. */
function asAsyncpgIsTold({ target, password }: Case): unknown {
  const { application_name, fallback_application_name, search_path, options } = target.parameters;
  const { connect_timeout, target_session_attrs } = target.parameters;
  const timeout = Number(connect_timeout);
  const user = target.user ?? "os-user";
  return {
    addrs: target.hosts.map((one) =>
      isSocket(one) ? `${one.socketDirectory}/.s.PGSQL.${one.port}` : [one.host, one.port],
    ),
    user,
    password,
    database: target.database ?? user,
    ssl: target.sslmode ?? "disable",
    timeout: connect_timeout === undefined ? 60 : timeout > 0 ? timeout : null,
    settings: without(
      { application_name: application_name ?? fallback_application_name, search_path, options },
      undefined,
    ),
    newer: without({ target_session_attrs }, undefined),
    direct: false,
    dsn: null,
  };
}

describe.skipIf(!hasPython("asyncpg"))("read by asyncpg (needs python3-asyncpg)", () => {
  it("the code is Python and passes the same", () => {
    const answers = judge<AsyncpgAnswer>(
      PYTHON,
      ["-c", ASYNCPG_CODE],
      cases.map(({ target, password }) => asyncpgCode.write(target, password).text),
    );
    answers.forEach((answer, index) => {
      expect({ ...answer, ssl: answer.ssl ?? "disable" }).toEqual(asAsyncpgIsTold(cases[index] as Case));
    });
  });
});

describe.skipIf(!hasPython("asyncpg, sqlalchemy"))(
  "read by SQLAlchemy (needs python3-sqlalchemy, python3-asyncpg)",
  () => {
    it("the URL passes the same to asyncpg, but for what its notes name", () => {
      // 1.4 takes one host only; the notes say so.
      const single = cases.filter(({ target }) => target.hosts.length === 1);
      expect(single.length).toBeGreaterThan(300);
      const answers = judge<AsyncpgAnswer>(
        PYTHON,
        ["-c", SQLALCHEMY],
        single.map(({ target, password }) => sqlalchemy.write(target, password).text),
      );
      answers.forEach((answer, index) => {
        const one = single[index] as Case;
        const { passfile, target_session_attrs } = one.target.parameters;
        const carried = without({ passfile, target_session_attrs }, undefined) as Readonly<Record<string, string>>;
        const told = asAsyncpgIsTold({ ...one, target: { ...one.target, parameters: carried } });
        expect({ ...answer, ssl: answer.ssl ?? "disable" }).toEqual(told);
      });
    });
  },
);

describe.skipIf(!hasJdbc)("read by pgjdbc (needs a JDK and libpostgresql-jdbc-java)", () => {
  const folder = mkdtempSync(join(tmpdir(), "copy-jdbc-"));
  const source = join(folder, "Judge.java");
  writeFileSync(source, JDBC);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("the URL says the same, but for what its notes name", () => {
    const answers = judge<Readonly<Record<string, string>>>(
      "java",
      ["-cp", JDBC_JAR, source],
      cases.map(({ target, password }) => jdbc.write(target, password).text),
    );
    answers.forEach((answer, index) => {
      const { target, password } = cases[index] as Case;
      const { application_name, connect_timeout, search_path, options } = target.parameters;
      const { PGHOST, PGPORT, PGDBNAME, user, options: told, ...rest } = answer;
      const hosts = target.hosts.flatMap((one) => (isSocket(one) ? [] : [one]));
      const [first] = target.hosts;
      const attributes: Readonly<Record<string, string>> = { "read-write": "primary", standby: "secondary" };
      expect({ PGHOST, PGPORT, user: user ?? null, rest, settings: settingsOf(told ?? "") }).toEqual({
        PGHOST: hosts.map(({ host }) => (host.includes(":") ? `[${host}]` : host)).join(",") || "localhost",
        PGPORT: hosts.map((one) => one.port).join(",") || String(first?.port),
        user: target.user,
        rest: without(
          {
            password: password ?? undefined,
            sslmode: target.sslmode ?? undefined,
            ApplicationName: application_name,
            connectTimeout: connect_timeout === "-1" ? "0" : connect_timeout,
            targetServerType: attributes[target.parameters.target_session_attrs ?? ""],
            tcpKeepAlive: target.parameters.keepalives && String(target.parameters.keepalives === "1"),
          },
          undefined,
        ),
        settings: { ...settingsOf(options ?? ""), ...without({ search_path }, undefined) },
      });
      expect(PGDBNAME ?? null).toBe(target.database ?? target.user);
    });
  });
});
