import { describe, expect, it } from "vitest";
import type { Server } from "../server";
import { diagnose } from "./choose";
import type { Failure, WireStep } from "./facts";
import type { LogLook } from "./server-log";
import type { Situation } from "./situation";

const failure = (more: Partial<Failure>): Failure => ({
  sqlstate: null,
  errno: null,
  severity: "FATAL",
  routine: null,
  message: "",
  detail: null,
  ...more,
});

const nothing: Situation["around"] = {
  server: null,
  rivals: [],
  unpublished: null,
  service: null,
  elsewhere: null,
  otherLoopback: null,
  overTcp: null,
  otherWay: null,
  inTheClear: null,
  standby: false,
  heard: "",
  log: null,
  role: null,
  databases: null,
  administrator: null,
  osUser: "somebody",
  mends: [],
};

interface Told {
  readonly rung: Situation["rung"];
  readonly failure: Partial<Failure>;
  readonly around?: Partial<Situation["around"]>;
  readonly steps?: readonly WireStep[];
  readonly endpoint?: Situation["endpoint"];
  readonly fromEnvFile?: boolean;
}

const situation = ({ rung, failure: seen, around, steps = [], endpoint, fromEnvFile = false }: Told): Situation => ({
  target: { hosts: [], user: "app", database: "shop", sslmode: null, parameters: {} },
  endpoint: endpoint ?? { host: "127.0.0.1", port: 5432 },
  user: "app",
  database: "shop",
  sslmode: "prefer",
  passwordGiven: true,
  placeholder: false,
  fromEnvFile,
  rung,
  failure: failure(seen),
  steps,
  around: { ...nothing, ...around },
});

const ids = (told: Told): readonly string[] => {
  const { best, alternatives } = diagnose(situation(told));
  return [best, ...alternatives].map(({ diagnosis }) => `${diagnosis.id} ${diagnosis.confidence}`);
};

const signIn = (more: Partial<Extract<WireStep, { kind: "sign-in" }>> = {}): WireStep => ({
  kind: "sign-in",
  encrypted: false,
  failure: null,
  passwordAsked: false,
  asked: null,
  authenticated: false,
  durationMs: 1,
  afterMs: 0,
  ...more,
});

describe("fields decide before words", () => {
  // Messages as a German server gives them: nothing here may depend on English.
  it.each([
    [
      "authenticate",
      { sqlstate: "28P01", routine: "auth_failed", message: "Passwort-Authentifizierung fehlgeschlagen" },
      "authenticate.password-rejected likely",
    ],
    [
      "database",
      { sqlstate: "3D000", routine: "InitPostgres", message: "Datenbank existiert nicht" },
      "database.missing certain",
    ],
    [
      "database",
      { sqlstate: "42501", routine: "CheckMyDatabase", message: "keine Berechtigung" },
      "database.connect-denied certain",
    ],
    [
      "database",
      { sqlstate: "55000", routine: "CheckMyDatabase", message: "nimmt keine Verbindungen an" },
      "database.not-accepting certain",
    ],
    [
      "database",
      { sqlstate: "53300", routine: "InitializeSessionUserId", message: "zu viele" },
      "server.role-limit certain",
    ],
    [
      "database",
      { sqlstate: "53300", routine: "CheckMyDatabase", message: "zu viele" },
      "server.database-limit certain",
    ],
    [
      "database",
      { sqlstate: "53300", routine: "InitPostgres", message: "reserviert" },
      "server.reserved-slots certain",
    ],
    [
      "authenticate",
      { sqlstate: "53300", routine: "InitProcess", message: "zu viele" },
      "server.too-many-connections certain",
    ],
    [
      "authenticate",
      { sqlstate: "28000", routine: "InitializeSessionUserId", message: "Rolle existiert nicht" },
      "authenticate.role-missing certain",
    ],
    [
      "authenticate",
      { sqlstate: "28000", routine: "ClientAuthentication", message: "kein Eintrag" },
      "authenticate.no-hba-entry likely",
    ],
    [
      "authenticate",
      { sqlstate: "57P03", routine: "ProcessStartupPacket", message: "startet" },
      "server.starting likely",
    ],
  ] as const)("%s %o", (rung, seen, expected) => {
    expect(ids({ rung, failure: seen })[0]).toBe(expected);
  });
});

