import { userInfo } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realLibpq, whyNoLibpq } from "../../../e2e/servers/real-libpq";
import { libpqDefaults } from "./libpq-defaults";
import { readAsLibpq } from "./read-values";
import { quoteKeywordValue } from "./scan-keywords";
import type { PassfileEntry, ServiceSection, Surroundings } from "./surroundings";

const reason = await whyNoLibpq(18);

const entry = (line: number, host: string, port: string, database: string, user: string): PassfileEntry => ({
  line,
  host,
  port,
  database,
  user,
});

/** As they stand in the file; the password of each is "from line" and its number. */
const ENTRIES = [
  entry(1, "127.0.0.1", "5432", "app", "me"),
  entry(2, "localhost", "*", "app", "me"),
  entry(3, "/run/nowhere", "7", "*", "*"),
  entry(4, "@abstract", "*", "*", "me"),
  entry(5, "\\:\\:1", "*", "a\\\\b", "al\\:ice"),
  entry(6, "*", "*", "*", "odd \\*"),
  entry(7, "*", "8", "*", "*"),
];

const SERVICES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  app: { host: "127.0.0.1", port: "7", user: "served", dbname: "app", password: "from service", sslmode: "require" },
  sparse: { user: "served", application_name: "svc", sslrootcert: "system" },
  weak: { sslrootcert: "system", sslmode: "prefer" },
  nested: { service: "app" },
  unknown: { host: "127.0.0.1", no_such_thing: "1" },
};

const FILES = {
  ".pgpass": ENTRIES.map(
    ({ line, host, port, database, user }) => `${host}:${port}:${database}:${user}:from line ${line}\n`,
  ).join(""),
  ".pg_service.conf": Object.entries(SERVICES)
    .map(
      ([name, values]) =>
        `[${name}]\n${Object.entries(values)
          .map(([key, value]) => `${key}=${value}\n`)
          .join("")}`,
    )
    .join("\n"),
};

const pick = (keyword: string, ...values: string[]) =>
  fc.tuple(fc.constant(keyword), fc.constantFrom(...values)) as fc.Arbitrary<readonly [string, string]>;

/** Values that libpq itself looks at before it connects; no name that would be looked up in the network. */
const option = fc.oneof(
  pick("host", "", "127.0.0.1", "::1", "/run/nowhere", "/tmp", "@abstract", "127.0.0.1,/run/nowhere", ","),
  pick("hostaddr", "", "127.0.0.1", "::1", "127.0.0.1,::1", ","),
  pick("port", "", "7", "8", "7,8", "7,8,9", ","),
  pick("user", "", "me", "al:ice", "odd *"),
  pick("dbname", "", "app", "a\\b"),
  pick("password", "", "given"),
  pick("passfile", "", "/run/nowhere/pgpass"),
  pick("service", "app", "sparse", "weak", "nested", "unknown", "missing", ""),
  pick("sslmode", "", "disable", "allow", "prefer", "require", "verify-ca", "verify-full", "on"),
  pick("sslrootcert", "", "system", "/run/nowhere/root.crt"),
  pick("sslnegotiation", "", "postgres", "direct", "fast"),
  pick("ssl_min_protocol_version", "", "TLSv1", "tlsv1.3", "1.2"),
  pick("ssl_max_protocol_version", "", "TLSv1.1", "TLSv1.3", "TLSv2"),
  pick("min_protocol_version", "", "3.0", "3.2", "latest"),
  pick("max_protocol_version", "3.0", "3.2", "latest", "4"),
  pick(
    "require_auth",
    "",
    "md5",
    "!md5,!none",
    "md5,!none",
    "!md5,scram-sha-256",
    "md5,md5",
    "none,none",
    "oauth,",
    "gss,sspi,oauth,password,scram-sha-256",
    "SCRAM",
  ),
  pick("channel_binding", "", "require", "on"),
  pick("target_session_attrs", "", "primary", "master"),
  pick("load_balance_hosts", "disable", "on", ""),
  pick("sslcertmode", "allow", "require", ""),
  pick("scram_client_key", "YWJj", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "x", ""),
  pick("application_name", "", "a b"),
  pick("client_encoding", "UTF8"),
  pick("gssdelegation", "7"),
  pick("replication", "on"),
);

const variable = fc.oneof(
  pick("PGHOST", "127.0.0.1", "/run/nowhere", ""),
  pick("PGHOSTADDR", "127.0.0.1"),
  pick("PGPORT", "7", "8", ""),
  pick("PGUSER", "me", "al:ice", ""),
  pick("PGDATABASE", "app", ""),
  pick("PGPASSWORD", "from variable", ""),
  pick("PGSERVICE", "app", "sparse", "missing"),
  pick("PGSSLMODE", "require", "verify-full", "bad", ""),
  pick("PGREQUIRESSL", "1", "0", ""),
  pick("PGSSLROOTCERT", "system"),
  pick("PGSSLNEGOTIATION", "direct"),
  pick("PGAPPNAME", "shell"),
  pick("PGREQUIREAUTH", "md5,md5"),
);

