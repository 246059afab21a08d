import { err, ok, type Result } from "../result";
import { ASYNCPG_PARAMETERS } from "./asyncpg-release";
import type { Surroundings } from "./surroundings";

export type ServiceValues = Readonly<Record<string, string>>;

/** Python's configparser fills `%(name)s` in and takes `%%` for a percent sign; any other `%` is an error. */
function interpolate(value: string): string | null {
  return value.replaceAll("%%", "").includes("%") ? null : value.replaceAll("%%", "%");
}

/**
 * The section a string's `service=` names, as asyncpg 0.31 reads it: from the person's own file alone, with a missing
 * section passed over in silence and unknown names left out. PGSERVICE is read too late there to count.
 */
export function readService(
  name: string | undefined,
  surroundings: Surroundings | null,
): Result<ServiceValues, string> {
  const section = surroundings?.services.find((one) => one.name === name && one.file === "own");
  const values: [string, string][] = [];
  for (const [key, raw] of Object.entries(section?.values ?? {})) {
    const own = key.toLowerCase();
    if (!ASYNCPG_PARAMETERS.has(own) || own === "service") continue;
    const value = interpolate(raw);
    if (value === null) return err(`InterpolationSyntaxError: the % in the service's ${own} must be written %%`);
    values.push([own, value]);
  }
  return ok(Object.fromEntries(values));
}
