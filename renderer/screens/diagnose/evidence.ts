/** One fact behind a rung's summary. */
export interface EvidenceRow {
  readonly name: string;
  readonly value: string;
}

/** "schemaOwner" as "schema owner". */
const inWords = (key: string): string => key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function rowsOf(name: string, value: unknown): readonly EvidenceRow[] {
  if (isObject(value))
    return Object.entries(value).flatMap(([key, inner]) => rowsOf(`${name} · ${inWords(key)}`, inner));
  if (!Array.isArray(value)) return [{ name, value: plain(value) }];
  if (value.some(isObject)) return value.flatMap((inner, index) => rowsOf(`${name} ${index + 1}`, inner));
  return [{ name, value: value.length === 0 ? "none" : value.map(plain).join(", ") }];
}

/** A rung's evidence as a flat table: nested facts get their path as a name. */
export const evidenceRows = (evidence: Readonly<Record<string, unknown>>): readonly EvidenceRow[] =>
  Object.entries(evidence).flatMap(([key, value]) => rowsOf(inWords(key), value));
