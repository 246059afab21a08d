import { RUNG_TITLES, type Rung } from "../diagnosis";
import { timeText } from "./time-line";

/** How a rung's status is said. */
export const STATUS_WORDS: Readonly<Record<Rung["status"], string>> = {
  pass: "passed",
  warn: "needs attention",
  fail: "failed",
  skip: "not reached",
};

/** One fact behind a rung's summary; a list has several values. */
export interface EvidenceRow {
  readonly name: string;
  readonly values: readonly string[];
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

/** One of several like it in a line: "address ::1", "errno ECONNREFUSED". What it lacks is left out. */
const oneOfMany = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .flatMap(([key, value]) => rowsOf(key, value))
    .map(({ name, values }) => `${name} ${values.join(", ")}`);

function rowsOf(key: string, value: unknown): readonly EvidenceRow[] {
  const name = inWords(key);
  if (isObject(value))
    return Object.entries(value).flatMap(([inner, fact]) =>
      rowsOf(inner, fact).map((row) => ({ ...row, name: `${name} · ${row.name}` })),
    );
  if (Array.isArray(value)) {
    if (!value.some(isObject)) return [{ name, values: value.length === 0 ? ["none"] : value.map(plain) }];
    return value.filter(isObject).map((one, index) => ({
      name: `${name.replace(/s$/, "")} ${index + 1}`,
      values: oneOfMany(one),
    }));
  }
  if (typeof value === "number" && key.endsWith("Ms"))
    return [{ name: inWords(key.slice(0, -2)), values: [timeText(value)] }];
  // People count characters from 1.
  if (typeof value === "number" && key === "position") return [{ name: "character", values: [String(value + 1)] }];
  return [{ name, values: [plain(value)] }];
}

/** A rung's time and evidence as a flat table: nested facts get their path as a name, one of several its number. */
export function evidenceRows({ startMs, durationMs, evidence }: Rung): readonly EvidenceRow[] {
  const time = [timeText(durationMs), `from ${timeText(startMs)} to ${timeText(startMs + durationMs)}`];
  return [{ name: "time", values: time }, ...Object.entries(evidence).flatMap(([key, value]) => rowsOf(key, value))];
}

/** A rung as text to paste somewhere: what it came to, and every row below it. */
export const evidenceText = (rung: Rung): string =>
  [
    `${RUNG_TITLES[rung.id]}: ${STATUS_WORDS[rung.status]}`,
    rung.summary,
    ...evidenceRows(rung).map(({ name, values }) => `${name}: ${values.join(", ")}`),
  ].join("\n");
