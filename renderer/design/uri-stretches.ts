import type { UriPart } from "../../shared/domain/dsn";

/** So many stretches are painted each in its colour; hundreds of hosts would be thousands of elements. */
const MOST = 500;

/** The parts of a string as they are painted: all of them, or where there are too many only the secret ones apart. */
export function uriStretches(parts: readonly UriPart[]): readonly UriPart[] {
  if (parts.length <= MOST) return parts;
  const stretches: UriPart[] = [];
  for (const { kind, text } of parts) {
    const painted = kind === "password" || kind === "error" ? kind : "parameter";
    const last = stretches.at(-1);
    if (last?.kind === painted) stretches[stretches.length - 1] = { kind: painted, text: last.text + text };
    else stretches.push({ kind: painted, text });
  }
  return stretches;
}
