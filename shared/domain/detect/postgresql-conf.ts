/** One line that says something: a setting, or an include to follow in its place. */
export type ConfEntry =
  | { readonly kind: "setting"; readonly name: string; readonly value: string; readonly line: number }
  | {
      readonly kind: "include";
      readonly directive: "include" | "include_if_exists" | "include_dir";
      readonly path: string;
      readonly line: number;
    };

export interface ParsedConf {
  readonly entries: readonly ConfEntry[];
  /** Line numbers (from 1) that follow no rule of the format. */
  readonly badLines: readonly number[];
}

const NAME = /^\s*([A-Za-z_][A-Za-z0-9_$]*(?:\.[A-Za-z_][A-Za-z0-9_$]*)*)\s*(?:=\s*|\s+|(?='))/;
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Reads a quoted value: '' and \' are a quote, \n and its kin, \ooo octal. Null when it does not end on its line. */
function readQuoted(text: string): { readonly value: string; readonly rest: string } | null {
  let value = "";
  for (let i = 1; i < text.length; i++) {
    const char = text[i] as string;
    if (char === "'") {
      if (text[i + 1] !== "'") return { value, rest: text.slice(i + 1) };
      value += "'";
      i++;
    } else if (char === "\\") {
      const octal = /^[0-7]{1,3}/.exec(text.slice(i + 1))?.[0];
      const next = text[i + 1];
      if (next === undefined) return null;
      value += octal ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff) : (ESCAPES[next] ?? next);
      i += octal ? octal.length : 1;
    } else {
      value += char;
    }
  }
  return null;
}

function readValue(text: string): { readonly value: string; readonly rest: string } | null {
  if (text.startsWith("'")) return readQuoted(text);
  const bare = /^[^\s#']+/.exec(text)?.[0];
  return bare ? { value: bare, rest: text.slice(bare.length) } : null;
}

/**
 * Parses the format of postgresql.conf (PostgreSQL manual, "Setting Parameters via the Configuration File").
 * Never fails: lines that follow no rule are listed in `badLines`.
 */
export function parsePostgresqlConf(text: string): ParsedConf {
  const entries: ConfEntry[] = [];
  const badLines: number[] = [];
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const line = index + 1;
    if (/^\s*(#|$)/.test(raw)) return;
    const head = NAME.exec(raw);
    const read = head ? readValue(raw.slice(head[0].length)) : null;
    if (!head || !read || !/^\s*(#|$)/.test(read.rest)) {
      badLines.push(line);
      return;
    }
    const name = (head[1] as string).toLowerCase();
    if (name === "include" || name === "include_if_exists" || name === "include_dir") {
      entries.push({ kind: "include", directive: name, path: read.value, line });
    } else {
      entries.push({ kind: "setting", name, value: read.value, line });
    }
  });
  return { entries, badLines };
}

/** Splits a list setting such as unix_socket_directories: commas, with "double quotes" around odd names. */
export function splitConfList(value: string): readonly string[] {
  const items = value.match(/\s*("(?:[^"]|"")*"|[^,]*)\s*(?:,|$)/g) ?? [];
  return items
    .map((item) => item.replace(/,$/, "").trim())
    .map((item) => (item.startsWith('"') ? item.slice(1, -1).replace(/""/g, '"') : item))
    .filter((item) => item !== "");
}

/** A value as it stands between quotes in postgresql.conf. */
export const quoteConfValue = (value: string): string => `'${value.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
