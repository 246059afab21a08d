import type { DiffLine, EnvChange } from "../project-types";
import { maskEnv, maskStatement } from "./mask";
import { type EnvStatement, linesOf, scanEnv } from "./scan";
import { envSpelling } from "./spell";

export interface EnvEntry {
  readonly key: string;
  /** What readers shall read; `envSpelling` must know a spelling for it. */
  readonly value: string;
}

export interface EnvMerge {
  readonly text: string;
  readonly changes: readonly EnvChange[];
  /** The whole file line by line, secrets masked. */
  readonly diff: readonly DiffLine[];
}

/** What stands for a key today: the statement that counts, and the others that set it. */
interface Standing {
  readonly target: EnvStatement | null;
  readonly others: number;
}

/** `KEY: value`, which dotenv reads and python-dotenv skips. */
const byColon = (text: string, { start, end, readable }: EnvStatement, key: string): boolean =>
  !readable &&
  linesOf(text.slice(start, end)).some((line) =>
    line
      .trimStart()
      .replace(/^export\s+/, "")
      .startsWith(`${key}: `),
  );

/**
 * The last assignment counts, for every reader. It is left as it is where a bare `KEY` (python-dotenv: unset) or a
 * `KEY: value` (dotenv: set) comes after it; then a new line at the end must count.
 */
function standing(text: string, statements: readonly EnvStatement[], key: string): Standing {
  const naming = statements.filter((statement) => statement.key === key || byColon(text, statement, key));
  const last = naming.at(-1);
  const target = last && last.key === key && last.value !== null ? last : null;
  const others = naming.filter((one) => one !== target && (one.value !== null || !one.readable)).length;
  return { target, others };
}

/** The line break new lines get: that of the file's last line, `\n` in an empty file. */
function lineBreakOf(text: string): string {
  const last = text.lastIndexOf("\n");
  return last > 0 && text[last - 1] === "\r" ? "\r\n" : "\n";
}

/** What follows the value on its line: spaces, comment, line break. */
function tailOf(text: string, { rawStart, rawEnd, end, quote }: EnvStatement): string {
  // `KEY= # comment`: python-dotenv takes the comment for the value; people mean a comment.
  if (quote === null && text[rawStart] === "#") {
    const gap = text.slice(text.lastIndexOf("=", rawStart) + 1, rawStart);
    return (gap || " ") + text.slice(rawStart, end);
  }
  return text.slice(rawEnd, end);
}

/** The statement's line with the new value: indent, `export` and comment stay, spaces around `=` go. */
const rewritten = (text: string, statement: EnvStatement, key: string, spelling: string): string =>
  `${text.slice(statement.lineStart, statement.keyStart)}${key}=${spelling}${tailOf(text, statement)}`;

/** True when every reader already reads `value` from the statement, however it is quoted. */
function saysAlready(text: string, statement: EnvStatement, { key, value }: EnvEntry, spelling: string): boolean {
  const written = text.slice(statement.keyStart, statement.rawEnd);
  return [spelling, `'${value}'`, `"${value}"`].some((spelled) => written === `${key}=${spelled}`);
}

/**
 * Sets `entries` in a `.env` text and leaves every other byte as it is: the last assignment of a key is changed in
 * place, a new key goes to the end. Throws RangeError for a value that `envSpelling` has no spelling for.
 */
export function mergeEnv(text: string, entries: readonly EnvEntry[]): EnvMerge {
  const statements = scanEnv(text);
  const lineBreak = lineBreakOf(text);
  const changes: EnvChange[] = [];
  const replaced = new Map<EnvStatement, string>();
  const added: string[] = [];
  for (const entry of entries) {
    const spelling = envSpelling(entry.value);
    if (spelling === null) throw new RangeError(`no spelling of ${entry.key} is read alike everywhere`);
    const { target, others } = standing(text, statements, entry.key);
    // python-dotenv takes a byte order mark for a part of the first key; on a line of its own it harms no key.
    const afterMark = target?.lineStart === 1 && text.startsWith("\uFEFF");
    if (target === null) added.push(`${entry.key}=${spelling}`);
    else if (afterMark || !saysAlready(text, target, entry, spelling)) {
      replaced.set(target, (afterMark ? lineBreak : "") + rewritten(text, target, entry.key, spelling));
    }
    changes.push({ key: entry.key, kind: target === null ? "add" : replaced.has(target) ? "change" : "same" });
    for (let count = 0; count < others; count += 1) changes.push({ key: entry.key, kind: "duplicate" });
  }

  const diff: DiffLine[] = [];
  const show = (kind: DiffLine["kind"], shown: string): void => {
    for (const line of linesOf(shown)) diff.push({ kind, text: line });
  };
  let merged = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  for (const statement of statements) {
    const changed = replaced.get(statement);
    if (changed === undefined) {
      merged += text.slice(statement.start, statement.end);
      show("keep", maskStatement(text, statement));
      continue;
    }
    merged += text.slice(statement.start, statement.lineStart) + changed;
    show("keep", text.slice(statement.start, statement.lineStart));
    show("remove", maskStatement(text, { ...statement, start: statement.lineStart }));
    show("add", maskEnv(changed));
  }
  for (const line of added) show("add", maskEnv(line));
  return { text: merged + appended(merged, added, lineBreak), changes, diff };
}

/** New lines for the end of `text`; a file without a final line break keeps to that, a new file gets one. */
function appended(text: string, lines: readonly string[], lineBreak: string): string {
  if (lines.length === 0) return "";
  const open = text !== "" && !/[\r\n]$/.test(text);
  return (open ? lineBreak : "") + lines.join(lineBreak) + (open && text !== "\uFEFF" ? "" : lineBreak);
}
