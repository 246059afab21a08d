import { formatUri, parseConnectionString } from "../../shared/domain/dsn";
import { isSecretParameter } from "../../shared/domain/dsn/libpq-keywords";
import { originsOf, passfileLineOf, type TracedDriver } from "../../shared/domain/dsn/origins";
import { passwordIn } from "../../shared/domain/dsn/passfile";
import { readPort, TARGET_KEYWORDS, toEndpoint } from "../../shared/domain/dsn/read-target";
import { salvageValues } from "../../shared/domain/dsn/read-values";
import type { ValueOrigin } from "../../shared/domain/dsn/surroundings";
import { DEFAULT_PORT } from "../../shared/domain/endpoint";
import { type Credentials, Secret, SSLMODES, type Target } from "../../shared/domain/target";
import { type FoundSurroundings, type SurroundingsSource, shownSurroundings } from "./surroundings";

/** A string's credentials with its gaps filled, and where each value comes from. */
export interface Filled {
  readonly credentials: Credentials;
  readonly origins: readonly ValueOrigin[];
}

/**
 * Fills what a string leaves open as asyncpg would (libpq, where asyncpg refuses the string): from its service, PG*
 * variables and the password file. A password found there stays in main.
 */
export type FillGaps = (dsn: string, own: Credentials) => Promise<Filled>;

/** Values that come from outside the string; defaults are filled where the string is used. */
type Outside = ReadonlyMap<string, ValueOrigin>;

/** References have done their work once the values are found; an origin does not hold a secret itself. */
const isFurther = (keyword: string): boolean =>
  !TARGET_KEYWORDS.has(keyword) && keyword !== "service" && keyword !== "passfile" && !isSecretParameter(keyword);

/** Hosts and ports as the driver pairs them; a port without a host belongs to the default host. */
function fillAddress(
  target: Target,
  origins: readonly ValueOrigin[],
  outside: Outside,
): Pick<Target, "hosts" | "parameters"> {
  const { hosts, parameters } = target;
  if (!outside.has("host") && !outside.has("port")) return { hosts, parameters };
  const originOf = (keyword: string) => origins.find((one) => one.keyword === keyword);
  const host = originOf("host");
  const ports = (originOf("port")?.value ?? "").split(",");
  if (!host || host.kind === "default") return { hosts, parameters: { port: ports[0] ?? "", ...parameters } };
  const port = (index: number): number => readPort(ports[ports.length === 1 ? 0 : index] ?? "") ?? DEFAULT_PORT;
  return { hosts: (host.value ?? "").split(",").map((name, index) => toEndpoint(name, port(index))), parameters };
}

function fillTarget(own: Target, origins: readonly ValueOrigin[], outside: Outside): Target {
  const { hosts, parameters } = fillAddress(own, origins, outside);
  const filled = (keyword: string) => outside.get(keyword)?.value || null;
  const further = [...outside].flatMap(([keyword, { value }]) =>
    isFurther(keyword) && value !== null ? [[keyword, value] as const] : [],
  );
  return {
    hosts,
    user: own.user ?? filled("user"),
    database: own.database ?? filled("dbname"),
    sslmode: own.sslmode ?? SSLMODES.find((mode) => mode === filled("sslmode")) ?? null,
    parameters: { ...Object.fromEntries(further), ...parameters },
  };
}

/** The password itself, from where the origin says it is. */
function fillPassword(dsn: string, origin: ValueOrigin, found: FoundSurroundings, driver: TracedDriver): Secret | null {
  const held = (value: string | undefined): Secret | null => (value ? new Secret(value) : null);
  switch (origin.kind) {
    case "environment":
      return held(found.environment.PGPASSWORD);
    case "service": {
      const name = salvageValues(dsn).values.get("service") ?? found.environment.PGSERVICE;
      return held(found.services.find((one) => one.name === name)?.parameters.get("password"));
    }
    case "passfile": {
      const number = passfileLineOf(dsn, shownSurroundings(found), driver);
      const line = found.passfile?.lines.find((one) => one.line === number);
      return line ? passwordIn(line, driver) : null;
    }
    default:
      return null;
  }
}

export const createFillGaps =
  (source: SurroundingsSource): FillGaps =>
  async (dsn, own) => {
    const found = await source.read();
    const surroundings = shownSurroundings(found);
    const asAsyncpg = originsOf(dsn, surroundings, "asyncpg", "the string");
    const driver = asAsyncpg.length > 0 ? "asyncpg" : "libpq";
    const origins = driver === "asyncpg" ? asAsyncpg : originsOf(dsn, surroundings, driver, "the string");
    const outside = new Map(
      origins.filter(({ kind }) => kind !== "string" && kind !== "default").map((one) => [one.keyword, one]),
    );
    const password = outside.get("password");
    return {
      credentials: {
        target: fillTarget(own.target, origins, outside),
        password: own.password ?? (password ? fillPassword(dsn, password, found, driver) : null),
      },
      origins,
    };
  };

/** The same as one string, for code that takes a string; unchanged where it has no gap or cannot be read. */
export async function fillDsn(dsn: string, fillGaps: FillGaps): Promise<string> {
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) return dsn;
  const { credentials, origins } = await fillGaps(dsn, parsed.value);
  const hasGaps = origins.some(({ kind }) => kind !== "string" && kind !== "default");
  return hasGaps ? formatUri(credentials.target, credentials.password?.reveal() ?? null) : dsn;
}