describe("sign-in", () => {
  it("takes 28000 after a password was asked for a rejected password (LDAP, PAM, RADIUS)", () => {
    const told = {
      rung: "authenticate",
      failure: { sqlstate: "28000", routine: "auth_failed" },
      steps: [signIn({ passwordAsked: true })],
    } as const;
    expect(ids(told)[0]).toBe("authenticate.password-rejected likely");
  });

  it("tells peer on a socket from ident on TCP by the endpoint", () => {
    const seen = { sqlstate: "28000", routine: "auth_failed" };
    expect(ids({ rung: "authenticate", failure: seen, steps: [signIn()] })).toEqual([
      "authenticate.ident-rejected certain",
    ]);
    const endpoint = { socketDirectory: "/run/postgresql", port: 5432 };
    expect(ids({ rung: "authenticate", failure: seen, steps: [signIn()], endpoint })).toEqual([
      "authenticate.peer-rejected certain",
    ]);
  });

  it("never says that encryption is required unless it was seen to be let in encrypted", () => {
    const seen = {
      sqlstate: "28000",
      routine: "ClientAuthentication",
      message: 'no pg_hba.conf entry for host "::1", no encryption',
    };
    const told = { rung: "authenticate", failure: seen, steps: [signIn()] } as const;
    expect(ids(told)).toEqual(["authenticate.no-hba-entry certain"]);
    expect(ids({ ...told, around: { otherWay: "refused" } })).toEqual(["authenticate.no-hba-entry certain"]);
    expect(ids({ ...told, around: { otherWay: "let-in" } })).toEqual(["encrypt.required certain"]);
  });

  it("names .env where the string comes from there", () => {
    const told = {
      rung: "authenticate",
      failure: { sqlstate: "28P01", routine: "auth_failed" },
      fromEnvFile: true,
    } as const;
    expect(diagnose(situation(told)).best.diagnosis.title).toBe(
      "Most likely: the password in .env is not the one the role has",
    );
  });

  it("shows no password in the SQL of its remedies, and quotes the role", () => {
    const { best } = diagnose({
      ...situation({ rung: "authenticate", failure: { sqlstate: "28P01", routine: "auth_failed" } }),
      user: 'we"ird',
    });
    expect(best.diagnosis.remedies[0]?.sql).toEqual([`ALTER ROLE "we""ird" PASSWORD '***'`]);
    const action = best.drafts[0]?.action;
    expect(action?.kind === "sql" && action.statements[0]?.sql("it's")).toBe(`ALTER ROLE "we""ird" PASSWORD 'it''s'`);
  });
});

describe("database", () => {
  it("does not offer to create a database whose files are gone", () => {
    const seen = {
      sqlstate: "3D000",
      routine: "InitPostgres",
      detail: 'The database subdirectory "base/16384" is missing.',
    };
    const { best } = diagnose(situation({ rung: "database", failure: seen }));
    expect(best.diagnosis.id).toBe("database.files-missing");
    expect(best.diagnosis.remedies.flatMap((remedy) => remedy.sql)).toEqual([]);
  });

  it("offers a database whose name differs by case or a dash", () => {
    const told = {
      rung: "database",
      failure: { sqlstate: "3D000", routine: "InitPostgres" },
      around: { databases: ["postgres", "Shop"] },
    } as const;
    expect(diagnose(situation(told)).best.diagnosis.remedies.map((remedy) => remedy.title)[0]).toBe(
      "Use the database Shop",
    );
  });
});

