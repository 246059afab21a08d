import { DEFAULT_PORT } from "../endpoint";
import type { Environment } from "./asyncpg";
import type { PasswordFrom, ReleaseDifference } from "./explain-asyncpg";
import { type LibpqUse, libpqDefaults } from "./libpq-defaults";
import { LIBPQ_KEYWORDS, NEWEST_LIBPQ } from "./libpq-keywords";
import { type DsnValues, readAsLibpq, readValues } from "./read-values";
import type { Surroundings } from "./surroundings";

type Texts = Readonly<Record<string, string>>;

/** libpq's reading; all empty where it refuses the string. */
export interface ExplainedLibpq {
  /** PQconninfoParse's answer. */
  readonly ok: boolean;
  readonly error: string | null;
  readonly parameters: Texts;
  /** What PQconnectdb says before it opens a connection; null when it would go on. */
  readonly connectError: string | null;
  /** In the order tried; a socket is [folder, port]. */
  readonly hosts: readonly (readonly [host: string, port: number])[];
  /** Null means the system user, and the database named like the user. */
  readonly user: string | null;
  readonly database: string | null;
  readonly passwordFrom: PasswordFrom;
  readonly passwordPlace: string | null;
  readonly sslmode: string | null;
  /** In words. */
  readonly tls: string | null;
  /** Sent to the server at the start. */
  readonly serverSettings: Texts;
  readonly releases: readonly ReleaseDifference[];
}

const NOTHING: Omit<ExplainedLibpq, "ok" | "error" | "releases" | "parameters" | "connectError"> = {
  hosts: [],
  user: null,
  database: null,
  passwordFrom: null,
  passwordPlace: null,
  sslmode: null,
  tls: null,
  serverSettings: {},
};

/** What counts where nothing around the string does but perhaps its variables; a service is then unknown. */
const withoutSurroundings = (environment: Environment): Surroundings => ({
  osUser: "",
  socketDirectory: "/var/run/postgresql",
  environment: Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || name === "PGSERVICE" ? [] : [[name, value]],
    ),
  ),
  passfile: null,
  services: [],
});

const withoutService = (read: DsnValues): DsnValues => ({
  ...read,
  values: new Map([...read.values].filter(([name]) => name !== "service")),
});

/** Keywords that go to the server, by the name they have there. */
const SENT = ["replication", "options", "client_encoding"] as const;

/** Variables that libpq turns into settings without a keyword (PQEnvironmentOptions). */
const SENT_VARIABLES = { PGDATESTYLE: "datestyle", PGTZ: "timezone", PGGEQO: "geqo" } as const;

function serverSettings(value: (keyword: string) => string | null, environment: Texts): Texts {
  const name = value("application_name") ?? value("fallback_application_name");
  const settings: (readonly [string, string | null | undefined])[] = [
    ...SENT.map((keyword) => [keyword, value(keyword)] as const),
    ["application_name", name],
    ...Object.entries(SENT_VARIABLES).map(([variable, setting]) => [setting, environment[variable]] as const),
  ];
  return Object.fromEntries(settings.flatMap(([key, text]) => (text ? [[key, text]] : [])));
}

function tlsWords(value: (keyword: string) => string | null, overTcp: boolean): string {
  if (!overTcp) return "No TLS: it never encrypts on a Unix socket.";
  const given = value("sslrootcert");
  const root = given === "system" ? "the authorities the system trusts" : (given ?? "~/.postgresql/root.crt");
  const issuer = given === "system" ? `one of ${root}` : `an authority in ${root}`;
  const words: Texts = {
    disable: "No TLS.",
    allow: "Without TLS first; with TLS, unverified, where the server refuses that.",
    prefer: "TLS where the server offers it, unverified; without it elsewhere.",
    require: `TLS always; where ${root} is there, the certificate must come from it; its name is not checked.`,
    "verify-ca": `TLS always; the certificate must come from ${issuer}, its name is not checked.`,
    "verify-full": `TLS always; the certificate must come from ${issuer} and carry the host's name.`,
  };
  const direct = value("sslnegotiation") === "direct" ? " It begins with TLS at once." : "";
  return `${words[value("sslmode") ?? "prefer"] ?? ""}${direct}`;
}

