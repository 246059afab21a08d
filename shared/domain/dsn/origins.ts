import { type AsyncpgValues, readAsAsyncpg } from "./asyncpg";
import { readService } from "./asyncpg-service";
import { libpqDefaults } from "./libpq-defaults";
import { isSecretParameter, LIBPQ_KEYWORDS } from "./libpq-keywords";
import { readAsLibpq, salvageValues } from "./read-values";
import type { Surroundings, ValueOrigin } from "./surroundings";

/** The drivers whose values can be traced; node-postgres takes nothing from files but ~/.pgpass. */
export type TracedDriver = "asyncpg" | "libpq";

type Place = Pick<ValueOrigin, "kind" | "place">;

/** Where asyncpg's defaults come from, in words. */
const DEFAULTS: Readonly<Record<string, string>> = {
  user: "the system user",
  dbname: "named like the user",
  host: "its usual places, in turn",
};

/** asyncpg's own values by libpq's keywords, in the order they are told; null is left out. */
function valuesOf(read: AsyncpgValues, osUser: string): readonly (readonly [keyword: string, value: string | null])[] {
  const user = read.user ?? osUser;
  return [
    ["host", read.hosts.map(([host]) => host).join(",")],
    ["port", read.hosts.map(([, port]) => port).join(",")],
    ["user", user],
    ["password", read.password],
    // An empty name is sent as it is, and the server takes the user's.
    ["dbname", read.database || user],
    ["sslmode", read.sslmode],
    ["sslnegotiation", read.sslnegotiation === "direct" ? "direct" : null],
    ...Object.entries(read.sslFiles),
    ["target_session_attrs", read.targetSessionAttrs === "any" ? null : read.targetSessionAttrs],
    ["krbsrvname", read.krbsrvname],
    ...Object.entries(read.serverSettings),
  ];
}

function passwordPlace({ passwordSource: source }: AsyncpgValues): Place | null {
  if (source.kind === "none") return { kind: "default", place: "nowhere" };
  if (source.kind !== "passfile") return null;
  const place =
    source.line === null ? `${source.path}, which is not looked at here` : `${source.path}, line ${source.line}`;
  return { kind: "passfile", place };
}

/** One port for all hosts is told once: "5432", not "5432,5432". */
const once = (list: string): string => {
  const [first = "", ...rest] = list.split(",");
  return rest.every((one) => one === first) ? first : list;
};

function asyncpgOrigins(text: string, surroundings: Surroundings, typed: string): readonly ValueOrigin[] {
  const { environment } = surroundings;
  const read = readAsAsyncpg(text, environment, { surroundings });
  if (!read.ok) return [];
  const given = salvageValues(text).values;
  const service = given.get("service");
  const served = readService(service, surroundings);
  const inService = served.ok ? served.value : {};

  const placeOf = (keyword: string): Place => {
    if (keyword === "dbname" && read.value.database === "") return { kind: "default", place: DEFAULTS.dbname ?? "" };
    const names = keyword === "dbname" ? ["dbname", "database"] : [keyword];
    if (names.some((name) => given.get(name)) || keyword in read.value.serverSettings)
      return { kind: "string", place: typed };
    // A host in the string brings its own port: a service's port, like PGPORT, fills what is left.
    if (names.some((name) => inService[name])) return { kind: "service", place: `service ${service}` };
    const variable = LIBPQ_KEYWORDS.get(keyword)?.variable ?? null;
    if (variable !== null && environment[variable]) return { kind: "environment", place: variable };
    return { kind: "default", place: DEFAULTS[keyword] ?? "asyncpg" };
  };

  return valuesOf(read.value, surroundings.osUser).flatMap(([keyword, value]): ValueOrigin[] => {
    if (keyword === "password") {
      const place = passwordPlace(read.value) ?? placeOf(keyword);
      return [{ keyword, value: value === null ? null : "***", ...place }];
    }
    if (value === null) return [];
    const shown = isSecretParameter(keyword) ? "***" : keyword === "port" ? once(value) : value;
    return [{ keyword, value: shown, ...placeOf(keyword) }];
  });
}

/**
 * Where each value that a driver uses comes from: the string, a service file, PG* variables, the password file or a
 * default; empty where the driver refuses the string. `typed` says where the string itself stands. Holds no secret.
 */
export function originsOf(
  text: string,
  surroundings: Surroundings,
  driver: TracedDriver,
  typed = "typed",
): readonly ValueOrigin[] {
  if (driver === "asyncpg") return asyncpgOrigins(text, surroundings, typed);
  const read = readAsLibpq(text);
  const use = read.ok ? libpqDefaults(read.value, surroundings, typed) : read;
  return use.ok ? use.value.origins : [];
}

/** The line of the password file that a driver takes its password from; null where it comes from elsewhere. */
export function passfileLineOf(text: string, surroundings: Surroundings, driver: TracedDriver): number | null {
  if (driver === "asyncpg") {
    const read = readAsAsyncpg(text, surroundings.environment, { surroundings });
    return read.ok && read.value.passwordSource.kind === "passfile" ? read.value.passwordSource.line : null;
  }
  const read = readAsLibpq(text);
  const use = read.ok ? libpqDefaults(read.value, surroundings) : read;
  return use.ok ? (use.value.addresses[0]?.passfileLine ?? null) : null;
}
