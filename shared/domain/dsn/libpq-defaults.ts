import { err, ok, type Result } from "../result";
import { type DsnError, dsnError } from "./error";
import { type LibpqAddress, libpqAddresses } from "./libpq-addresses";
import { isSecretParameter, LIBPQ_KEYWORDS } from "./libpq-keywords";
import { optionFault } from "./option-checks";
import type { DsnValues } from "./read-values";
import type { ServiceSection, Surroundings, ValueOrigin } from "./surroundings";

/** What PQconnectdb uses: every value with where it came from, and the addresses it tries. Holds no secret. */
export interface LibpqUse {
  /** In libpq's order of keywords; those without a value are left out, but for a password that is nowhere. */
  readonly origins: readonly ValueOrigin[];
  /** In the order tried (load_balance_hosts=random mixes them). */
  readonly addresses: readonly LibpqAddress[];
}

interface Found {
  readonly value: string;
  readonly kind: ValueOrigin["kind"];
  readonly place: string;
}

const serviceError = (message: string, next: string, position: number | null): DsnError =>
  dsnError("read.invalid-parameter-value", message, position, next);

/** The section that `service` or PGSERVICE names: the first of that name, the person's own file first. */
function serviceSection(read: DsnValues, surroundings: Surroundings): Result<ServiceSection | null, DsnError> {
  const name = read.values.get("service") ?? surroundings.environment.PGSERVICE;
  if (name === undefined) return ok(null);
  const position = read.positions.get("service") ?? null;
  const section = surroundings.services.find((one) => one.name === name);
  if (!section)
    return err(
      serviceError(
        `There is no service ${JSON.stringify(name)} in the service files.`,
        "Name one that is there, or take it out.",
        position,
      ),
    );
  const keys = Object.keys(section.values);
  if (keys.includes("service"))
    return err(
      serviceError(
        `The service ${JSON.stringify(name)} names a service itself.`,
        `Take that line out of ${section.path}.`,
        position,
      ),
    );
  const unknown = keys.find((key) => !LIBPQ_KEYWORDS.has(key));
  if (unknown !== undefined)
    return err(
      serviceError(
        `The service ${JSON.stringify(name)} has a parameter that libpq does not know: ${JSON.stringify(unknown)}.`,
        `Take it out of ${section.path}.`,
        position,
      ),
    );
  return ok(section);
}

/** libpq's compiled-in value; a root certificate of the system asks for the strictest mode. */
function compiledIn(keyword: string, found: ReadonlyMap<string, Found>): Found | null {
  if (keyword === "sslmode" && found.get("sslrootcert")?.value === "system")
    return { value: "verify-full", kind: "default", place: "libpq, as sslrootcert is system" };
  const { compiled } = LIBPQ_KEYWORDS.get(keyword) ?? {};
  return compiled ? { value: compiled, kind: "default", place: "libpq" } : null;
}

/** conninfo_add_defaults: string, service, environment, in this order; the first that says anything wins, even "". */
function gather(
  read: DsnValues,
  section: ServiceSection | null,
  environment: Surroundings["environment"],
  place: string,
): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const [keyword, { variable }] of LIBPQ_KEYWORDS) {
    const given = read.values.get(keyword);
    const served = section?.values[keyword];
    const set = variable === null ? undefined : environment[variable];
    if (given !== undefined) found.set(keyword, { value: given, kind: "string", place });
    else if (section && served !== undefined)
      found.set(keyword, { value: served, kind: "service", place: `service ${section.name}` });
    else if (variable !== null && set !== undefined)
      found.set(keyword, { value: set, kind: "environment", place: variable });
    else if (keyword === "sslmode" && environment.PGREQUIRESSL?.startsWith("1"))
      found.set(keyword, { value: "require", kind: "environment", place: "PGREQUIRESSL" });
  }
  return found;
}

/** connectOptions2: what is empty counts as not given, and the rest is filled. */
function fill(found: Map<string, Found>, surroundings: Surroundings): void {
  const isEmpty = (keyword: string) => !found.get(keyword)?.value;
  if (isEmpty("user")) found.set("user", { value: surroundings.osUser, kind: "default", place: "the system user" });
  if (isEmpty("dbname"))
    found.set("dbname", { value: found.get("user")?.value ?? "", kind: "default", place: "named like the user" });
  if (isEmpty("host") && isEmpty("hostaddr")) {
    const folder = surroundings.socketDirectory;
    found.set("host", {
      value: folder || "localhost",
      kind: "default",
      place: folder === "" ? "libpq" : "the system's socket folder",
    });
  }
  if (isEmpty("port")) found.delete("port");
  for (const keyword of LIBPQ_KEYWORDS.keys()) {
    const standard = found.has(keyword) ? null : compiledIn(keyword, found);
    if (standard) found.set(keyword, standard);
  }
}

function passwordOrigin(found: Found | undefined, addresses: readonly LibpqAddress[], path: string): ValueOrigin {
  if (found?.value) return { keyword: "password", value: "***", kind: found.kind, place: found.place };
  const line = addresses.find((one) => one.passfileLine !== null)?.passfileLine ?? null;
  return line === null
    ? { keyword: "password", value: null, kind: "default", place: "nowhere" }
    : { keyword: "password", value: "***", kind: "passfile", place: `${path}, line ${line}` };
}

/**
 * Fills a string's gaps as PQconnectdb does (conninfo_add_defaults and connectOptions2, PostgreSQL 18): string,
 * service file, PG* variables, password file, defaults. `place` is where the string itself stands ("typed", ".env").
 * The error is the one that libpq gives before it opens a connection. LDAP lines of a service file are not followed.
 */
export function libpqDefaults(
  read: DsnValues,
  surroundings: Surroundings,
  place = "typed",
): Result<LibpqUse, DsnError> {
  const section = serviceSection(read, surroundings);
  if (!section.ok) return section;
  const found = gather(read, section.value, surroundings.environment, place);
  // A secret from a file or a variable is not at hand, so nothing can be said of it.
  const checkable = [...found].filter(([keyword, { kind }]) => kind === "string" || !isSecretParameter(keyword));
  const fault = optionFault(new Map(checkable.map(([keyword, { value }]) => [keyword, value])));
  if (fault) {
    const position = found.get(fault.keyword)?.kind === "string" ? (read.positions.get(fault.keyword) ?? null) : null;
    return err(dsnError("read.invalid-parameter-value", fault.message, position, fault.next));
  }
  fill(found, surroundings);
  const addresses = libpqAddresses((keyword) => found.get(keyword)?.value ?? "", surroundings);
  const origins = [...LIBPQ_KEYWORDS.keys()].flatMap((keyword): ValueOrigin[] => {
    const one = found.get(keyword);
    if (keyword === "password") return [passwordOrigin(one, addresses, surroundings.passfile?.path ?? "")];
    if (!one || one.value === "") return [];
    return [{ keyword, ...one, value: isSecretParameter(keyword) ? "***" : one.value }];
  });
  return ok({ origins, addresses });
}
