const SHORT: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A Python string literal; what cannot be seen is written as an escape. Lone surrogates become U+FFFD. */
export function pythonString(text: string): string {
  const written = text.replace(/\p{Surrogate}/gu, "\ufffd").replace(/["\\]|(?! )[\p{C}\p{Z}]/gu, (sign) => {
    const hex = (sign.codePointAt(0) ?? 0).toString(16);
    return SHORT[sign] ?? (hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`);
  });
  return `"${written}"`;
}

/** A Python dict of strings on one line. */
export const pythonDict = (entries: Readonly<Record<string, string>>): string =>
  `{${Object.entries(entries)
    .map(([name, value]) => `${pythonString(name)}: ${pythonString(value)}`)
    .join(", ")}}`;
