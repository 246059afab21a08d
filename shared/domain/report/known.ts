import type { DiagnoseReport } from "../diagnosis";
import { isSecretParameter, LIBPQ_KEYWORDS, valueFault } from "../dsn/libpq-keywords";
import { mendUnencoded, parseConnectionString } from "../dsn/parse";
import { mayShowPassword } from "../dsn/parts";
import { decodeLenient } from "../dsn/percent";
import { salvageValues } from "../dsn/read-values";
import { isLoopback } from "../endpoint";
import { looksSecret } from "../env";
import type { Server } from "../server";
import type { Target } from "../target";
import type { Known, SensitiveKind } from "./span";

const all = (kind: SensitiveKind, texts: readonly (string | null | undefined)[]): readonly Known[] =>
  texts.flatMap((text) => (text ? [{ kind, text }] : []));

const isAddress = (host: string): boolean => host.includes(":") || /^[\d.]+$/.test(host);

/** A host by its name or address; this computer's own are nobody's secret, socket folders are paths. */
const hosts = (names: readonly string[]): readonly Known[] =>
  names
    .filter((name) => name !== "" && name !== "*" && !/^[/@]/.test(name) && !isLoopback(name))
    .map((text) => ({ kind: isAddress(text) ? "address" : "host", text }));

/** Whether a parameter's value may be shown: a number or a word out of libpq's own lists, never a free text. */
export const isPlainParameter = (name: string, value: string): boolean =>
  !isSecretParameter(name) && (LIBPQ_KEYWORDS.get(name)?.rule ?? "text") !== "text" && valueFault(name, value) === null;

/** What a free text says, and its pieces: a server quotes one setting out of several. */
const freeText = (value: string): readonly Known[] => [
  ...all("name", [value]),
  ...all(
    "name",
    value.split(/[\s=,]+/).filter((piece) => piece.length >= 4),
  ),
];

function knownOfParameters(parameters: Iterable<readonly [string, string]>): readonly Known[] {
  return [...parameters].flatMap(([name, value]) => {
    if (isPlainParameter(name, value)) return [];
    switch (name) {
      case "host":
      case "hostaddr":
        return hosts(value.split(","));
      case "user":
      case "requirepeer":
        return all("role", [value]);
      case "dbname":
        return /:\/\/|=/.test(value) ? knownOfDsn(value) : all("database", [value]);
      case "port":
        return [];
      default:
        return isSecretParameter(name) ? all("secret", [value]) : freeText(value);
    }
  });
}

/** What a string's parts say about somebody. */
export function knownOfTarget({ hosts: endpoints, user, database, parameters }: Target): readonly Known[] {
  return [
    ...hosts(endpoints.flatMap((one) => ("host" in one ? [one.host] : []))),
    ...all("role", [user]),
    ...all("database", [database]),
    ...knownOfParameters(Object.entries(parameters)),
  ];
}

