import { causeOfCode, routineIn, sqlstateOfClass } from "./codes";
import { createContext } from "./context";
import type { PossibleCause } from "./recognition";
import { FAMILIES } from "./rules";
import type { TextLine } from "./text-line";
import { translatedRule } from "./translated";

/** A line that stands for a cause. */
export interface Hit extends PossibleCause {
  readonly line: number;
  readonly entry: number;
  readonly sqlstate: string | null;
  readonly errno: string | null;
  readonly also: readonly string[];
  readonly lastResort: boolean;
  /** The role that the line names; null where it names none. */
  readonly who: string | null;
}

const whoIn = (text: string): string | null => /\b(?:user|role) ["«»]\s?([^"«»]{1,130})/i.exec(text)?.[1] ?? null;

/** What an asked statement, source code or a comment says is no error. */
const NO_ERROR = /^\s*(?:File "|at .{1,300}:\d+\)?$|\^+$|raise |STATEMENT:|LINE \d+:)|\bSTATEMENT:\s/;

const BEFORE = 12;

const follows = (lines: readonly TextLine[], line: number, after: RegExp): boolean =>
  lines.slice(Math.max(0, line - BEFORE), line).some(({ text }) => after.test(text));

/** The lines that stand for a cause, in order. */
export function findHits(lines: readonly TextLine[]): readonly Hit[] {
  const context = createContext(lines);
  const hits: Hit[] = [];
  const coded = new Map<number, { sqlstate: string; routine: string | null; line: number }>();
  lines.forEach(({ text, readings = [], entry, sqlstate }, line) => {
    if (text.length < 5 || NO_ERROR.test(text)) return;
    const state = sqlstate ?? sqlstateOfClass(text);
    const before = coded.get(entry);
    const routine = routineIn(text);
    if (state !== null && (before === undefined || before.sqlstate !== state))
      coded.set(entry, { sqlstate: state, routine: before?.routine ?? null, line });
    else if (before && routine !== null && before.routine === null) before.routine = routine;
    let spoke = false;
    const every = [text, ...readings];
    for (const family of FAMILIES) {
      const rule = family.find(
        ({ says, after }) => every.some((one) => says.test(one)) && (!after || follows(lines, line, after)),
      );
      if (!rule) continue;
      spoke = true;
      const around = rule.anybody ? context.at(line) : "postgres";
      if (around === "foreign" || (around === "alone" && rule.anybody === "named")) continue;
      hits.push({
        id: rule.id,
        confidence: around === "alone" ? "possible" : rule.confidence,
        line,
        entry,
        sqlstate: rule.sqlstate ?? state,
        errno: rule.errno ?? null,
        also: rule.also ?? [],
        lastResort: rule.lastResort ?? false,
        who: whoIn(text),
      });
    }
    const meaning = spoke ? null : (every.map(translatedRule).find((one) => one !== null) ?? null);
    if (!meaning || (meaning.anybody && context.at(line) === "foreign")) return;
    hits.push({
      id: meaning.id,
      confidence: "likely",
      line,
      entry,
      sqlstate: meaning.sqlstate ?? state,
      errno: meaning.errno ?? null,
      also: meaning.also ?? [],
      lastResort: meaning.id === "encrypt.required",
      who: whoIn(text),
    });
  });
  const told = new Set(hits.map(({ entry }) => entry));
  for (const [entry, { sqlstate, routine, line }] of coded) {
    const cause = told.has(entry) || context.at(line) === "foreign" ? null : causeOfCode(sqlstate, routine);
    if (cause)
      hits.push({ ...cause, also: cause.also ?? [], line, entry, sqlstate, errno: null, lastResort: false, who: null });
  }
  return withCodes(hits, coded).sort((a, b) => a.line - b.line);
}

/** A code that stands elsewhere in the entry belongs to its message too. */
function withCodes(hits: readonly Hit[], coded: ReadonlyMap<number, { readonly sqlstate: string }>): Hit[] {
  return hits.map((hit) => {
    const sqlstate = coded.get(hit.entry)?.sqlstate ?? null;
    // A pooler hands a refusal on with a code of its own: it is about the user in its configuration.
    if (
      sqlstate === "08P01" &&
      hit.id === "authenticate.password-rejected" &&
      !hit.also.includes("pooler.no-such-user")
    )
      return {
        ...hit,
        id: "pooler.login-failed",
        confidence: "likely",
        sqlstate,
        also: ["authenticate.password-rejected"],
      };
    return hit.errno === null && sqlstate !== null ? { ...hit, sqlstate } : hit;
  });
}