function used(use: LibpqUse, environment: Texts): Omit<ExplainedLibpq, "ok" | "error" | "releases" | "parameters"> {
  const origins = new Map(use.origins.map((one) => [one.keyword, one]));
  const value = (keyword: string): string | null => origins.get(keyword)?.value || null;
  const hosts = use.addresses.map(
    ({ host, hostaddr, port }) => [host ?? hostaddr ?? "", Number(port) || DEFAULT_PORT] as const,
  );
  const password = origins.get("password");
  const kind = password?.value ? password.kind : "default";
  return {
    connectError: null,
    hosts,
    user: value("user"),
    database: value("dbname"),
    passwordFrom: kind === "default" ? null : kind,
    passwordPlace: kind === "default" ? null : kind === "string" ? "the string" : (password?.place ?? null),
    sslmode: value("sslmode"),
    tls: tlsWords(
      value,
      use.addresses.some((one) => one.kind !== "socket"),
    ),
    serverSettings: serverSettings(value, environment),
  };
}

const OLDER = [13, 14, 15, 16, 17];

/** Which other libpq takes a string that the newest refuses: one that has its parameter, or lets raw spaces stand. */
function takers(text: string): readonly ReleaseDifference[] {
  const isUnknown = readValues(text, "trimmed").ok;
  if (!isUnknown && !text.includes(" ")) return [];
  const releases = [...OLDER, ...(isUnknown ? [NEWEST_LIBPQ + 1] : [])].filter((major) => readAsLibpq(text, major).ok);
  if (releases.length === 0) return [];
  const how = isUnknown ? "takes it: it knows the parameter" : "takes the spaces as they stand";
  return [{ releases: releases.map(String), differences: [how] }];
}

/** Which other libpq takes a string otherwise: for a parameter that came, comes or went, or for spaces. */
function releaseDifferences(text: string, newest: ReturnType<typeof readAsLibpq>): readonly ReleaseDifference[] {
  if (!newest.ok) return takers(text);
  const since = Math.max(13, ...[...newest.value.values.keys()].map((name) => LIBPQ_KEYWORDS.get(name)?.since ?? 13));
  const refusing = OLDER.filter((major) => major < since).map(String);
  if (refusing.length > 0)
    return [{ releases: refusing, differences: [`refuses it: a parameter came with libpq ${since}`] }];
  const older = text.includes(" ") ? readAsLibpq(text, 17) : newest;
  const texts = (read: DsnValues) => JSON.stringify([...read.values]);
  return !older.ok || texts(older.value) === texts(newest.value)
    ? []
    : [{ releases: OLDER.map(String), differences: ["keeps the spaces at the ends of a part"] }];
}

/** Says what libpq makes of a string: as PQconninfoParse, and what PQconnectdb then uses. */
export function explainLibpq(
  text: string,
  environment: Environment,
  surroundings: Surroundings | null,
  fill: (read: DsnValues) => DsnValues,
): ExplainedLibpq {
  const read = readAsLibpq(text);
  const releases = releaseDifferences(text, read);
  if (!read.ok)
    return { ok: false, error: read.error.message, parameters: {}, connectError: null, ...NOTHING, releases };
  const parameters = Object.fromEntries(fill(read.value).values);
  const around = surroundings ?? withoutSurroundings(environment);
  const use = libpqDefaults(surroundings ? read.value : withoutService(read.value), around);
  const rest = use.ok ? used(use.value, around.environment) : { ...NOTHING, connectError: use.error.message };
  return { ok: true, error: null, parameters, ...rest, releases };
}
