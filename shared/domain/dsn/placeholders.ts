/** What a template leaves open; the last must fill a whole part of the string. */
const OPEN = [
  /(\$\{[A-Za-z_][^{}\s]{0,80}\})/g,
  /(\{\{[^{}]{1,80}\}\})/g,
  /(?<=[:/@=,])(\$[A-Z_][A-Z0-9_]{0,80}|%[A-Z_]{3,60}%)(?=[:/@?&,]|$)/g,
  /(?<=[:/@=])(\{[A-Za-z_][\w.[\]"']{0,80}\}|<[A-Za-z][\w -]{0,60}>|\[[A-Za-z][A-Za-z _-]{2,60}\])(?=[:/@?&]|$)/g,
];

/** In brackets a real password may stand too: only what names a part is taken for a placeholder, and shown. */
const NAMES_PART =
  /^(?:\$|\{\{|%)|pass|pwd?\b|user|host|d(?:ata)?b(?:ase)?|port|name|your|secret|ref|region|project|endpoint/i;

/** What a string still leaves open: `${PGPASSWORD}`, `<password>`, `[YOUR-PASSWORD]`; each once, in their order. */
export function placeholdersIn(text: string): readonly string[] {
  if (!/[$<[{%]/.test(text)) return [];
  const found = OPEN.flatMap((pattern) => [...text.slice(0, 20_000).matchAll(pattern)]);
  const names = found.sort((a, b) => a.index - b.index).map(([, name = ""]) => name);
  return [...new Set(names.filter((name) => NAMES_PART.test(name)))];
}

/** One sentence about what is still to be put in, or null. */
export function namePlaceholders(text: string): string | null {
  const open = placeholdersIn(text);
  if (open.length === 0) return null;
  return `The string still holds ${open.join(" and ")}: put ${open.length === 1 ? "its value" : "their values"} in.`;
}
