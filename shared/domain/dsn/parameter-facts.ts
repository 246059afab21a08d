import { ASYNCPG_PARAMETERS, type AsyncpgRelease } from "./asyncpg-release";
import { LIBPQ_KEYWORDS, type ValueRule } from "./libpq-keywords";
import { isHeeded } from "./node-postgres-differences";
import { isServerSetting } from "./server-settings";

/** What asyncpg does with a parameter: it reads it, or sends it to the server, which takes it or fails. */
export type AsyncpgKnows =
  | { readonly kind: "reads"; readonly since: AsyncpgRelease | null }
  | { readonly kind: "sends"; readonly taken: boolean };

/** A parameter as the list of all of them shows it. */
export interface ParameterFacts {
  readonly name: string;
  /** Null for one that libpq does not know. */
  readonly meaning: string | null;
  /** First PostgreSQL major whose libpq knows it; null for 13 and before, or never. */
  readonly since: number | null;
  readonly isLibpqs: boolean;
  readonly rule: ValueRule;
  /** What libpq uses where nothing says it; null where it has no default. */
  readonly byDefault: string | null;
  readonly asyncpg: AsyncpgKnows;
  readonly nodePostgres: "reads" | "ignores";
}

function asyncpgKnows(name: string): AsyncpgKnows {
  const since = ASYNCPG_PARAMETERS.get(name);
  return since === undefined ? { kind: "sends", taken: isServerSetting(name) } : { kind: "reads", since };
}

/** What libpq, asyncpg and node-postgres make of a parameter of that name. */
export function parameterFacts(name: string): ParameterFacts {
  const keyword = LIBPQ_KEYWORDS.get(name);
  return {
    name,
    meaning: keyword?.meaning ?? null,
    since: keyword && keyword.since > 13 ? keyword.since : null,
    isLibpqs: keyword !== undefined,
    rule: keyword?.rule ?? "text",
    byDefault: keyword?.compiled || null,
    asyncpg: asyncpgKnows(name),
    // The database stands in the path, which it reads.
    nodePostgres: name === "dbname" || isHeeded(name) ? "reads" : "ignores",
  };
}

/** All of libpq's parameters, in its own order. */
export const ALL_PARAMETERS: readonly ParameterFacts[] = [...LIBPQ_KEYWORDS.keys()].map(parameterFacts);

/** Whether a parameter answers a search: every word stands in its name, its meaning or its values. */
export function answersSearch({ name, meaning, rule }: ParameterFacts, search: string): boolean {
  const text = [name, meaning ?? "", typeof rule === "string" ? "" : rule.join(" ")].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
