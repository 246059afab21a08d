/** What is taken out of a report, the strongest first: where two overlap, the stronger one says what stands instead. */
export const SENSITIVE_KINDS = [
  "secret",
  "connection-string",
  "project",
  "data-directory",
  "home",
  "path",
  "e-mail",
  "computer",
  "user",
  "host",
  "address",
  "container",
  "cluster",
  "role",
  "database",
  "schema",
  "name",
  "quoted",
] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

/** A stretch of a text that is taken out; `name` is what gets a number, so that the same keeps the same. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: SensitiveKind;
  readonly name: string;
}

/** Something known to be somebody's own. */
export interface Known {
  readonly kind: SensitiveKind;
  readonly text: string;
}

const isStronger = (a: Span, b: Span): boolean => SENSITIVE_KINDS.indexOf(a.kind) < SENSITIVE_KINDS.indexOf(b.kind);

/** Makes one of those that overlap, so that nothing is left between them, in the order of the text. */
export function united(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = all[all.length - 1];
    if (!last || span.from >= last.to) {
      all.push(span);
      continue;
    }
    const { kind, name } = isStronger(span, last) ? span : last;
    all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to), kind, name };
  }
  return all;
}
