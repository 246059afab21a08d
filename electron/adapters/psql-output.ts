import type { Row } from "../use-cases/ports";

/**
 * The records of psql's CSV output; a field equal to `nullMark` is null.
 * Quoting is RFC 4180's (PostgreSQL manual, psql, `\pset format csv`).
 */
export function parseCsv(text: string, nullMark: string): readonly (readonly (string | null)[])[] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = nextBreak(text, at);
      field = text.slice(at, end);
      at = end;
    }
    record.push(field === nullMark ? null : field);
    if (text[at] === ",") {
      at += 1;
      if (at < text.length) continue;
      record.push("");
    }
    records.push(record);
    record = [];
    at += 1;
  }
  return records;
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at += 1;
  }
  return text.length;
}

function nextBreak(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (text[at] === "," || text[at] === "\n") return at;
  return text.length;
}

/** Rows from a header and its records; `types` are PostgreSQL's names of the columns' types, as `\gdesc` says them. */
export function toRows(
  records: readonly (readonly (string | null)[])[],
  types: ReadonlyMap<string, string>,
): readonly Row[] {
  const [header, ...body] = records;
  if (!header) return [];
  return body.map((record) =>
    Object.fromEntries(
      header.map((name, index) => {
        const value = record[index] ?? null;
        const column = name ?? "";
        return [column, value === null ? null : typedValue(value, types.get(column) ?? "text")];
      }),
    ),
  );
}

/** A value as node-postgres gives it: small numbers, booleans, JSON and arrays parsed; bigint and numeric stay text. */
function typedValue(text: string, type: string): unknown {
  if (type.endsWith("[]"))
    return arrayItems(text).map((item) => (item === null ? null : typedValue(item, type.slice(0, -2))));
  switch (type) {
    case "smallint":
    case "integer":
    case "oid":
    case "real":
    case "double precision":
      return Number(text);
    case "boolean":
      return text === "t";
    case "json":
    case "jsonb":
      return JSON.parse(text) as unknown;
    case "timestamp with time zone":
      return new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
    default:
      return text;
  }
}

/** The items of a one-dimensional array literal, `{a,"b c",NULL}` (PostgreSQL manual, 8.15.2). */
function arrayItems(text: string): readonly (string | null)[] {
  const items: (string | null)[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/gs;
  for (const [, quoted, bare] of text.slice(1, -1).matchAll(pattern)) {
    if (quoted !== undefined) items.push(quoted.replace(/\\(.)/gs, "$1"));
    else items.push(bare === "NULL" ? null : (bare ?? ""));
  }
  return items;
}
