import { describe, expect, it } from "vitest";
import { type AsyncpgOptions, readAsAsyncpg } from "./asyncpg";
import { type AsyncpgCase, CONNECT_PARAMS } from "./asyncpg-cases.fixture";
import { PASSFILE, PASSFILE_CASES, SERVICE_CASES, SERVICES } from "./asyncpg-files.fixture";
import type { Passfile, Surroundings } from "./surroundings";

const NO_SURROUNDINGS: Surroundings = {
  osUser: "os-user",
  socketDirectory: "/var/run/postgresql",
  environment: {},
  passfile: null,
  services: [],
};

const passfile: Passfile = {
  path: "/home/me/.pgpass",
  entries: PASSFILE.flatMap((text, index) => {
    // A backslash takes the next sign as it is.
    const [host, port, database, user] = text.match(/(?:\\.|[^:\\])+/g) ?? [];
    return text.startsWith("#")
      ? []
      : host && port && database && user
        ? [{ line: index + 1, host, port, database, user }]
        : [];
  }),
  brokenLines: [],
  ignored: null,
};

const services = Object.entries(SERVICES).map(([name, values], index) => ({
  ...{ name, file: "own" as const, path: "/home/me/.pg_service.conf", line: index + 1 },
  values,
}));

/** What the table says, and the same fields of what is read. */
function compare({ name: _, text, environment, error, settings, ...expected }: AsyncpgCase, options: AsyncpgOptions) {
  const read = readAsAsyncpg(text, environment, options);
  if (error !== undefined || !read.ok) {
    expect(read.ok ? "no error" : read.error.split(":")[0]).toBe(error);
    return;
  }
  const user = read.value.user ?? "os-user";
  expect({ ...read.value, user, database: read.value.database ?? user }).toMatchObject(expected);
  if (expected.password === undefined) expect(read.value.password).toBeNull();
  expect(read.value.serverSettings).toEqual(settings ?? {});
}

describe("asyncpg's own tests", () => {
  it.each(CONNECT_PARAMS.map((one) => [one.name, one] as const))("%s", (_, one) => {
    compare(one, {});
  });

  it.each(PASSFILE_CASES.map((one) => [one.name, one] as const))("password file: %s", (_, { text, line }) => {
    const read = readAsAsyncpg(text, {}, { surroundings: { ...NO_SURROUNDINGS, passfile } });
    expect(read.ok && read.value.passwordSource).toEqual(
      line === null ? { kind: "none" } : { kind: "passfile", path: passfile.path, line },
    );
  });

  it.each(SERVICE_CASES.map((one) => [one.name, one] as const))("service: %s", (_, one) => {
    compare(one, { surroundings: { ...NO_SURROUNDINGS, services } });
  });
});

describe("what fills the password", () => {
  const sourceOf = (text: string, environment = {}, file: Passfile | null = passfile) => {
    const read = readAsAsyncpg(text, environment, { surroundings: { ...NO_SURROUNDINGS, passfile: file } });
    return read.ok ? read.value.passwordSource : read.error;
  };

  it("is the string, then PGPASSWORD even when it is empty, then the password file", () => {
    expect(sourceOf("postgres://user:p@abc/db", { PGPASSWORD: "x" })).toEqual({ kind: "string" });
    expect(sourceOf("postgres://user@abc/db?password=p", { PGPASSWORD: "x" })).toEqual({ kind: "string" });
    expect(sourceOf("postgres://user@abc/db", { PGPASSWORD: "" })).toEqual({ kind: "environment" });
    expect(sourceOf("postgres://user:@abc/db")).toEqual({ kind: "passfile", path: passfile.path, line: 2 });
    expect(sourceOf("postgres://user@abc/db", {}, null)).toEqual({ kind: "none" });
  });

  it("is looked for under the name that is logged in, and under no name for an empty host", () => {
    const entries = [
      { line: 1, host: "localhost", port: "*", database: "*", user: "*" },
      { line: 2, host: "h", port: "*", database: "*", user: "login" },
    ];
    const file = { ...passfile, entries };
    expect(sourceOf("postgres://h/db", { LOGNAME: "login" }, file)).toMatchObject({ line: 2 });
    expect(sourceOf("postgres://h/db", {}, file)).toEqual({ kind: "none" });
    expect(sourceOf("postgres://:5432/db", {}, file)).toEqual({ kind: "none" });
    expect(sourceOf("postgres:///db", {}, file)).toMatchObject({ line: 1 });
  });

  it("is not a file whose rights are too wide", () => {
    expect(sourceOf("postgres://user@abc/db", {}, { ...passfile, ignored: "others may read it" })).toEqual({
      kind: "none",
    });
  });

  it("is unknown for another file than the one that was read", () => {
    expect(sourceOf("postgres://user@abc/db?passfile=/else")).toEqual({ kind: "passfile", path: "/else", line: null });
  });

  it("is an error where a broken line comes before the one that fits", () => {
    expect(sourceOf("postgres://user@cde:5433/db", {}, { ...passfile, brokenLines: [3] })).toMatch(
      /^ValueError: line 3/,
    );
    expect(sourceOf("postgres://user@abc/db", {}, { ...passfile, brokenLines: [3] })).toMatchObject({ line: 2 });
  });
});