describe("reach", () => {
  const attempt = (address: string, errno: string): WireStep => ({
    kind: "reach",
    attempts: [{ address, port: 5432, errno, durationMs: 1 }],
    answered: null,
    failure: null,
    durationMs: 1,
  });

  it("takes refused on one address and silence on another for refused", () => {
    const steps: readonly WireStep[] = [
      {
        kind: "reach",
        attempts: [
          { address: "::1", port: 5432, errno: "ETIMEDOUT", durationMs: 1 },
          { address: "127.0.0.1", port: 5432, errno: "ECONNREFUSED", durationMs: 1 },
        ],
        answered: null,
        failure: null,
        durationMs: 2,
      },
    ];
    expect(ids({ rung: "reach", failure: { errno: "ETIMEDOUT" }, steps })).toEqual(["reach.refused certain"]);
  });

  it("explains a host with IPv6 only", () => {
    const told = {
      rung: "reach",
      failure: { errno: "ENETUNREACH" },
      steps: [attempt("2001:db8::1", "ENETUNREACH")],
    } as const;
    const { best } = diagnose(situation(told));
    expect(best.diagnosis.id).toBe("reach.unreachable");
    expect(best.diagnosis.explanation).toContain("IPv6");
  });

  it("tells what it sees where no rule fits", () => {
    const { best } = diagnose(
      situation({ rung: "authenticate", failure: { sqlstate: "F0000", message: "could not load pg_hba.conf" } }),
    );
    expect(best.diagnosis).toMatchObject({
      id: "authenticate.failed",
      explanation: "could not load pg_hba.conf",
      sqlstate: "F0000",
    });
  });
});

describe("resolve", () => {
  it("suspects the password before the name when encoding it would read well", () => {
    const told = {
      rung: "resolve",
      failure: { errno: "ENOTFOUND" },
      endpoint: { host: "ss@db", port: 5432 },
      around: { mends: [{ dsn: "postgresql://a:p%40ss@db/x", title: "Encode" }] },
    } as const;
    expect(ids(told)).toEqual(["read.unencoded-credentials likely", "resolve.not-found possible"]);
  });

  it("knows that .invalid never exists, whatever a resolver without a network says", () => {
    expect(
      ids({ rung: "resolve", failure: { errno: "EAI_AGAIN" }, endpoint: { host: "db.invalid", port: 1 } }),
    ).toEqual(["resolve.not-found certain"]);
    expect(
      ids({ rung: "resolve", failure: { errno: "EAI_AGAIN" }, endpoint: { host: "db.example", port: 1 } }),
    ).toEqual(["resolve.temporary certain"]);
  });
});

