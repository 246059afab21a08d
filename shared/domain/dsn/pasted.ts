import { applyField, type FieldName } from "./fields";
import { isKeywordForm } from "./scan-keywords";

/** What a pasted text was meant to be. */
export interface Pasted {
  readonly dsn: string;
  /** What was done to it, one sentence; null when nothing was. */
  readonly note: string | null;
}

interface Step {
  readonly text: string;
  readonly note: string | null;
}

const ASSIGNMENT = /^\s*(?:export\s+|set\s+|setx\s+|\$env:)?([A-Z][A-Z0-9_]*(?:URL|URI|DSN))\s*[=:]\s*(.*)$/;

/** From a whole file: the line that sets DATABASE_URL, else the first that sets any address. */
function fromAssignment(text: string): Step | null {
  const found = text
    .split(/\r?\n/, 2000)
    .map((line) => ASSIGNMENT.exec(line))
    .filter((match) => match !== null);
  const match =
    found.find((one) => one[1] === "DATABASE_URL") ?? found.find((one) => one[1]?.endsWith("DATABASE_URL")) ?? found[0];
  if (!match) return null;
  return { text: match[2] ?? "", note: `The value of ${match[1]} was taken.` };
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["‘", "’"],
  ["<", ">"],
];

function withoutQuotes(text: string): Step | null {
  for (const [open, close] of QUOTES) {
    if (!text.startsWith(open) || text.length < 2) continue;
    const inner = text.slice(1);
    const end = inner.indexOf(close);
    // After the closing quote only a comma, a semicolon or a comment may stand.
    if (end >= 0 && /^\s*(?:[,;]\s*)?(?:#.*)?$/s.test(inner.slice(end + 1)))
      return { text: inner.slice(0, end), note: "The quotes were taken off." };
  }
  return null;
}

/** The words of a command line; quotes group, nothing is expanded. */
function commandWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map((match) =>
    match[0].replace(/"([^"]*)"|'([^']*)'/g, "$1$2"),
  );
}

const PSQL_OPTIONS: Readonly<Record<string, FieldName | undefined>> = {
  "-h": "host",
  "--host": "host",
  "-p": "port",
  "--port": "port",
  "-U": "user",
  "--username": "user",
  "-d": "database",
  "--dbname": "database",
};

/** `psql "postgresql://..."` or `psql -h host -U user database`. */
function fromPsql(text: string): Step | null {
  if (!/^(?:\$\s+)?psql\s/.test(text) || text.length > 5000) return null;
  const words = commandWords(text.replace(/^\$\s+/, "")).slice(1);
  const whole = words.find((word) => /^postgres(?:ql)?:\/\//.test(word) || isKeywordForm(word));
  if (whole) return { text: whole, note: "The string was taken out of the psql command." };
  let dsn = "postgresql://";
  const free: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as string;
    const [, name, joined] = /^(--[a-z]+)=(.*)$/.exec(word) ?? /^(-[hpUd])(.+)$/.exec(word) ?? [];
    const field = PSQL_OPTIONS[name ?? word];
    if (field) {
      const value = joined ?? words[index + 1] ?? "";
      if (joined === undefined) index += 1;
      dsn = applyField(dsn, field, value).text;
    } else if (!word.startsWith("-")) free.push(word);
  }
  const [database, user] = free;
  if (database !== undefined) dsn = applyField(dsn, "database", database).text;
  if (user !== undefined) dsn = applyField(dsn, "user", user).text;
  return { text: dsn, note: "The psql command was written as a string." };
}

function fromOtherScheme(text: string): Step | null {
  const jdbc = /^jdbc:postgresql:(?:\/\/)?/i.exec(text);
  if (jdbc) {
    const rest = text.slice(jdbc[0].length);
    const start = jdbc[0].endsWith("//") ? "postgresql://" : "postgresql://localhost/";
    // JDBC keeps user and password after the `?`; writing the user anew puts both where they belong.
    const dsn = start + rest;
    const user = /[?&]user=/.test(rest);
    return { text: user ? moveSignIn(dsn) : dsn, note: "The JDBC address was written as postgresql://." };
  }
  const dialect = /^(?:postgres(?:ql)?\+\w+|postgis|psql|pgsql):\/\//i.exec(text);
  if (dialect)
    return {
      text: `postgresql://${text.slice(dialect[0].length)}`,
      note: `${dialect[0]} was written as postgresql://.`,
    };
  const capitals = /^postgres(?:ql)?:\/\//i.exec(text);
  if (capitals && capitals[0] !== capitals[0].toLowerCase()) {
    return {
      text: capitals[0].toLowerCase() + text.slice(capitals[0].length),
      note: "The scheme was written in lower case.",
    };
  }
  return null;
}

/** Setting a field to what it is writes the string anew, everything at its own place. */
function moveSignIn(dsn: string): string {
  const user = /[?&]user=([^&]*)/.exec(dsn)?.[1] ?? "";
  let decoded = user;
  try {
    decoded = decodeURIComponent(user);
  } catch {
    // A broken escape: the reader says where it is.
    return dsn;
  }
  return applyField(dsn, "user", decoded).text;
}

/** Line breaks inside are a mail's or a terminal's; what follows a space and a `#` is a comment. */
function withoutBreaks(text: string): Step | null {
  if (!/^postgres(?:ql)?:\/\//.test(text)) return null;
  const comment = text.search(/\s#\s/);
  const dsn = (comment < 0 ? text : text.slice(0, comment)).trim();
  if (/[\r\n]/.test(dsn)) {
    const lines = dsn.split(/[\r\n]/, 10_000).map((line) => line.trim());
    return { text: lines.join(""), note: "The line breaks were taken out." };
  }
  return dsn === text ? null : { text: dsn, note: "The comment after the string was left out." };
}

/** `localhost:5432/app` or `db.example.com`: an address without a scheme. */
function withoutScheme(text: string): Step | null {
  const address =
    /^(?:[^\s/@:]+(?::[^\s/@]*)?@)?(?:\[[0-9A-Fa-f:.]+\]|localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=[:/]\S))(?::\d{1,5})?(?:\/[^\s]*)?$/;
  if (text.length > 5000 || text.includes("://") || isKeywordForm(text) || !address.test(text)) return null;
  return { text: `postgresql://${text}`, note: "postgresql:// was put in front." };
}

const STEPS: readonly ((text: string) => Step | null)[] = [
  fromAssignment,
  withoutQuotes,
  fromPsql,
  withoutQuotes,
  fromOtherScheme,
  withoutBreaks,
  withoutScheme,
];

/** Finds the connection string in what a person pasted: a line of `.env`, a psql command, SQLAlchemy's or JDBC's spelling. Never fails. */
export function fromPasted(text: string): Pasted {
  let dsn = text.trim();
  const notes: string[] = [];
  for (const step of STEPS) {
    const done = step(dsn);
    if (!done) continue;
    dsn = done.text.trim();
    if (done.note !== null && !notes.includes(done.note)) notes.push(done.note);
  }
  return { dsn, note: notes.length === 0 ? null : notes.join(" ") };
}
