import { type Problem, problem } from "./result";

/** Longest name PostgreSQL keeps, in UTF-8 bytes: NAMEDATALEN - 1 (manual, 4.1.1). Longer ones it cuts in silence. */
export const MAX_NAME_BYTES = 63;

/** What a name is for: the field it was typed in. */
export type NameField = "database" | "role";

const TAKEN_BY_POSTGRESQL = new Set(["postgres", "template0", "template1", "public", "none"]);

/** Reserved key words (manual, appendix C): as a name they work only in quotes. */
const KEY_WORDS = new Set(
  (
    "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation " +
    "column concurrently constraint create cross current_catalog current_date current_role current_schema " +
    "current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for " +
    "foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral " +
    "leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer " +
    "overlaps placing primary references returning right select session_user similar some symmetric system_user " +
    "table tablesample then to trailing true union unique user using variadic verbose when where window with"
  ).split(" "),
);

/** Letters that Unicode decomposition leaves whole. */
const FOLDS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
};

/** Length of a text in UTF-8 bytes. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * A database and role name for a project's folder: lower case ASCII letters, digits and `_`, starting with a
 * letter, at most 63 bytes, never a name or key word of PostgreSQL's own; "app" when nothing is left.
 */
export function proposeName(folder: string): string {
  const folded = [...folder.toLowerCase().normalize("NFKD")].map((letter) => FOLDS[letter] ?? letter).join("");
  const plain = folded
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (plain === "") return "app";
  const lettered = /^[a-z]/.test(plain) && !plain.startsWith("pg_") ? plain : `app_${plain}`;
  const own = TAKEN_BY_POSTGRESQL.has(lettered) || KEY_WORDS.has(lettered) ? `${lettered}_app` : lettered;
  return own.slice(0, MAX_NAME_BYTES).replace(/_+$/, "");
}

/** The first of name, name_2, name_3, ... that `taken` does not hold, cut to stay within 63 bytes. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const suffix = `_${number}`;
    const letters = [...name];
    while (utf8Length(letters.join("")) + suffix.length > MAX_NAME_BYTES) letters.pop();
    const candidate = letters.join("") + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}

const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff);
};

/** Why PostgreSQL would not take this name, as a Problem at its field; null when it would. Quotes, spaces and Unicode are fine. */
export function checkName(name: string, field: NameField): Problem | null {
  const what = field === "database" ? "The database" : "The role";
  const wrong = (message: string, next: string) => problem("invalid-input", message, { next, field });
  if (name === "") return wrong(`${what} needs a name.`, "Type a name.");
  if ([...name].some(isControl)) {
    return wrong(
      "The name holds a character that cannot be typed or seen.",
      "Take out line breaks, tabs and the like.",
    );
  }
  const bytes = utf8Length(name);
  if (bytes > MAX_NAME_BYTES) {
    const more = bytes === name.length ? "" : "; letters outside ASCII count two to four";
    return wrong(
      `The name is ${bytes} bytes long, and PostgreSQL keeps ${MAX_NAME_BYTES}.`,
      `Make it ${bytes - MAX_NAME_BYTES} bytes shorter${more}.`,
    );
  }
  if (field === "role" && name.startsWith("pg_")) {
    return wrong("PostgreSQL keeps role names that start with pg_ for itself.", "Start the name another way.");
  }
  if (field === "role" && (name === "public" || name === "none")) {
    return wrong(`"${name}" means something else to PostgreSQL and cannot be a role.`, "Take another name.");
  }
  if (field === "database" && (name === "template0" || name === "template1")) {
    return wrong(`${name} is the pattern new databases are copied from.`, "Take another name.");
  }
  return null;
}

/** A soft note on a name that works but must be quoted in SQL typed by hand; null when there is nothing to say. */
export function nameAdvice(name: string): string | null {
  if (name === "") return null;
  if (name !== name.trim()) return "The name starts or ends with a space; it works, and is easy to mistype.";
  if (/^[a-z_][a-z0-9_$]*$/.test(name) && !KEY_WORDS.has(name)) return null;
  return `It works. In SQL typed by hand it needs double quotes: "${name.replaceAll('"', '""')}".`;
}