describe("what detection knows", () => {
  const server = (more: Partial<Server>): Server => ({
    id: "docker:db",
    origin: "docker",
    label: "Docker · db",
    version: "17",
    state: "stopped",
    endpoints: [{ host: "127.0.0.1", port: 5432 }],
    dataDirectory: null,
    reason: null,
    actions: [],
    startCommand: null,
    canStart: false,
    credentialsKnown: true,
    ...more,
  });
  const refused = { rung: "reach", failure: { errno: "ECONNREFUSED" } } as const;

  it.each([
    [{ state: "broken", cause: "incompatible-data" }, "install.incompatible-data certain"],
    [{ state: "broken", cause: "stale-pid-file" }, "install.stale-pid certain"],
    [{ state: "broken", cause: "failed-start" }, "install.failed-start certain"],
    [{ state: "uninitialised" }, "install.not-initialised certain"],
    [{ state: "stopped", cause: "port-taken" }, "install.port-taken certain"],
    [{ state: "stopped" }, "reach.server-stopped certain"],
    [{ state: "paused" }, "reach.server-stopped certain"],
  ] as const)("%o", (more, expected) => {
    expect(ids({ ...refused, around: { server: server(more) } })[0]).toBe(expected);
  });

  it("knows a container by the name that only other containers resolve, and where it is from here", () => {
    const service = server({ label: "Docker · shop/db", endpoints: [{ host: "127.0.0.1", port: 5455 }] });
    for (const errno of ["ENOTFOUND", "EAI_AGAIN"]) {
      const told = { rung: "resolve", failure: { errno }, endpoint: { host: "db", port: 5432 } } as const;
      const { best, alternatives } = diagnose(situation({ ...told, around: { service } }));
      expect({ best: best.diagnosis, alternatives }).toMatchObject({
        best: {
          id: "resolve.not-found",
          confidence: "certain",
          explanation: expect.stringContaining("Docker · shop/db is called so inside its network"),
          remedies: [{ id: "use-published", title: "Use 127.0.0.1:5455", kind: "edit" }, { id: "look-up" }],
        },
        alternatives: [],
      });
      const hidden = diagnose(situation({ ...told, around: { service: { ...service, endpoints: [] } } })).best
        .diagnosis;
      expect(hidden.explanation).toContain("It publishes no port");
      expect(hidden.remedies.map(({ id }) => id)).toEqual(["look-up"]);
    }
  });

  it("does not think that a server has stopped which answers at its other address", () => {
    const otherLoopback = { host: "::1", port: 5432 };
    const running = { state: "running", dataDirectory: "/data", endpoints: [otherLoopback] } as const;
    expect(ids({ ...refused, around: { server: server(running), otherLoopback } })).toEqual([
      "reach.other-loopback certain",
      "reach.refused possible",
    ]);
    expect(ids({ ...refused, around: { server: server(running) } })[0]).toBe("reach.server-stopped likely");
  });

  it("names a server that no installation explains by its address", () => {
    const bare = { origin: "listener", label: "On port 5432", state: "running", dataDirectory: "/data" } as const;
    const { title } = diagnose(situation({ ...refused, around: { server: server(bare) } })).best.diagnosis;
    expect(title).toBe("PostgreSQL at 127.0.0.1:5432 has stopped");
  });

  it("thinks of a container that publishes no port where nothing listens", () => {
    const unpublished = server({ state: "unreachable", cause: "port-not-published", endpoints: [] });
    expect(ids({ ...refused, around: { unpublished } })).toEqual([
      "reach.not-published likely",
      "reach.refused possible",
    ]);
    const elsewhere = { endpoint: { host: "127.0.0.1", port: 5433 }, label: "PostgreSQL" };
    expect(ids({ ...refused, around: { unpublished, elsewhere } })[0]).toBe("reach.wrong-port likely");
  });

  it("offers to start what an unclean end left, and never to delete its file", () => {
    const stale = server({ state: "broken", cause: "stale-pid-file", actions: ["start"], canStart: true });
    const { best } = diagnose(situation({ ...refused, around: { server: stale } }));
    expect(best.drafts.map(({ action }) => action.kind)).toEqual(["start"]);
    expect(JSON.stringify(best.diagnosis)).not.toMatch(/delete|\brm\b|remove/i);
  });

  it("names a paused container behind a silent port", () => {
    const steps: readonly WireStep[] = [{ kind: "speak", answer: "silent", bytes: "", failure: null, durationMs: 1 }];
    const paused = server({ state: "paused", startCommand: "docker unpause db" });
    const told = { rung: "speak", failure: { errno: "ETIMEDOUT" }, steps, around: { server: paused } } as const;
    const { diagnosis } = diagnose(situation(told)).best;
    expect(diagnosis).toMatchObject({ id: "speak.silent", title: "Docker · db is paused" });
    expect(diagnosis.remedies[0]?.commands).toEqual(["docker unpause db"]);
  });

  it("thinks of another server on the port after the password, and says what would tell", () => {
    const told = {
      rung: "authenticate",
      failure: { sqlstate: "28P01", routine: "auth_failed" },
      around: { server: server({ state: "running" }), rivals: [server({ id: "apt:15/main", cause: "port-taken" })] },
    } as const;
    expect(ids(told)).toEqual([
      "authenticate.password-rejected likely",
      "authenticate.role-missing possible",
      "install.port-taken possible",
    ]);
    const other = diagnose(situation(told)).alternatives[1];
    expect(other?.diagnosis.explanation).toContain("SHOW data_directory");
  });
});

