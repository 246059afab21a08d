import { ALL_VARIABLES, type AsyncpgCase } from "./asyncpg-cases.fixture";

/** The file that asyncpg's password-file tests write (test_connect_pgpass_regular), line for line. */
export const PASSFILE = [
  "",
  "abc:*:*:user:password from pgpass for user@abc",
  "localhost:*:*:*:password from pgpass for localhost",
  "cde:5433:*:*:password from pgpass for cde:5433",
  "",
  "*:*:*:testuser:password from pgpass for testuser",
  "*:*:testdb:*:password from pgpass for testdb",
  "# comment",
  String.raw`*:*:test\:db:test\\:password from pgpass with escapes`,
];

/** Those tests, their arguments written as a string; `line` is the line of PASSFILE that gives the password. */
export const PASSFILE_CASES: readonly { readonly name: string; readonly text: string; readonly line: number | null }[] =
  [
    { name: "path in the environment", text: "postgres://user@abc/db", line: 2 },
    { name: "localhost", text: "postgres://user@localhost/db", line: 3 },
    { name: "a socket goes by localhost", text: "postgres://user@%2Ftmp/db", line: 3 },
    { name: "no host goes by localhost", text: "postgres://user@/db", line: 3 },
    { name: "port, and a colon in the password", text: "postgres://user@cde:5433/db", line: 4 },
    { name: "user", text: "postgres://testuser@def/db", line: 6 },
    { name: "database", text: "postgres://user@efg/testdb", line: 7 },
    { name: "escapes, which stay in the fields", text: "postgres://test%5C%5C@fgh/test%5C%3Adb", line: 9 },
    { name: "no line fits", text: "postgres://user@xyz/db", line: null },
    { name: "the second host fits", text: "postgres://user@xyz,cde:5433/db", line: 4 },
  ];

/** A service file; asyncpg's tests for it came with 0.31 and are not quoted here: these were written for this table. */
export const SERVICES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  full: {
    ...{ host: "somehost", port: "5433", dbname: "test_db", user: "admin", password: "secret", sslmode: "require" },
    ...{ target_session_attrs: "primary", krbsrvname: "fake", gsslib: "sspi", application_name: "not sent" },
  },
  named: { host: "h1:1,h2", database: "other", USER: "upper" },
  percent: { host: "somehost", dbname: "a%%b" },
  broken: { host: "somehost", dbname: "a%b" },
};

const SERVED = { hosts: [["somehost", 5433]], user: "admin", password: "secret", database: "test_db" } as const;

/** `service` in the string, as asyncpg 0.31 reads it. */
export const SERVICE_CASES: readonly AsyncpgCase[] = [
  {
    name: "everything from the service",
    text: "postgresql://?service=full",
    ...SERVED,
    ...{ sslmode: "require", targetSessionAttrs: "primary", krbsrvname: "fake", gsslib: "sspi", settings: {} },
  },
  {
    name: "the string wins over the service",
    text: "postgresql://me:mine@here:1/d?service=full&sslmode=disable&target_session_attrs=any",
    ...{ hosts: [["here", 1]], user: "me", password: "mine", database: "d", sslmode: "disable" },
    targetSessionAttrs: "any",
  },
  {
    name: "the service wins over the environment",
    text: "postgresql://?service=full",
    environment: { ...ALL_VARIABLES, PGSSLMODE: "disable" },
    ...SERVED,
    sslmode: "require",
  },
  {
    name: "a port in the string with the host of the service",
    text: "postgresql:///?service=full&port=7",
    ...SERVED,
    ...{ hosts: [["somehost", 7]], database: "" },
  },
  {
    name: "hosts with ports, database by its other name, names in capitals",
    text: "postgresql://?service=named",
    ...{
      hosts: [
        ["h1", 1],
        ["h2", 5432],
      ],
      user: "upper",
      database: "other",
    },
  },
  { name: "%% is a percent sign", text: "postgresql://u@?service=percent", user: "u", database: "a%b" },
  { name: "a lone % is an error", text: "postgresql://u@?service=broken", error: "InterpolationSyntaxError" },
  {
    name: "a service that is nowhere is passed over",
    text: "postgresql://u@h/d?service=none",
    user: "u",
    database: "d",
  },
  {
    name: "PGSERVICE is not heeded",
    text: "postgresql://u@h/d",
    environment: { PGSERVICE: "full" },
    ...{ hosts: [["h", 5432]], user: "u", database: "d", targetSessionAttrs: "any" },
  },
];
