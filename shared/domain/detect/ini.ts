/** Section to name to value of an ini file; names are as written, later ones win. Lines it cannot read are passed over. */
export function parseIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith(";") || trimmed.startsWith("#")) continue;
    const head = /^\[(.*)\]$/.exec(trimmed);
    if (head) {
      const name = head[1] ?? "";
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    const equals = trimmed.indexOf("=");
    if (equals > 0) section.set(trimmed.slice(0, equals).trim(), trimmed.slice(equals + 1).trim());
  }
  return sections;
}
