import { SSLMODES } from "../../target";
import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import type { Pieces } from "./recogniser";

export type PieceName = Exclude<keyof Pieces, "parameters">;

const NAMES: Readonly<Record<PieceName, readonly string[]>> = {
  host: ["host", "hostname", "server", "address"],
  port: ["port"],
  user: ["user", "username", "user_name", "login"],
  password: ["password", "pass", "passwd", "pwd"],
  database: ["database", "dbname", "db", "db_name", "name"],
};

/** PGHOST, DB_HOST, POSTGRES_USER, DATABASE_NAME, spring.datasource.username ...: the last word says what it is. */
const PREFIX = /^(?:pg_?|db_?|database_?|postgres(?:ql)?_?|spring[._]datasource[._]|django_db_|sql_|rds_)/;

/** Which part of a connection string a variable, argument or key of that name holds. */
export function pieceOf(name: string): PieceName | null {
  const lower = name.toLowerCase();
  const short = lower.replace(PREFIX, "");
  for (const [piece, names] of Object.entries(NAMES)) {
    if (names.includes(short) || names.includes(lower)) return piece as PieceName;
  }
  return null;
}

const VARIABLES = new Map([...LIBPQ_KEYWORDS].flatMap(([name, { variable }]) => (variable ? [[variable, name]] : [])));
const KEPT: ReadonlySet<string> = new Set([
  "sslrootcert",
  "sslcert",
  "sslkey",
  "application_name",
  "target_session_attrs",
]);

/** Which of libpq's parameters it holds, with its value: PGSSLMODE, DB_SSLMODE, sslrootcert, asyncpg's ssl="require". */
export function parameterOf(name: string, value: string): readonly [name: string, value: string] | null {
  if (value === "" || pieceOf(name) !== null) return null;
  const short = VARIABLES.get(name) ?? name.toLowerCase().replace(PREFIX, "");
  if (KEPT.has(short) || VARIABLES.has(name)) return [short, value];
  const isMode = /^ssl_?(?:mode)?$/.test(short) && SSLMODES.some((mode) => mode === value);
  return isMode ? ["sslmode", value] : null;
}

const LINE =
  /^[ \t]*(?:-[ \t]+)?["']?(?:export[ \t]+|set[ \t]+|\$env:)?["']?([A-Za-z_][\w.]{0,60})["']?[ \t]*[=:][ \t]*(?:"([^"]*)"|'([^']*)'|([^\s#][^\r\n]*?))?[ \t]*,?[ \t]*(?:#.*)?$/;

/** `NAME=value` or `name: value`, a line each; a value for the first of its name. */
export function linesIn(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/, 2000)) {
    if (line.length > 2000) continue;
    const [, name, double, single, plain] = LINE.exec(line) ?? [];
    const value = double ?? single ?? plain?.replace(/\s+#.*$/, "");
    if (name !== undefined && value !== undefined && !values.has(name)) values.set(name, value);
  }
  return values;
}
