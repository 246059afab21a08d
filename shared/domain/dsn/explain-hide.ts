import type { ExplainedTarget, ExplainedWarning, Explanation } from "./explain";
import { formatUri } from "./format";
import { isSecretParameter } from "./libpq-keywords";
import { doubtfulStretch, maskUri, mayShowPassword } from "./parts";
import { showParameters } from "./resolve";
import { schemeEnd } from "./scan-uri";
import { suspect } from "./unencoded";

type Drivers = Explanation["drivers"];

const stars = (secret: string | null): string | null => (secret === null ? null : "***");

/** Which signs a password holds is a part of it. */
const withoutSigns = (one: ExplainedWarning): ExplainedWarning => {
  if (one.code === "encoded-characters")
    return { ...one, message: "Special signs in the user or password are encoded." };
  return one.code === "read.unencoded-credentials" ? { ...one, remedy: "Encode it as %XX." } : one;
};

const withoutSecrets = ({ libpq, asyncpg, "node-postgres": nodePostgres }: Drivers): Drivers => ({
  libpq: {
    ...libpq,
    parameters: showParameters(libpq.parameters),
    serverSettings: showParameters(libpq.serverSettings),
  },
  asyncpg: {
    ...asyncpg,
    password: stars(asyncpg.password),
    serverSettings: showParameters(asyncpg.serverSettings),
  },
  "node-postgres": { ...nodePostgres, settings: showParameters(nodePostgres.settings) },
});

/** What readers make of a broken string may hold pieces of its password anywhere: all that quotes it goes. */
const withoutQuotes = ({ libpq, asyncpg, "node-postgres": nodePostgres }: Drivers, error: string | null): Drivers => ({
  libpq: {
    ...libpq,
    error: libpq.error && (error ?? "It knows no parameter of a name that the string holds."),
    parameters: Object.fromEntries(Object.keys(libpq.parameters).map((name) => [name, "***"])),
    connectError: libpq.connectError && "It refuses a value before it connects.",
    hosts: [],
    user: stars(libpq.user),
    database: stars(libpq.database),
    passwordPlace: null,
    sslmode: null,
    tls: null,
    serverSettings: {},
    releases: [],
  },
  asyncpg: {
    ...asyncpg,
    hosts: [],
    user: stars(asyncpg.user),
    password: stars(asyncpg.password),
    passwordPlace: null,
    database: stars(asyncpg.database),
    tls: null,
    serverSettings: {},
    releases: [],
  },
  "node-postgres": {
    ...nodePostgres,
    hosts: [],
    user: stars(nodePostgres.user),
    database: stars(nodePostgres.database),
    tls: null,
    settings: {},
    differences: nodePostgres.differences.filter((one) => !one.startsWith("It ignores")),
  },
});

/** The canonical URI with `***` for secrets. No text that was read holds a NUL, so %00 marks their places. */
function formatMasked(target: ExplainedTarget): string {
  const parameters = Object.entries(target.parameters).map(([name, value]): [string, string] => [
    name,
    isSecretParameter(name) ? "\0" : value,
  ]);
  const masked = { ...target, parameters: Object.fromEntries(parameters) };
  return formatUri(masked, target.password && "\0").replaceAll("%00", "***");
}

/** Whether a piece of a password may stand where a reader sees a host, a database or a parameter. */
function isTorn({ error }: Explanation, text: string): boolean {
  if (suspect(text) !== null || doubtfulStretch(text) !== null || mayShowPassword(text)) return true;
  if (error === null || text.trim() === "") return false;
  // Nothing is known of a text in neither form; of keyword=value text that breaks off, the rest may belong to the password.
  const isUri = schemeEnd(text) !== null;
  return isUri ? error.id === "read.unencoded-credentials" : error.id !== "read.invalid-parameter-value";
}

/** The explanation as it may be shown: secrets as `***`, and nothing that could be a piece of one. */
export function hideSecrets(plain: Explanation, text: string): Explanation {
  const torn = isTorn(plain, text);
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
    drivers: torn ? withoutQuotes(plain.drivers, plain.error?.message ?? null) : withoutSecrets(plain.drivers),
    warnings: plain.warnings.map(withoutSigns),
    formatted: plain.target === null ? null : torn ? maskUri(text) : formatMasked(plain.target),
  };
}