describe("what the server's log knows", () => {
  const refusal = { rung: "authenticate", failure: { sqlstate: "28P01", routine: "auth_failed" } } as const;
  const log = (reason: LogLook["reason"]): LogLook => ({ file: "/var/log/pg.log", reason, hbaLine: 9, standby: false });

  it("makes one certain cause of five", () => {
    expect(ids({ ...refusal, around: { log: log("mismatch") } })).toEqual(["authenticate.password-rejected certain"]);
    expect(ids({ ...refusal, around: { log: log("role-missing") } })).toEqual(["authenticate.role-missing certain"]);
    expect(ids({ ...refusal, around: { log: log("expired") } })).toEqual(["authenticate.password-rejected certain"]);
  });

  it("is quoted with its place and the line of pg_hba.conf", () => {
    const { diagnosis } = diagnose(situation({ ...refusal, around: { log: log("no-scram-secret") } })).best;
    expect(diagnosis.title).toBe("The password of app is stored as MD5, and the server asks for SCRAM");
    expect(diagnosis.explanation).toContain("/var/log/pg.log");
    expect(diagnosis.explanation).toContain("Line 9 of pg_hba.conf");
  });

  it("tells a closed standby of PostgreSQL 13 from a server that starts", () => {
    const starting = {
      rung: "authenticate",
      failure: { sqlstate: "57P03", message: "the database system is starting up" },
    } as const;
    expect(ids(starting)).toEqual(["server.starting likely", "server.recovering possible"]);
    expect(ids({ ...starting, around: { log: { ...log(null), standby: true } } })).toEqual([
      "server.recovering certain",
    ]);
    expect(ids({ ...starting, around: { standby: true } })).toEqual(["server.recovering certain"]);
  });

  it("does not take a standby that is still catching up for one that is closed", () => {
    const title = (message: string): string =>
      diagnose(situation({ rung: "authenticate", failure: { sqlstate: "57P03", message }, around: { standby: true } }))
        .best.diagnosis.title;
    const closed = "The server is a standby that lets nobody in";
    expect(title("the database system is not yet accepting connections")).toBe(`${closed} yet`);
    expect(title("the database system is starting up")).toBe(`${closed} yet`);
    expect(title("the database system is not accepting connections")).toBe(closed);
  });
});

describe("poolers", () => {
  const said = (message: string, sqlstate = "08P01") => ({
    rung: "authenticate" as const,
    failure: { sqlstate, routine: null, message },
  });

  it.each([
    ["no such database: shop", "pooler.no-such-database certain"],
    ["no such user: app", "pooler.no-such-user certain"],
    ["SASL authentication failed", "pooler.login-failed likely"],
    ['password authentication failed for user "app"', "pooler.login-failed certain"],
    ["server login has been failing, try again later (server_login_retry)", "pooler.login-failed certain"],
    [
      "server login has been failing, cached error: connect failed (server_login_retry)",
      "pooler.server-unreachable certain",
    ],
    ["query_wait_timeout", "pooler.wait-timeout likely"],
    ["unsupported startup parameter: options", "pooler.unsupported-parameter certain"],
    ["no more connections allowed (max_client_conn)", "server.too-many-connections certain"],
    ['database "gone" does not exist', "database.missing certain"],
  ])("%s", (message, expected) => {
    expect(ids(said(message))[0]).toBe(expected);
  });

  it.each([
    ["sorry, too many clients already", "08P01", "server.too-many-connections"],
    ["sorry, too many clients already", "53300", "server.too-many-connections"],
    ["tut mir leid, schon zu viele Verbindungen", "08P01", "server.too-many-connections"],
    ["remaining connection slots are reserved for superusers", "08P01", "server.reserved-slots"],
    ['too many connections for role "app"', "53300", "server.role-limit"],
    ['too many connections for database "app"', "08P01", "server.database-limit"],
    ["permission denied for database shop", "42501", "database.connect-denied"],
    ['database "off" is not currently accepting connections', "08P01", "database.not-accepting"],
    ["the database system is shutting down", "08P01", "server.stopping"],
    ["SSL required", "08P01", "encrypt.required"],
    ["login rejected", "08P01", "authenticate.hba-rejects"],
    ['database "app" is disabled', "08P01", "pooler.disabled"],
  ])("passes on %s (%s) without taking it for its own sign-in", (message, sqlstate, id) => {
    expect(ids(said(message, sqlstate))).toEqual([`${id} certain`]);
  });

  it("does not call certain what it does not know", () => {
    expect(ids(said("something new"))).toEqual(["pooler.login-failed likely"]);
  });

  it("are not seen in what a server says itself", () => {
    const own = { ...said("no such database: x"), failure: { sqlstate: "08P01", routine: "ProcessStartupPacket" } };
    expect(ids(own)).toEqual(["authenticate.failed certain"]);
  });
});