/** A string that cannot be read, or reads so that pieces of its password stand elsewhere: every piece is a secret. */
const pieces = (text: string): readonly string[] =>
  text
    .replace(/^[a-z0-9+.-]*:\/\//i, "")
    .split(/[:/@?#&=,;\s[\]'"\\]+/)
    .flatMap((piece) => [piece, decodeLenient(piece)])
    .filter(
      (piece) => piece.length >= 3 && !LIBPQ_KEYWORDS.has(piece) && !isLoopback(piece) && !/^\d{1,5}$/.test(piece),
    );

/** All a connection string tells about somebody, itself included. */
export function knownOfDsn(text: string): readonly Known[] {
  const whole = text.trim();
  if (whole === "") return [];
  const parsed = parseConnectionString(whole);
  const torn = !parsed.ok || mayShowPassword(whole) || mendUnencoded(whole).length > 0;
  const read = parsed.ok
    ? [...all("secret", [parsed.value.password?.reveal()]), ...knownOfTarget(parsed.value.target)]
    : [];
  return [
    ...all("connection-string", [whole]),
    ...read,
    ...knownOfParameters(salvageValues(whole).values),
    ...(torn ? all("secret", pieces(whole)) : []),
  ];
}

/** Longer values without a space are no words, whatever their name says. */
const LONG = 12;

/** What variables (of the environment, of a `.env`) hold: strings, PG* values and whatever is a secret by its name. */
export function knownOfVariables(variables: Iterable<readonly [string, string | undefined]>): readonly Known[] {
  const keywords = new Map([...LIBPQ_KEYWORDS].flatMap(([name, { variable }]) => (variable ? [[variable, name]] : [])));
  return [...variables].flatMap(([name, value]) => {
    if (!value) return [];
    const keyword = keywords.get(name);
    if (keyword !== undefined) return knownOfParameters([[keyword, value]]);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return knownOfDsn(value);
    if (looksSecret(name)) return all("secret", [value]);
    return [];
  });
}

/** The same for a project's own file, where any long word may be a secret. */
export const knownOfEnvFile = (values: ReadonlyMap<string, string>): readonly Known[] => [
  ...knownOfVariables(values),
  ...all(
    "secret",
    [...values.values()].filter((value) => value.length >= LONG && !/[\s/\\]/.test(value)),
  ),
];

/** Origins whose ids and labels are names that somebody gave. */
const NAMED = new Set<string>(["docker", "podman", "compose"]);

/** What a server's card says about somebody: the names of containers and clusters, hosts, where its data lie. */
export function knownOfServer({ id, origin, label, endpoints, dataDirectory }: Server): readonly Known[] {
  const name = id.slice(id.indexOf(":") + 1);
  // A compose service has two names, its project's and its own.
  const parts = origin === "compose" ? name.split("/").filter((part) => part.length >= 3) : [];
  const own = NAMED.has(origin) ? all("container", [name, label, ...parts]) : [];
  const cluster = /^\w+:\d+\/(.+)$/.exec(id)?.[1];
  return [
    ...own,
    ...all("cluster", [cluster]),
    ...hosts(endpoints.flatMap((one) => ("host" in one ? [one.host] : []))),
    // A server that no installer laid out is called by its folder.
    ...all("data-directory", [dataDirectory, origin === "pgdata" ? name : null]),
  ];
}

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");

/** An error's code as PostgreSQL and Node have them; what else a server puts there may be anything. */
const CODE = /^(?:[0-9A-Z]{5}|[A-Z][A-Z0-9_]+)$/;

/** Names that a run met on its way: owners, schemas, what a certificate says, codes of a server of somebody's own. */
export function knownOfRun({ rungs }: Pick<DiagnoseReport, "rungs">): readonly Known[] {
  return rungs.flatMap(({ evidence }) => {
    const certificate = (evidence.certificate ?? {}) as Readonly<Record<string, unknown>>;
    const names = [...texts(certificate.subject), ...texts(certificate.issuer), ...texts(certificate.names)];
    const holders = (Array.isArray(evidence.holders) ? evidence.holders : []) as readonly Readonly<
      Record<string, unknown>
    >[];
    const vector = (evidence.pgvector ?? {}) as Readonly<Record<string, unknown>>;
    const isName = (text: string): boolean => /\s/.test(text) || !/[.:]/.test(text);
    return [
      ...all(
        "role",
        [evidence.user, evidence.schemaOwner, evidence.databaseOwner, ...holders.map(({ role }) => role)].flatMap(
          texts,
        ),
      ),
      ...all("database", texts(evidence.database)),
      ...all(
        "name",
        [evidence.sqlstate, evidence.errno].flatMap(texts).filter((code) => !CODE.test(code)),
      ),
      ...all(
        "schema",
        [evidence.schema, evidence.searchPath, vector.schema].flatMap(texts).flatMap((path) => path.split(/[,\s"]+/)),
      ),
      ...all(
        "name",
        holders.flatMap(({ application }) => texts(application)),
      ),
      ...hosts(names.filter((name) => !isName(name))),
      ...all(
        "name",
        names.filter((name) => isName(name) && !isLoopback(name)),
      ),
    ];
  });
}
