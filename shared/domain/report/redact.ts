import { createKnownSpans } from "./known-spans";
import { looksOf } from "./look-spans";
import { type Known, type SensitiveKind, type Span, united } from "./span";

/** Takes out of a report whatever is somebody's own; one a report, since numbers are given as names turn up. */
export interface Redactor {
  text(text: string): string;
  /** The same for plain JSON data: every string in it, names of fields too. */
  data(value: unknown): unknown;
  /** Which kinds were taken out so far. */
  taken(): ReadonlySet<SensitiveKind>;
}

/** Longer texts are cut, in signs: no message needs more, and a peer may send anything. */
const LONGEST = 8_000;
/** What is read beyond that, so that nothing is known by half where a text is cut. */
const BEYOND = 2_000;

/** What stands in place of kinds that get no number. */
const FIXED: Readonly<Partial<Record<SensitiveKind, string>>> = {
  secret: "***",
  "connection-string": "***",
  project: "<project>",
  "data-directory": "<data directory>",
  home: "~",
  path: "<path>",
  computer: "this-computer",
  user: "user",
  quoted: "…",
};

/** Makes a redactor that knows these texts, and takes out what looks like a secret, a place or a person besides. */
export function createRedactor(known: readonly Known[]): Redactor {
  const knownIn = createKnownSpans(known);
  const numbers = new Map<string, number>();
  const counts = new Map<SensitiveKind, number>();
  const taken = new Set<SensitiveKind>();

  const standIn = ({ kind, name }: Span): string => {
    taken.add(kind);
    const fixed = FIXED[kind];
    if (fixed !== undefined) return fixed;
    const key = `${kind} ${name}`;
    const number = numbers.get(key) ?? (counts.get(kind) ?? 0) + 1;
    numbers.set(key, number);
    counts.set(kind, Math.max(counts.get(kind) ?? 0, number));
    return `${kind}-${number}`;
  };

  // A report says the same in several places, and a peer may say much.
  const spansOf = new Map<string, readonly Span[]>();
  const spansIn = (read: string): readonly Span[] => {
    const found = spansOf.get(read) ?? united([...knownIn(read), ...looksOf(read)]);
    spansOf.set(read, found);
    return found;
  };

  const text = (given: string): string => {
    const read = given.slice(0, LONGEST + BEYOND);
    let rest = "";
    let from = 0;
    for (const span of spansIn(read)) {
      if (span.from >= LONGEST) break;
      rest += read.slice(from, span.from) + standIn(span);
      from = span.to;
    }
    return rest + read.slice(from, LONGEST) + (given.length > LONGEST ? "…" : "");
  };

  const data = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(data);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [text(name), data(one)]));
  };

  return { text, data, taken: () => taken };
}
