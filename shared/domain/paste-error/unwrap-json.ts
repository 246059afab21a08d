/** Strings of a log line in JSON, deepest names and all, at most this many. */
const MOST = 200;
const DEEPEST = 8;

/** Fields of PostgreSQL's jsonlog (runtime-config-logging) and of the loggers that apps use. */
const SQLSTATE_FIELDS: ReadonlySet<string> = new Set(["state_code", "sqlstate", "pgcode", "code"]);
/** What was asked is no answer: a statement can hold any words. */
const LEFT_OUT: ReadonlySet<string> = new Set(["statement", "query", "sql", "internal_query"]);

export interface JsonEntry {
  readonly lines: readonly string[];
  readonly sqlstate: string | null;
}

const isSqlstate = (value: string): boolean => /^[0-9A-Z]{5}$/.test(value) && /\d/.test(value);

/** `FATAL: message`, `DETAIL: ...` as the server's plain log would say them. */
function serverLines(entry: Readonly<Record<string, unknown>>): readonly string[] | null {
  const { error_severity: severity, message, detail, hint } = entry;
  if (typeof severity !== "string" || typeof message !== "string") return null;
  const more = [
    ["DETAIL", detail],
    ["HINT", hint],
  ].flatMap(([name, value]) => (typeof value === "string" ? [`${name}:  ${value}`] : []));
  return [`${severity}:  ${message}`, ...more].flatMap((text) => text.split("\n"));
}

/** The texts in a line that is a JSON object; null when it is none. */
export function fromJson(line: string): JsonEntry | null {
  const start = line.indexOf("{");
  const end = line.lastIndexOf("}");
  if (start < 0 || end < start || !/^[^{]{0,200}\{\s*"/.test(line)) return null;
  let value: unknown;
  try {
    value = JSON.parse(line.slice(start, end + 1));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const lines: string[] = [];
  let sqlstate: string | null = null;
  const visit = (name: string, one: unknown, depth: number): void => {
    if (lines.length >= MOST || depth > DEEPEST || LEFT_OUT.has(name)) return;
    if (typeof one === "string") {
      if (SQLSTATE_FIELDS.has(name) && isSqlstate(one)) sqlstate = sqlstate ?? one;
      // A code in a field of its own still says it: `"code":"ECONNREFUSED"`.
      lines.push(...(SQLSTATE_FIELDS.has(name) ? [`${name}: '${one}'`] : one.split(/\r?\n/)));
    } else if (typeof one === "number" && (name === "port" || name === "errno")) {
      lines.push(`${name}: ${one}`);
    } else if (typeof one === "object" && one !== null) {
      for (const [inner, next] of Object.entries(one)) visit(inner, next, depth + 1);
    }
  };
  const server = serverLines(value as Record<string, unknown>);
  visit("", value, 0);
  return { lines: server ?? lines, sqlstate };
}
