import type { Endpoint } from "../endpoint";
import { type AsyncpgValues, type Environment, readAsAsyncpg } from "./asyncpg";
import type { DsnError } from "./error";
import { formatUri } from "./format";
import { isSecretParameter, LIBPQ_KEYWORDS } from "./libpq-keywords";
import { type NodePostgresReading, readAsNodePostgres } from "./node-postgres";
import { parseConnectionString } from "./parse";
import { maskUri, mayShowPassword } from "./parts";
import { toCredentials } from "./read-target";
import { type DsnValues, readAsLibpq, readValues } from "./read-values";
import { showParameters } from "./resolve";
import { warningsFor } from "./warnings";

type Texts = Readonly<Record<string, string>>;

export interface ExplainedTarget {
  readonly hosts: readonly Endpoint[];
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string | null;
  readonly sslmode: string | null;
  readonly parameters: Texts;
}

export interface ExplainedWarning {
  readonly code: string;
  readonly message: string;
  readonly parameter: string | null;
  readonly remedy: string | null;
}

/** asyncpg's reading; all empty where it refuses the string. */
export type ExplainedAsyncpg = Omit<AsyncpgValues, "sslmode"> & { readonly sslmode: string | null };

/** What a connection string means to each reader; `aksara-db explain --json` prints it as it is. */
export interface Explanation {
  /** True when this app reads the string; each driver has an `ok` of its own. */
  readonly ok: boolean;
  readonly target: ExplainedTarget | null;
  readonly error: DsnError | null;
  readonly drivers: {
    readonly libpq: { readonly ok: boolean; readonly error: string | null; readonly parameters: Texts };
    readonly asyncpg: { readonly ok: boolean; readonly error: string | null } & ExplainedAsyncpg;
    readonly "node-postgres": NodePostgresReading;
  };
  readonly warnings: readonly ExplainedWarning[];
  /** The same target as a canonical URI; null when the string cannot be read. */
  readonly formatted: string | null;
}

/** Fills what the string leaves open from the PG* variables libpq knows. */
function withEnvironment(read: DsnValues, environment: Environment): DsnValues {
  const values = new Map(read.values);
  for (const [name, { variable }] of LIBPQ_KEYWORDS) {
    const value = variable === null ? undefined : environment[variable];
    if (value && !values.has(name)) values.set(name, value);
  }
  return { ...read, values };
}

const NO_ASYNCPG: ExplainedAsyncpg = {
  hosts: [],
  user: null,
  password: null,
  database: null,
  sslmode: null,
  serverSettings: {},
};

function explainLibpq(text: string, environment: Environment): Explanation["drivers"]["libpq"] {
  const read = readAsLibpq(text);
  if (!read.ok) return { ok: false, error: read.error.message, parameters: {} };
  return { ok: true, error: null, parameters: Object.fromEntries(withEnvironment(read.value, environment).values) };
}

function explainAsyncpg(text: string, environment: Environment): Explanation["drivers"]["asyncpg"] {
  const read = readAsAsyncpg(text, environment);
  return read.ok ? { ok: true, error: null, ...read.value } : { ok: false, error: read.error, ...NO_ASYNCPG };
}

function explainPlainly(text: string, environment: Environment): Explanation {
  const drivers = {
    libpq: explainLibpq(text, environment),
    asyncpg: explainAsyncpg(text, environment),
    "node-postgres": readAsNodePostgres(text),
  };
  const parsed = parseConnectionString(text);
  const read = readValues(text);
  const credentials = read.ok ? toCredentials(withEnvironment(read.value, environment)) : null;
  if (!parsed.ok || !read.ok || !credentials?.ok) {
    const error = parsed.ok ? (credentials && !credentials.ok ? credentials.error : null) : parsed.error;
    return { ok: false, target: null, error, drivers, warnings: [], formatted: null };
  }
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
      parameters: target.parameters,
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

const stars = (secret: string | null): string | null => (secret === null ? null : "***");

/** Which signs a password holds is a part of it. */
const withoutSigns = (one: ExplainedWarning): ExplainedWarning => {
  if (one.code === "encoded-characters")
    return { ...one, message: "Special signs in the user or password are encoded." };
  return one.code === "read.unencoded-credentials" ? { ...one, remedy: "Encode it as %XX." } : one;
};

function hide(plain: Explanation, text: string): Explanation {
  const { libpq, asyncpg } = plain.drivers;
  // What readers make of a broken string may hold pieces of its password anywhere.
  const torn =
    plain.error !== null ||
    mayShowPassword(text) ||
    plain.warnings.some(({ code }) => code === "read.unencoded-credentials");
  const hideTorn = (value: string | null) => (torn ? stars(value) : value);
  return {
    ...plain,
    target: plain.target && {
      ...plain.target,
      hosts: torn ? [] : plain.target.hosts,
      user: hideTorn(plain.target.user),
      password: stars(plain.target.password),
      database: hideTorn(plain.target.database),
      parameters: torn ? {} : showParameters(plain.target.parameters),
    },
    drivers: {
      libpq: {
        ...libpq,
        error: torn && libpq.error ? (plain.error?.message ?? libpq.error) : libpq.error,
        parameters: Object.fromEntries(
          Object.entries(libpq.parameters).map(([name, value]) => [
            name,
            torn || isSecretParameter(name) ? "***" : value,
          ]),
        ),
      },
      asyncpg: {
        ...asyncpg,
        hosts: torn ? [] : asyncpg.hosts,
        user: hideTorn(asyncpg.user),
        password: stars(asyncpg.password),
        database: hideTorn(asyncpg.database),
        serverSettings: torn ? {} : showParameters(asyncpg.serverSettings),
      },
      "node-postgres": {
        ...plain.drivers["node-postgres"],
        differences: plain.drivers["node-postgres"].differences.filter((one) => !torn || !one.startsWith("It ignores")),
      },
    },
    warnings: plain.warnings.map(withoutSigns),
    formatted: plain.formatted === null ? null : torn ? maskUri(text) : maskUri(plain.formatted),
  };
}

/**
 * Says what libpq, asyncpg and node-postgres make of a string. PG* variables count only when handed in. Secrets
 * are `***` unless `secrets` is "shown". Never throws.
 */
export function explain(
  text: string,
  environment: Environment = {},
  secrets: "hidden" | "shown" = "hidden",
): Explanation {
  const plain = explainPlainly(text, environment);
  return secrets === "shown" ? plain : hide(plain, text);
}
