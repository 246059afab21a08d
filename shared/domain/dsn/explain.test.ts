import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain, explainPasted } from "./explain";
import type { Surroundings } from "./surroundings";

describe("explain", () => {
  it("tells what each reader makes of a string", () => {
    const told = explain(
      "postgresql://u:p%40ss@db.example.com/d?connect_timeout=10&application_name=app&sslmode=require",
      {},
      "shown",
    );
    expect(told).toMatchObject({
      ok: true,
      error: null,
      target: {
        hosts: [{ host: "db.example.com", port: 5432 }],
        user: "u",
        password: "p@ss",
        database: "d",
        sslmode: "require",
        parameters: { connect_timeout: "10", application_name: "app" },
      },
      drivers: {
        libpq: {
          ok: true,
          error: null,
          parameters: {
            user: "u",
            password: "p@ss",
            host: "db.example.com",
            dbname: "d",
            connect_timeout: "10",
            application_name: "app",
            sslmode: "require",
          },
        },
        asyncpg: {
          ok: true,
          hosts: [["db.example.com", 5432]],
          user: "u",
          password: "p@ss",
          database: "d",
          sslmode: "require",
          serverSettings: { connect_timeout: "10", application_name: "app" },
        },
      },
      formatted: "postgresql://u:p%40ss@db.example.com:5432/d?sslmode=require&connect_timeout=10&application_name=app",
    });
    expect(told.drivers["node-postgres"].ok).toBe(true);
    expect(told.drivers["node-postgres"].differences.join(" ")).toContain("connect_timeout");
  });

  it("hides secrets unless they are asked for", () => {
    const hidden = explain("postgresql://u:SECRET@h/d?sslpassword=SECRET2&api_token=SECRET3");
    expect(JSON.stringify(hidden)).not.toContain("SECRET");
    expect(hidden.target?.password).toBe("***");
    expect(hidden.drivers.libpq.ok).toBe(false);
    expect(hidden.formatted).toBe("postgresql://u:***@h:5432/d?sslpassword=***&api_token=***");
  });

  it("never shows a password it was not asked for, however the password is written", () => {
    const password = fc
      .array(fc.constantFrom(..."@/?#%:&=[] x'\\,;0"), { maxLength: 8 })
      .map((signs) => `SECRET${signs.join("")}SECRET`);
    const around = fc.constantFrom(
      ...["u:¦@db.example.com:5432/d", "u:¦@h", "u:¦@h:70000/d", "u:¦@h:x/d", "u:¦@h/d%zz", "u:¦@h/d?sslmode=on"],
      ...[
        "u:¦@h/d?foo=bar&connect_timeout=x",
        "u:¦@[::1/d",
        "u:¦@h/d?a",
        "u:¦",
        "u:¦@",
        "¦@h/d",
        "u:¦@h/%ff",
        "u:¦@a,b:1,c:x/d",
      ],
    );
    const start = fc.constantFrom(
      "postgresql://",
      "postgres://",
      " postgresql://",
      "POSTGRES://",
      "postgresql+asyncpg://",
      "postgresql:/",
      "",
    );
    const keywords = fc.constantFrom(
      "host=h password=¦ dbname=d",
      "password='¦' host=h sslmode=on",
      "password=¦",
      "host=h password='¦",
      "password = ¦ x=1",
    );
    const text = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(start, around).map((both) => both.join("")) },
      { weight: 1, arbitrary: keywords },
    );
    fc.assert(
      fc.property(password, text, (secret, frame) => {
        const told = JSON.stringify(explain(frame.replace("¦", () => secret)));
        // A user name alone is no secret, and what stands behind the only @ is a host.
        const isHost = frame.endsWith("u:¦") && secret.includes("@");
        if (!/(?:^|\/)¦@/.test(frame) && !isHost) expect(told).not.toContain("SECRET");
      }),
      { numRuns: 5000 },
    );
  });

  it("hides nothing of a broken string that holds no password, or holds it in its place", () => {
    expect(explain("postgresql://h:70000/d").drivers.asyncpg).toMatchObject({ hosts: [["h", 70000]], database: "d" });
    expect(explain("postgresql://u:p@h/d?sslmode=on").drivers.libpq).toMatchObject({
      parameters: { user: "u", password: "***", host: "h", dbname: "d", sslmode: "on" },
      connectError: "The value of sslmode is not one that libpq takes.",
    });
    expect(explain("postgresql://u@h/d%zz").drivers.asyncpg).toMatchObject({ hosts: [["h", 5432]], database: "d%zz" });
    expect(explain("").drivers.libpq.hosts).toHaveLength(1);
  });

  it("gives the error, and still each reader's own answer, for a string it cannot read", () => {
    const told = explain("postgresql://u@h:70000/d");
    expect(told).toMatchObject({
      ok: false,
      target: null,
      formatted: null,
      error: { id: "read.invalid", position: 17 },
    });
    // Both parsers leave the range of a port to the connection.
    expect(told.drivers.libpq.ok).toBe(true);
    expect(told.drivers.asyncpg.ok).toBe(true);
    expect(told.drivers["node-postgres"].ok).toBe(false);
  });

  it.each([
    ["postgresql://u@h:5432/d?pool=5", { libpq: false, asyncpg: true, "node-postgres": true }],
    ["host=h user=u", { libpq: true, asyncpg: false, "node-postgres": false }],
    ["postgresql://u@a:1,b:2/d", { libpq: true, asyncpg: true, "node-postgres": false }],
    ["postgresql://u@a:1,[::1]:2/d", { libpq: true, asyncpg: false, "node-postgres": false }],
    ["postgresql://u:p#x@h/d", { libpq: true, asyncpg: false, "node-postgres": false }],
    ["postgresql://u@h/d?sslmode=bogus", { libpq: true, asyncpg: false, "node-postgres": true }],
    ["mysql://u@h/d", { libpq: false, asyncpg: false, "node-postgres": false }],
  ])("%s is taken by %j", (text, expected) => {
    const { drivers } = explain(text);
    expect({
      libpq: drivers.libpq.ok,
      asyncpg: drivers.asyncpg.ok,
      "node-postgres": drivers["node-postgres"].ok,
    }).toEqual(expected);
  });

  it("counts PG* variables only when they are handed in, and only where the string says nothing", () => {
    const environment = {
      PGHOST: "envhost",
      PGPORT: "6000",
      PGUSER: "envuser",
      PGPASSWORD: "x",
      PGDATABASE: "envdb",
      PGSSLMODE: "require",
    };
    expect(explain("postgresql:///d").target).toMatchObject({ hosts: [], user: null });
    const told = explain("postgresql://u@/d", environment);
    expect(told.target).toMatchObject({
      hosts: [{ host: "envhost", port: 6000 }],
      user: "u",
      password: "***",
      database: "d",
      sslmode: "require",
    });
    expect(told.drivers.asyncpg).toMatchObject({
      hosts: [["envhost", 6000]],
      user: "u",
      database: "d",
      sslmode: "require",
    });
  });

  it("never throws, whatever the text", () => {
    const signs = fc
      .array(fc.constantFrom(..."://@:/?#[]%&=, '\\\0é😀1a"), { maxLength: 40 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.oneof(
          signs,
          signs.map((rest) => `postgresql://${rest}`),
          signs.map((rest) => `user=${rest}`),
        ),
        (text) => {
          explain(text);
          explain(text, { PGPORT: text, PGHOST: text, PGSSLMODE: text });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(["@", ",", "?a=", "&a=b", "+", "[", "%", " ", "\n"])(
    "explains two hundred kilobytes of %j",
    (unit) => {
      explain(`postgresql://u:${unit.repeat(Math.ceil(200_000 / unit.length))}`);
    },
    60_000,
  );
});

describe("the three readers", () => {
  const surroundings: Surroundings = {
    osUser: "me",
    socketDirectory: "/var/run/postgresql",
    environment: {},
    passfile: {
      path: "/home/me/.pgpass",
      entries: [{ line: 3, host: "h", port: "*", database: "*", user: "me" }],
      brokenLines: [],
      ignored: null,
    },
    services: [
      {
        ...{ name: "app", file: "own", path: "/home/me/.pg_service.conf", line: 1 },
        values: { host: "served", port: "7", sslmode: "verify-full", password: "***" },
      },
    ],
  };

  it("take the account's name where the surroundings tell it, as getpass.getuser() and USER say", () => {
    const users = (environment: Readonly<Record<string, string>>, around: Surroundings | null) => {
      const { libpq, asyncpg, "node-postgres": node } = explain("postgresql://h", environment, "shown", around).drivers;
      return [libpq, asyncpg, node].map(({ user, database }) => [user, database]);
    };
    const unknown = [null, null];
    expect(users({}, null)).toEqual([unknown, unknown, unknown]);
    expect(users({}, surroundings)).toEqual([["me", "me"], ["me", "me"], unknown]);
    expect(users({ USER: "user", LOGNAME: "login" }, surroundings)).toEqual([
      ["me", "me"],
      ["login", "login"],
      ["user", null],
    ]);
    const told = explain("postgresql://u@h", { USER: "user" }, "shown", surroundings).drivers;
    expect(told.asyncpg).toMatchObject({ user: "u", database: "u" });
  });

  it("each say where they connect, as whom, and what they encrypt", () => {
    const {
      libpq,
      asyncpg,
      "node-postgres": nodePostgres,
    } = explain("postgresql://u:p@h/d?sslmode=require&application_name=app", {}, "shown").drivers;
    const common = { hosts: [["h", 5432]], user: "u", database: "d" };
    expect(libpq).toMatchObject({ ...common, passwordFrom: "string", serverSettings: { application_name: "app" } });
    expect(libpq.tls).toMatch(/TLS always; where ~\/.postgresql\/root.crt is there/);
    expect(asyncpg).toMatchObject({ ...common, passwordFrom: "string", serverSettings: { application_name: "app" } });
    expect(asyncpg.tls).toMatch(/verified only where ~\/.postgresql\/root.crt is there/);
    expect(nodePostgres).toMatchObject({ ...common, passwordFrom: "string", settings: { application_name: "app" } });
    expect(nodePostgres.tls).toMatch(/checks the name/);
  });

  it.each([
    ["postgresql://u@h/d?sslmode=disable", /^No TLS\.$/],
    ["postgresql://u@h/d", /where the server offers it/],
    ["postgresql://u@h/d?sslmode=verify-ca&sslrootcert=/ca.pem", /authority in \/ca.pem, its name is not checked/],
    ["postgresql://u@h/d?sslmode=verify-full&sslrootcert=/ca.pem", /authority in \/ca.pem and carry the host's name/],
    ["postgresql://u@h/d?sslmode=require&sslnegotiation=direct", /It begins with TLS at once/],
    ["postgresql://u@%2Ftmp/d?sslmode=require", /never encrypts on a Unix socket/],
  ])("%s: libpq and asyncpg agree about TLS", (text, words) => {
    const { libpq, asyncpg } = explain(text).drivers;
    expect(libpq.tls).toMatch(words);
    expect(asyncpg.tls).toMatch(words);
  });

  it("part where sslrootcert is system: a file of that name for asyncpg", () => {
    const { libpq, asyncpg } = explain("postgresql://u@h/d?sslmode=verify-full&sslrootcert=system").drivers;
    expect(libpq.tls).toContain("the authorities the system trusts");
    expect(asyncpg.tls).toContain("an authority in system");
  });

  it("go where they look by themselves when nothing names a host", () => {
    const { libpq, asyncpg } = explain("postgresql:///d").drivers;
    expect(libpq).toMatchObject({ hosts: [["/var/run/postgresql", 5432]], user: null });
    expect(asyncpg.hosts.map(([host]) => host)).toEqual([
      ...["/run/postgresql", "/var/run/postgresql", "/tmp", "/private/tmp", "localhost"],
    ]);
  });

  it("count service and password file only when they are handed in", () => {
    const without = explain("postgresql://me@h/d").drivers;
    expect([without.libpq.passwordFrom, without.asyncpg.passwordFrom]).toEqual([null, null]);
    const { libpq, asyncpg } = explain("postgresql://me@h/d", {}, "hidden", surroundings).drivers;
    const found = { passwordFrom: "passfile", passwordPlace: "/home/me/.pgpass, line 3" };
    expect(libpq).toMatchObject(found);
    expect(asyncpg).toMatchObject({ ...found, password: "***" });
    const told = explain("postgresql://u@/d?service=app", {}, "hidden", surroundings);
    expect(told.target).toMatchObject({
      hosts: [{ host: "served", port: 7 }],
      password: "***",
      sslmode: "verify-full",
    });
    expect(told.drivers.libpq).toMatchObject({ hosts: [["served", 7]], passwordFrom: "service" });
    expect(told.drivers.asyncpg).toMatchObject({ hosts: [["served", 7]], passwordFrom: "service" });
  });

  it("say what libpq refuses once it connects", () => {
    const { libpq } = explain("postgresql://u@h:5432/d?service=none", {}, "shown", surroundings).drivers;
    expect(libpq).toMatchObject({ ok: true, hosts: [] });
    expect(libpq.connectError).toContain("no service");
    expect(explain("postgresql://u@h:5432/d?service=none").drivers.libpq.connectError).toBeNull();
  });

  it("say which releases take a string otherwise, and nothing where all agree", () => {
    const releases = (text: string) => {
      const { libpq, asyncpg } = explain(text, {}, "shown").drivers;
      return { libpq: libpq.releases, asyncpg: asyncpg.releases };
    };
    expect(releases("postgresql://u:p@h:1/d?sslmode=require")).toEqual({ libpq: [], asyncpg: [] });
    expect(releases("postgresql://u@h/d?target_session_attrs=any").asyncpg).toEqual([
      { releases: ["0.27"], differences: ["sends target_session_attrs to the server as a setting"] },
    ]);
    expect(releases("postgresql:///d?host=a,b&port=7").asyncpg).toEqual([
      {
        releases: ["0.27", "0.28"],
        differences: ["refuses it: InterfaceError: could not match 1 port numbers to 2 hosts"],
      },
      {
        releases: ["0.29", "0.30"],
        differences: ["refuses it: ClientConfigurationError: could not match 1 port numbers to 2 hosts"],
      },
    ]);
    expect(releases("postgresql://u@h/d?sslmode=require&sslnegotiation=direct").libpq).toEqual([
      { releases: ["13", "14", "15", "16"], differences: ["refuses it: a parameter came with libpq 17"] },
    ]);
    expect(releases("postgresql://u@h/d?servicefile=f").libpq).toEqual([
      { releases: ["19"], differences: ["takes it: it knows the parameter"] },
    ]);
    expect(releases("postgresql://u@h/d?tty=x").libpq).toEqual([
      { releases: ["13"], differences: ["takes it: it knows the parameter"] },
    ]);
    expect(releases("postgresql://u@h/d?foo=x").libpq).toEqual([]);
    expect(releases("postgresql://u:p q@h/d").libpq).toEqual([
      { releases: ["13", "14", "15", "16", "17"], differences: ["takes the spaces as they stand"] },
    ]);
    expect(releases("postgresql://u:p @h/d").libpq).toEqual([
      { releases: ["13", "14", "15", "16", "17"], differences: ["keeps the spaces at the ends of a part"] },
    ]);
  });
});

describe("the strings that a broken one may mean", () => {
  const mends = (text: string) => explain(text, {}, "shown").error?.mends;

  it.each([
    ["postgresql://u:p@ss@h/d", "postgresql://u:p%40ss@h/d"],
    ["postgresql+asyncpg://u:p@h/d", "postgresql://u:p@h/d"],
    [" postgresql://h/d", "postgresql://h/d"],
    ["POSTGRES://h/d", "postgres://h/d"],
    ["psql -h h d", "postgresql://h/d"],
  ])("%s means %s", (text, dsn) => {
    expect(mends(text)?.[0]).toEqual({ dsn, title: expect.stringMatching(/^\S.*/) });
  });

  it.each(["postgresql://h:70000/d", "mysql://h/d", "what is this", ""])("%j means none", (text) => {
    expect(mends(text)).toEqual([]);
  });

  it("are not shown where secrets are hidden", () => {
    expect(explain("postgresql://u:p@ss@h/d").error?.mends).toEqual([]);
  });
});

describe("a pasted text", () => {
  it("is read for what it was meant to be, while the drivers answer for what they would be handed", () => {
    const told = explainPasted("export DATABASE_URL='postgresql+asyncpg://u:p@h:5432/d'", {}, "shown");
    expect(told).toMatchObject({ ok: true, error: null, formatted: "postgresql://u:p@h:5432/d" });
    expect(told.warnings[0]).toMatchObject({
      code: "pasted-form",
      message: expect.stringContaining("postgresql+asyncpg:// was written as postgresql://"),
    });
    expect(told.drivers.libpq.ok).toBe(false);
    expect(told.drivers.asyncpg).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^ClientConfigurationError/),
    });
    expect(told.drivers["node-postgres"].ok).toBe(true);
    expect(explainPasted("psql -h h -U u d").drivers.libpq.parameters).toEqual({ host: "h", user: "u", dbname: "d" });
  });

  it("is explained as it stands where it is a string already", () => {
    for (const text of ["postgresql://u:p@h/d?sslmode=require", "host=h user=u", "postgresql://u:p@ss@h/d", "nothing"])
      expect(explainPasted(text, {}, "shown")).toEqual(explain(text, {}, "shown"));
  });

  it("has its error where it stands in the text, about the whole where it was rewritten", () => {
    const text = 'DATABASE_URL="postgresql://u:p@h:70000/d"';
    expect(explainPasted(text).error?.position).toBe(text.indexOf("70000"));
    expect(explainPasted("psql -h h -p 70000 d").error).toMatchObject({ id: "read.invalid", position: null });
  });

  it("never shows a password it was not asked for", () => {
    for (const secret of ["SECRET", "SEC@RET", "SEC/RET", "SEC#RET@"]) {
      const told = JSON.stringify(explainPasted(`export DATABASE_URL="postgresql+asyncpg://u:${secret}@h/d"`));
      expect(told).not.toMatch(/SEC|RET/);
    }
  });
});
