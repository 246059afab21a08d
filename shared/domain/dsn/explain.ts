import type { Endpoint } from "../endpoint";
import type { Sslmode } from "../target";
import type { Environment } from "./asyncpg";
import type { DsnError } from "./error";
import { type ExplainedAsyncpg, explainAsyncpg } from "./explain-asyncpg";
import { hideSecrets } from "./explain-hide";
import { type ExplainedLibpq, explainLibpq } from "./explain-libpq";
import { formatUri } from "./format";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { type NodePostgresReading, readAsNodePostgres } from "./node-postgres";
import { mendUnencoded, parseConnectionString } from "./parse";
import { fromPasted } from "./pasted";
import { toCredentials } from "./read-target";
import { type DsnValues, readValues } from "./read-values";
import type { Surroundings } from "./surroundings";
import type { Mend } from "./unencoded";
import { warningsFor } from "./warnings";

type Texts = Readonly<Record<string, string>>;

export interface ExplainedTarget {
  readonly hosts: readonly Endpoint[];
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string | null;
  readonly sslmode: Sslmode | null;
  readonly parameters: Texts;
}

export interface ExplainedWarning {
  readonly code: string;
  readonly message: string;
  readonly parameter: string | null;
  readonly remedy: string | null;
}

/** Why the app cannot read a string, with the strings it may mean, likeliest first; none where secrets are hidden. */
export interface ExplainedError extends DsnError {
  readonly mends: readonly Mend[];
}

/** What a connection string means to each reader; `aksara-db explain --json` prints it as it is. */
export interface Explanation {
  /** True when this app reads the string; each driver has an `ok` of its own. */
  readonly ok: boolean;
  readonly target: ExplainedTarget | null;
  readonly error: ExplainedError | null;
  readonly drivers: {
    readonly libpq: ExplainedLibpq;
    readonly asyncpg: ExplainedAsyncpg;
    readonly "node-postgres": NodePostgresReading;
  };
  readonly warnings: readonly ExplainedWarning[];
  /** The same target as a canonical URI; null when the string cannot be read. */
  readonly formatted: string | null;
}

/** The section of the service file that the string or the environment names. */
function serviceValues(read: DsnValues, environment: Environment, surroundings: Surroundings | null): Texts {
  const name = read.values.get("service") ?? environment.PGSERVICE;
  return surroundings?.services.find((one) => one.name === name)?.values ?? {};
}

/** Fills what the string leaves open from the service file and the PG* variables libpq knows; `read` itself where nothing does. */
function withGapsFilled(read: DsnValues, environment: Environment, surroundings: Surroundings | null): DsnValues {
  const values = new Map(read.values);
  const service = serviceValues(read, environment, surroundings);
  for (const [name, { variable }] of LIBPQ_KEYWORDS) {
    const value = service[name] ?? (variable === null ? undefined : environment[variable]);
    if (value && !values.has(name)) values.set(name, value);
  }
  return values.size === read.values.size ? read : { ...read, values };
}

/** What a string that cannot be read may mean: raw signs encoded, or another way of writing it put right. */
function mendsOf(text: string): readonly Mend[] {
  const mends = mendUnencoded(text);
  const { dsn, note } = fromPasted(text);
  if (mends.length > 0 || dsn === text || !parseConnectionString(dsn).ok) return mends;
  return [{ dsn, title: note ?? "Take out what stands around it." }];
}

function explainPlainly(text: string, environment: Environment, surroundings: Surroundings | null): Explanation {
  const fill = (values: DsnValues) => withGapsFilled(values, environment, surroundings);
  const drivers = {
    libpq: explainLibpq(text, environment, surroundings, fill),
    asyncpg: explainAsyncpg(text, environment, surroundings),
    "node-postgres": readAsNodePostgres(text, environment),
  };
  const parsed = parseConnectionString(text);
  const read = readValues(text);
  const refused = (error: DsnError): Explanation => {
    return { ok: false, target: null, error: { ...error, mends: [] }, drivers, warnings: [], formatted: null };
  };
  if (!parsed.ok) return refused(parsed.error);
  if (!read.ok) return refused(read.error);
  const filled = fill(read.value);
  const credentials = filled === read.value ? parsed : toCredentials(filled);
  if (!credentials.ok) return refused(credentials.error);
  const { target } = credentials.value;
  const password = credentials.value.password?.reveal() ?? null;
  return {
    ok: true,
    target: {
      hosts: target.hosts,
      user: target.user,
      password,
      database: target.database,
      sslmode: target.sslmode,
      // Whoever asked for secrets to be shown gets these too.
      parameters: { ...target.parameters },
    },
    error: null,
    drivers,
    warnings: warningsFor(text, target, password, read.value).map(({ code, message, parameter, remedy }) => ({
      code,
      message,
      parameter,
      remedy,
    })),
    formatted: formatUri(target, password),
  };
}

/**
 * Says what libpq, asyncpg and node-postgres make of a string. PG* variables, service and password files count only
 * when handed in. Secrets are `***` unless `secrets` is "shown". Linear time, never throws.
 */
export function explain(
  text: string,
  environment: Environment = {},
  secrets: "hidden" | "shown" = "hidden",
  surroundings: Surroundings | null = null,
): Explanation {
  const plain = explainPlainly(text, environment, surroundings);
  if (secrets === "hidden") return hideSecrets(plain, text);
  return plain.error === null ? plain : { ...plain, error: { ...plain.error, mends: mendsOf(text) } };
}

/** The error of a string that was taken out of a text, at its place there; about the whole where it was rewritten. */
function placedIn(text: string, dsn: string, error: ExplainedError | null): ExplainedError | null {
  if (error === null || error.position === null) return error;
  const start = text.indexOf(dsn);
  return { ...error, position: start < 0 ? null : start + error.position };
}

/**
 * The same for a text a person pasted or typed: target, warnings and `formatted` are those of the string it was meant
 * to be, the drivers answer for the string as they would be handed it. What was done to the text is the first warning.
 */
export function explainPasted(...[text, ...rest]: Parameters<typeof explain>): Explanation {
  const { dsn, given, note } = fromPasted(text);
  const meant = explain(dsn, ...rest);
  const drivers = given === dsn ? meant.drivers : explain(given, ...rest).drivers;
  const done = note === null ? [] : [{ code: "pasted-form", message: note, parameter: null, remedy: null }];
  return { ...meant, error: placedIn(text, dsn, meant.error), drivers, warnings: [...done, ...meant.warnings] };
}
