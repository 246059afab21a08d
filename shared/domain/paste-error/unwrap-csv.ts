/** Positions in a line of PostgreSQL's csvlog (runtime-config-logging, "Using CSV-Format Log Output"). */
const SEVERITY = 11;
const SQLSTATE = 12;
const MESSAGE = 13;
const DETAIL = 14;
const HINT = 15;

export interface CsvEntry {
  readonly lines: readonly string[];
  readonly sqlstate: string | null;
}

/** The fields up to the hint; linear, and an unclosed quote ends with the line. */
function fields(line: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at <= line.length && found.length <= HINT) {
    let value = "";
    if (line[at] === '"') {
      let end = at + 1;
      for (;;) {
        const quote = line.indexOf('"', end);
        if (quote < 0) return [...found, value + line.slice(end)];
        value += line.slice(end, quote);
        if (line[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        value += '"';
        end = quote + 2;
      }
      const comma = line.indexOf(",", at);
      at = comma < 0 ? line.length + 1 : comma + 1;
    } else {
      const comma = line.indexOf(",", at);
      value = line.slice(at, comma < 0 ? line.length : comma);
      at = comma < 0 ? line.length + 1 : comma + 1;
    }
    found.push(value);
  }
  return found;
}

/** What a line of csvlog says; null when it is none. */
export function fromCsv(line: string): CsvEntry | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [A-Z+\-\d:]{1,8},/.test(line)) return null;
  const values = fields(line);
  const sqlstate = values[SQLSTATE] ?? "";
  if (!/^[A-Z]{3,7}\d?$/.test(values[SEVERITY] ?? "") || !/^[0-9A-Z]{5}$/.test(sqlstate)) return null;
  const said = [
    `${values[SEVERITY]}:  ${values[MESSAGE] ?? ""}`,
    ...(values[DETAIL] ? [`DETAIL:  ${values[DETAIL]}`] : []),
    ...(values[HINT] ? [`HINT:  ${values[HINT]}`] : []),
  ];
  return { lines: said.flatMap((text) => text.split("\n")), sqlstate };
}
