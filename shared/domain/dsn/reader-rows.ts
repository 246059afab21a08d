import type { Sslmode } from "../target";
import { type Explanation, explain } from "./explain";
import type { Surroundings } from "./surroundings";

/** A driver whose reading of a string can be told. */
export type ReaderId = "asyncpg" | "libpq" | "node-postgres";

/** A row of "What asyncpg will do". */
export interface ReaderRow {
  readonly label: string;
  /** One for each thing there is to say; one at least. */
  readonly values: readonly string[];
  /** Code, such as a name or a setting, or a sentence. */
  readonly set: "code" | "words";
  /** libpq's keywords whose values the row tells. */
  readonly keywords: readonly string[];
}

/** Always as many dots, so that they do not tell the length. */
const DOTS = "••••••••";
const MOST_ADDRESSES = 4;

const ENCRYPT: Readonly<Record<Sslmode, string>> = {
  disable: "never",
  allow: "only if the server insists; checks nothing",
  prefer: "if the server offers it; checks nothing",
  require: "always; checks the issuer only where a root certificate is at hand",
  "verify-ca": "always; checks the issuer, not the name",
  "verify-full": "always; checks the name and the issuer",
};

type Drivers = Explanation["drivers"];
type Hosts = Drivers["libpq"]["hosts"];

/** What the three readings have in common. */
interface Reading {
  readonly error: string | null;
  readonly hosts: Hosts;
  readonly user: string | null;
  readonly database: string | null;
  /** What is said about the password. */
  readonly password: string;
  readonly encrypt: string;
  readonly sent: Readonly<Record<string, string>>;
  readonly others: readonly ReaderRow[];
}

const words = (label: string, values: readonly string[], keywords: readonly string[] = []): ReaderRow => ({
  label,
  values,
  set: "words",
  keywords,
});

function passwordText(from: string | null, place: string | null): string {
  if (from === null) return "no password";
  return from === "string" ? `password ${DOTS}` : `password from ${place ?? "its password file"}`;
}

const encryptText = (hosts: Hosts, sslmode: string | null): string =>
  hosts.length > 0 && hosts.every(([host]) => host.startsWith("/"))
    ? "never; a Unix socket stays on this computer"
    : (ENCRYPT[sslmode as Sslmode] ?? ENCRYPT.prefer);

const otherReleases = ({ releases }: Pick<Drivers["libpq"], "releases">): readonly ReaderRow[] =>
  releases.length === 0
    ? []
    : [
        words(
          "Older",
          releases.map(({ releases: those, differences }) => `${those.join(", ")} ${differences.join("; ")}`),
        ),
      ];

function readingOf({ libpq, asyncpg, "node-postgres": nodePostgres }: Drivers, reader: ReaderId): Reading {
  switch (reader) {
    case "asyncpg":
      return {
        ...asyncpg,
        password: passwordText(asyncpg.passwordFrom, asyncpg.passwordPlace),
        encrypt: encryptText(asyncpg.hosts, asyncpg.sslmode),
        sent: asyncpg.serverSettings,
        others: otherReleases(asyncpg),
      };
    case "libpq":
      return {
        ...libpq,
        error: libpq.error ?? libpq.connectError,
        password: passwordText(libpq.passwordFrom, libpq.passwordPlace),
        encrypt: encryptText(libpq.hosts, libpq.sslmode),
        sent: libpq.serverSettings,
        others: otherReleases(libpq),
      };
    case "node-postgres": {
      const { differences, passwordFrom, tls, settings } = nodePostgres;
      const place = { string: null, environment: "PGPASSWORD", passfile: "~/.pgpass, if a line fits" };
      return {
        ...nodePostgres,
        password: passwordText(passwordFrom, passwordFrom && place[passwordFrom]),
        encrypt: tls ?? "never",
        sent: settings,
        others: differences.length === 0 ? [] : [words("Unlike libpq", differences)],
      };
    }
  }
}

function addressText(hosts: Hosts): string {
  const [first, last] = [hosts[0]?.[0], hosts[hosts.length - 1]];
  if (hosts.length === 5 && first === "/run/postgresql" && last?.[0] === "localhost")
    return `the socket folders, then localhost:${last[1]}`;
  const shown = hosts
    .slice(0, MOST_ADDRESSES)
    .map(([host, port]) => `${host.includes(":") ? `[${host}]` : host}:${port}`);
  return shown.join(", ") + (hosts.length > MOST_ADDRESSES ? `, and ${hosts.length - MOST_ADDRESSES} more` : "");
}

/**
 * What a driver will do with a string, row by row; the password never stands in it. A string it refuses gives one row.
 * What surrounds the string fills its gaps; null is as if there were nothing around.
 */
export function readerRows(text: string, reader: ReaderId, surroundings: Surroundings | null): readonly ReaderRow[] {
  const { drivers, error } = explain(text, surroundings?.environment, "hidden", surroundings);
  // A string that is torn apart by a raw sign would show pieces of its password as host or database.
  if (error !== null) return [words("Refuses", [error.message])];
  const reading = readingOf(drivers, reader);
  if (reading.error !== null) return [words("Refuses", [reading.error])];
  if (reading.hosts.length === 0)
    return [words("Unclear", ["an @ behind the user part may belong to the password; write it as %40"])];
  const { user, database, sent } = reading;
  const settings = Object.entries(sent).map(([name, value]) => `${name}=${value === "***" ? DOTS : value}`);
  return [
    { label: "Address", values: [addressText(reading.hosts)], set: "code", keywords: ["host", "port"] },
    {
      label: "Sign in",
      values: [`${user ?? (surroundings?.osUser || "your account's name")}, ${reading.password}`],
      set: "code",
      keywords: ["user", "password"],
    },
    { label: "Database", values: [database || "the one named like the user"], set: "code", keywords: ["dbname"] },
    words("Encrypt", [reading.encrypt], ["sslmode"]),
    settings.length === 0
      ? words("Sends", ["nothing else"])
      : { label: "Sends", values: [settings.join(" ")], set: "code", keywords: Object.keys(sent) },
    ...reading.others,
  ];
}
