import type { Recogniser } from "./recogniser";
import { OTHER_SCHEMES } from "./schemes";

/** What an address of PostgreSQL starts with, quotes before it allowed. */
const ADDRESS = new RegExp(`^["'\`]*(?:(?:jdbc:)?postgres(?:ql)?://|${OTHER_SCHEMES})`, "i");

/** `export NAME=`, `set NAME=`, `setx NAME `, `$env:NAME =`, `- NAME=`, `"name": `, `NAME := `, `const name = `. */
const LINE =
  /^[ \t]{0,40}(?:#[ \t]?)?(?:-[ \t]{1,8})?["']?(?:export[ \t]{1,8}|set[ \t]{1,8}|setx[ \t]{1,8}|ENV[ \t]{1,8}|ARG[ \t]{1,8}|const[ \t]{1,8}|let[ \t]{1,8}|var[ \t]{1,8}|\$env:)?["']?([A-Za-z_][\w.-]{0,80})["']?[ \t]{0,40}(?:(?:\?=|:=|=|:)[ \t]{0,40}|(?<=setx[ \t].*)[ \t])(\S.*)$/;

/** `"DefaultConnection": "Host=...;..."` of .NET. */
const DOTNET = /^["']?(?:host|server)=[^;]{1,200};/i;

interface Line {
  readonly name: string;
  readonly value: string;
  readonly commentedOut: boolean;
}

/** A longer line is no setting a person wrote. */
const LONGEST_LINE = 10_000;

const read = (line: string): Line | null => {
  if (line.length > LONGEST_LINE) return null;
  const [, name, value] = LINE.exec(line) ?? [];
  if (name === undefined || value === undefined) return null;
  return { name, value, commentedOut: /^\s*#/.test(line) };
};

const MOST_LINES = 5000;

const isUrlName = (name: string): boolean => /^[A-Z][A-Z0-9_]*(?:URL|URI|DSN)$/.test(name);

/** How much a line looks like the one that is meant; 0 when it is none. */
function rank({ name, value, commentedOut }: Line): number {
  const isAddress = ADDRESS.test(value) || DOTNET.test(value);
  if (!isAddress && !isUrlName(name)) return 0;
  // Prisma's and others' `url = env("NAME")` names no address.
  if (!isAddress && /^(?:["'`]?\w+:\/\/|[([{]\s*$)/.test(value)) return 0;
  return (
    (isAddress ? 4 : 1) + (name === "DATABASE_URL" ? 3 : /DATABASE_URL$/.test(name) ? 2 : 0) - (commentedOut ? 4 : 0)
  );
}

/** A quoted text that goes on in the next line, joined by the language. */
const isJoined = (value: string, next: string): boolean =>
  /^\s*\+?\s*["'`]/.test(next) && /^(["'`])[^"'`]*\1\s*[+\\.]?\s*$/.test(value);

/** `set "NAME=value"`: the quote opened before the name. */
const withoutLastQuote = (value: string): string => (/^[^"]*"$/.test(value) ? value.slice(0, -1) : value);

/** Unquoted, in front of a command: `DATABASE_URL=... python main.py`. */
function withoutCommand(value: string): string {
  const end = value.search(/\s/);
  const address = end < 0 ? value : value.slice(0, end);
  const isCommand = /^\s+[A-Za-z./][^@]*$/.test(value.slice(address.length));
  return isCommand && /^[^"'`]+$/.test(address) && address.includes("@") ? address : value;
}

/** The line that sets DATABASE_URL in a whole file, else the one that most looks like an address of PostgreSQL. */
export const assignment: Recogniser = (text) => {
  const lines = text.split(/\r?\n/, MOST_LINES);
  let best: Line | null = null;
  for (const [index, line] of lines.entries()) {
    const one = read(line);
    if (!one || rank(one) <= (best ? rank(best) : 0)) continue;
    if (isJoined(one.value, lines[index + 1] ?? "")) return null;
    best = one;
  }
  const sole = lines.length === 1 ? read(text) : null;
  // A commented-out line counts only where it is all there is.
  const found = best ?? (sole?.commentedOut && ADDRESS.test(sole.value) ? sole : null);
  if (!found) return null;
  return { text: withoutCommand(withoutLastQuote(found.value)), note: `The value of ${found.name} was taken.` };
};