describe("a port", () => {
  const portOf = (port: string) => {
    const read = readAsAsyncpg(`postgresql://h:${port}/d`);
    return read.ok ? read.value.hosts[0]?.[1] : read.error;
  };

  it.each([
    ["5432", 5432],
    ["%D9%A5%D9%A4%D9%A3%D9%A2", 5432],
    ["٥٤٣٢", 5432],
    ["𝟓𝟜𝟯𝟤", 5432],
    ["+5_4३2", 5432],
    ["²", "ValueError: a port is not a number"],
    ["五", "ValueError: a port is not a number"],
    ["5__4", "ValueError: a port is not a number"],
  ])("%s is %s, as Python's int() takes digits of any script", (text, port) => {
    expect(portOf(text)).toBe(port);
  });
});

describe("a file whose name holds %00", () => {
  const errorOf = (query: string) => {
    const read = readAsAsyncpg(`postgresql://h/d?${query}`);
    return read.ok ? null : read.error.split(":")[0];
  };

  it.each([
    ["sslcert=a%00", "ValueError"],
    ["sslkey=%00b&ssl_min_protocol_version=none", "ValueError"],
    ["sslcert=%00&sslmode=disable", null],
    ["sslrootcert=%00&sslmode=require", "ValueError"],
    ["sslrootcert=%00&sslmode=prefer", null],
  ])("ends %s as %s", (query, error) => {
    expect(errorOf(query)).toBe(error);
  });
});

describe("releases", () => {
  const settingsOf = (text: string, options: AsyncpgOptions) => {
    const read = readAsAsyncpg(text, {}, options);
    return read.ok ? Object.keys(read.value.serverSettings) : read.error.split(":")[0];
  };
  const text =
    "postgresql://u@h/d?target_session_attrs=any&krbsrvname=k&gsslib=gssapi&sslnegotiation=direct&service=s&servicefile=f";

  it.each([
    ["0.27", ["target_session_attrs", "krbsrvname", "gsslib", "sslnegotiation", "service", "servicefile"]],
    ["0.28", ["krbsrvname", "gsslib", "sslnegotiation", "service", "servicefile"]],
    ["0.29", ["krbsrvname", "gsslib", "sslnegotiation", "service", "servicefile"]],
    ["0.30", ["service", "servicefile"]],
    ["0.31", ["servicefile"]],
  ] as const)("%s sends the server what it does not know", (release, sent) => {
    expect(settingsOf(text, { release })).toEqual(sent);
  });

  it("take one port for several hosts from 0.31 on", () => {
    expect(settingsOf("postgresql:///d?host=a,b&port=1", { release: "0.30" })).toBe("ClientConfigurationError");
    expect(settingsOf("postgresql:///d?host=a,b&port=1", { release: "0.31" })).toEqual([]);
  });

  it("name their exceptions otherwise before 0.29", () => {
    expect(settingsOf("mysql://h/d", { release: "0.28" })).toBe("ValueError");
    expect(settingsOf("mysql://h/d", { release: "0.29" })).toBe("ClientConfigurationError");
    expect(settingsOf("postgresql://h/d?sslmode=x", { release: "0.27" })).toBe("InterfaceError");
  });
});