const list = (one: fc.Arbitrary<readonly [string, string]>, maxLength: number) =>
  fc.uniqueArray(one, { maxLength, selector: ([name]) => name });
const question = fc.tuple(list(option, 5), list(variable, 3)).map(([options, variables]) => ({
  text: options.map(([name, value]) => `${name}=${quoteKeywordValue(value)}`).join(" "),
  environment: Object.fromEntries(variables),
}));
const questions = fc.sample(question, { seed: 20311, numRuns: 10_000 });

/** The errors that come only once libpq opens a connection. */
const TRIED_TO_CONNECT =
  /^$|connection to server|could not parse network address|could not translate host name|invalid (?:integer value .* "port"|port number)/;

const hidden = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value !== "" && /password$|^scram_/i.test(name) ? "***" : value,
    ]),
  );

function surroundings(home: string, environment: Readonly<Record<string, string>>): Surroundings {
  const services = Object.entries(SERVICES).map(
    ([name, values], index): ServiceSection => ({
      name,
      file: "own",
      path: path.join(home, ".pg_service.conf"),
      line: index + 1,
      values: hidden(values),
    }),
  );
  return {
    osUser: userInfo().username,
    socketDirectory: "/tmp",
    environment: hidden(environment),
    passfile: { path: path.join(home, ".pgpass"), entries: ENTRIES, brokenLines: [], ignored: null },
    services,
  };
}

/** What ours says of a question, in the words of the other side's answer. */
function ourAnswer(home: string, { text, environment }: (typeof questions)[number]) {
  const read = readAsLibpq(text);
  const use = read.ok ? libpqDefaults(read.value, surroundings(home, environment)) : read;
  if (!use.ok || !read.ok) return { refused: true as const };
  const origins = new Map(use.value.origins.map((one) => [one.keyword, one]));
  const password = origins.get("password");
  const [first] = use.value.addresses;
  const service = SERVICES[read.value.values.get("service") ?? environment.PGSERVICE ?? ""];
  const passwords = {
    string: read.value.values.get("password"),
    environment: environment.PGPASSWORD,
    service: service?.password,
    passfile: `from line ${first?.passfileLine}`,
    default: "",
  };
  return {
    refused: false as const,
    values: Object.fromEntries(
      [...origins].flatMap(([name, { value, kind }]) =>
        // PQconninfo leaves the host out where libpq itself chose it.
        name === "password" || (name === "host" && kind === "default") ? [] : [[name, value ?? ""]],
      ),
    ),
    addresses: use.value.addresses,
    password:
      first?.passfileLine === null && password?.kind === "passfile" ? "" : passwords[password?.kind ?? "default"],
  };
}

/** Left out: decided where libpq is built, filled in later, or compared on its own. */
const UNCOMPARED = ["gssencmode", "sslcertmode", "password", "service", "passfile"];

const compared = (values: Readonly<Record<string, string>>) =>
  Object.entries(hidden(values))
    .filter(([name, value]) => value !== "" && !UNCOMPARED.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));

describe.skipIf(reason)(
  `what PQconnectdb adds, against libpq 18 itself${reason ? ` (skipped: ${reason})` : ""}`,
  () => {
    it("is the same in 10,000 mixes of string, service, variables and password file", async () => {
      const libpq = await realLibpq(18, FILES);
      try {
        const answers = libpq.connect(questions);
        const counts = { refused: 0, passfile: 0, service: 0 };
        for (const [index, one] of questions.entries()) {
          const theirs = answers[index];
          if (!theirs) throw new Error("an answer is missing");
          const ours = ourAnswer(libpq.home, one);
          const refused = !TRIED_TO_CONNECT.test(theirs.error);
          expect(ours.refused, `${JSON.stringify(one)}: ${theirs.error}`).toBe(refused);
          if (refused) counts.refused += 1;
          if (ours.refused) continue;
          if (theirs.password.startsWith("from line")) counts.passfile += 1;
          if (theirs.values.user === "served") counts.service += 1;
          const defaultFile = path.join(libpq.home, ".pgpass");
          // An empty port is read as 5432 where it is used.
          expect(compared(ours.values), JSON.stringify(one)).toEqual(
            compared({ ...theirs.values, port: theirs.values.port || "5432" }),
          );
          expect(ours.values.passfile || defaultFile).toBe(theirs.values.passfile || defaultFile);
          const [first, ...others] = ours.addresses;
          // With several servers libpq may be at the second already.
          if (others.length > 0) continue;
          const server = { host: first?.host ?? first?.hostaddr, port: first?.port, password: ours.password };
          expect(server, JSON.stringify(one)).toEqual({
            host: theirs.host,
            port: theirs.port,
            password: theirs.password,
          });
        }
        // Each way was really taken.
        expect(counts.refused).toBeGreaterThan(1000);
        expect(counts.passfile).toBeGreaterThan(200);
        expect(counts.service).toBeGreaterThan(100);
      } finally {
        libpq.close();
      }
    });
  },
);
