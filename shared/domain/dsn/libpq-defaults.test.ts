import { describe, expect, it } from "vitest";
import { type LibpqUse, libpqDefaults } from "./libpq-defaults";
import { readAsLibpq } from "./read-values";
import type { Surroundings } from "./surroundings";

const NOTHING: Surroundings = {
  osUser: "me",
  socketDirectory: "/var/run/postgresql",
  environment: {},
  passfile: null,
  services: [],
};

const SERVICE = { name: "app", file: "own", path: "/home/me/.pg_service.conf", line: 3 } as const;

function answer(text: string, around: Partial<Surroundings> = {}) {
  const read = readAsLibpq(text);
  if (!read.ok) throw new Error(read.error.message);
  return libpqDefaults(read.value, { ...NOTHING, ...around }, ".env");
}

function use(text: string, around: Partial<Surroundings> = {}): LibpqUse {
  const found = answer(text, around);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const origin = (text: string, keyword: string, around: Partial<Surroundings> = {}) =>
  use(text, around).origins.find((one) => one.keyword === keyword);

describe("where each value comes from", () => {
  it("is the system user, a database of that name, the socket folder and 5432 when nothing says anything", () => {
    const places = use("").origins.map(({ keyword, value, place }) => [keyword, value, place]);
    expect(places).toEqual(
      expect.arrayContaining([
        ["user", "me", "the system user"],
        ["dbname", "me", "named like the user"],
        ["host", "/var/run/postgresql", "the system's socket folder"],
        ["port", "5432", "libpq"],
        ["sslmode", "prefer", "libpq"],
        ["password", null, "nowhere"],
      ]),
    );
    expect(use("", { socketDirectory: "" }).addresses[0]).toMatchObject({ host: "localhost", kind: "name" });
  });

  it("is the string before the service, the service before a variable, a variable before the default", () => {
    const around = {
      services: [{ ...SERVICE, values: { user: "served", dbname: "served" } }],
      environment: { PGUSER: "shell", PGDATABASE: "shell", PGPORT: "7" },
    };
    expect(origin("postgresql://u@h/?service=app", "user", around)).toMatchObject({ value: "u", place: ".env" });
    expect(origin("postgresql://u@h/?service=app", "dbname", around)).toEqual({
      keyword: "dbname",
      value: "served",
      kind: "service",
      place: "service app",
    });
    expect(origin("postgresql://h/?service=app", "port", around)).toMatchObject({ value: "7", place: "PGPORT" });
  });

  it("is not a variable where the string has an empty value", () => {
    expect(origin("user=''", "user", { environment: { PGUSER: "shell" } })).toMatchObject({ value: "me" });
  });

  it("is the service that PGSERVICE names, the person's own file first", () => {
    const services = [
      { ...SERVICE, values: { host: "own" } },
      { ...SERVICE, file: "system" as const, path: "/etc/pg_service.conf", values: { host: "system" } },
    ];
    expect(origin("", "host", { services, environment: { PGSERVICE: "app" } })).toMatchObject({ value: "own" });
  });

  it("makes verify-full the default where the system's authorities are trusted", () => {
    expect(origin("postgresql://h?sslrootcert=system", "sslmode")).toMatchObject({
      value: "verify-full",
      kind: "default",
      place: "libpq, as sslrootcert is system",
    });
  });

  it("hides every secret", () => {
    const around = { environment: { PGPASSWORD: "***" } };
    const text = JSON.stringify(use("postgresql://u:s3cr3t@h?sslpassword=s3cr3t&oauth_client_secret=s3cr3t", around));
    expect(text).not.toContain("s3cr3t");
    expect(origin("postgresql://u@h", "password", around)).toMatchObject({ value: "***", place: "PGPASSWORD" });
  });
});

describe("the password file", () => {
  const passfile = {
    path: "/home/me/.pgpass",
    entries: [
      { line: 1, host: "db", port: "5432", database: "app", user: "u" },
      { line: 2, host: "localhost", port: "*", database: "*", user: "u" },
      { line: 5, host: "10.0.0.1", port: "*", database: "a\\:b", user: "*" },
    ],
    brokenLines: [],
    ignored: null,
  };
  const lines = (text: string, around: Partial<Surroundings> = {}) =>
    use(text, { passfile, ...around }).addresses.map(({ passfileLine }) => passfileLine);

  it("is looked through for each server, once host, port, database and user are known", () => {
    expect(lines("postgresql://u@db,other,localhost/app")).toEqual([1, null, 2]);
    expect(origin("postgresql://u@db/app", "password", { passfile })).toEqual({
      keyword: "password",
      value: "***",
      kind: "passfile",
      place: "/home/me/.pgpass, line 1",
    });
  });

  it("knows the default socket folder as localhost, and no other folder", () => {
    expect(lines("user=u")).toEqual([2]);
    expect(lines("user=u host=/var/run/postgresql")).toEqual([2]);
    expect(lines("user=u host=/tmp")).toEqual([null]);
  });

  it("goes by the host, or by hostaddr where there is no host", () => {
    expect(lines("user=u dbname=app host=db hostaddr=10.0.0.9")).toEqual([1]);
    expect(lines("user=u dbname=a:b hostaddr=10.0.0.1")).toEqual([5]);
  });

  it("does not count beside a password, when it is ignored, or when another file is named", () => {
    expect(lines("postgresql://u:p@db/app")).toEqual([null]);
    expect(lines("postgresql://u@db/app", { passfile: { ...passfile, ignored: "others may read it" } })).toEqual([
      null,
    ]);
    expect(lines("postgresql://u@db/app?passfile=/elsewhere")).toEqual([null]);
    expect(lines("postgresql://u@db/app?passfile=/home/me/.pgpass")).toEqual([1]);
  });
});

describe("the servers that are tried", () => {
  it("are paired with their ports and addresses", () => {
    expect(use("host=a,,@x hostaddr=10.0.0.1,, port=1,2,3").addresses).toEqual([
      { host: "a", hostaddr: "10.0.0.1", port: "1", kind: "address", passfileLine: null },
      { host: "/var/run/postgresql", hostaddr: null, port: "2", kind: "socket", passfileLine: null },
      { host: "@x", hostaddr: null, port: "3", kind: "socket", passfileLine: null },
    ]);
    expect(use("hostaddr=10.0.0.1,::1 port=7").addresses.map(({ host, port }) => [host, port])).toEqual([
      [null, "7"],
      [null, "7"],
    ]);
  });
});

describe("what libpq refuses before it connects", () => {
  const around: Partial<Surroundings> = {
    services: [
      { ...SERVICE, name: "nested", values: { service: "app" } },
      { ...SERVICE, name: "unknown", values: { colour: "red" } },
    ],
  };

  it.each([
    ["postgresql://h?service=gone", 23, 'There is no service "gone" in the service files.'],
    ["service=nested", 8, 'The service "nested" names a service itself.'],
    ["service=unknown", 8, 'The service "unknown" has a parameter that libpq does not know: "colour".'],
    ["host=a,b hostaddr=::1", 18, "There is 1 address in hostaddr for 2 hosts."],
    ["port=1,2", 5, "There are 2 ports for 1 host."],
    ["hostaddr=::1,::1 port=1,2,3", 22, "There are 3 ports for 2 hosts."],
    ["sslrootcert=system sslmode=require", 27, "libpq does not take sslmode=require together with sslrootcert=system."],
    [
      "sslnegotiation=direct",
      15,
      "sslnegotiation=direct needs a connection that is always encrypted; sslmode is prefer.",
    ],
    [
      "ssl_max_protocol_version=TLSv1.1",
      25,
      "ssl_max_protocol_version is lower than ssl_min_protocol_version, which is TLSv1.2 unless given.",
    ],
    [
      "min_protocol_version=3.2 max_protocol_version=3.0",
      46,
      "max_protocol_version is lower than min_protocol_version.",
    ],
    ["require_auth=md5,!none", 13, "Some ways to sign in have a ! and some have none."],
    ["require_auth=md5,md5", 13, "require_auth names a way to sign in twice."],
    ["require_auth=md5,", 13, "require_auth names a way to sign in that there is not."],
    ["load_balance_hosts=on", 19, "The value of load_balance_hosts is not one that libpq takes."],
    ["scram_server_key=abc", 17, "scram_server_key is no key of 32 bytes in base64."],
  ])("%s", (text, position, message) => {
    expect(answer(text, around)).toMatchObject({
      ok: false,
      error: { id: "read.invalid-parameter-value", message, position },
    });
  });

  it("has no place in the string where a variable is at fault", () => {
    const found = answer("postgresql://h", { environment: { PGSSLMODE: "on" } });
    expect(found).toMatchObject({ ok: false, error: { position: null } });
  });

  it.each([
    "sslrootcert=system sslmode=verify-full",
    "sslnegotiation=direct sslmode=require",
    "require_auth=!md5,!none",
    "require_auth=",
    "min_protocol_version=latest max_protocol_version=3.2",
    "host=a,b port=1",
    "host=a,b hostaddr=,",
  ])("is not %s", (text) => {
    expect(answer(text)).toMatchObject({ ok: true });
  });
});
