import { applyField } from "../fields";
import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import { type Found, type Pieces, type Recogniser, writePieces } from "./recogniser";
import { shellWords, splitEnvironment } from "./shell-words";

/** What a command's free words mean, in order, and which of its one-letter options take a value. */
interface Program {
  readonly free: readonly ("database" | "user")[];
  readonly valued: string;
}

const program = (valued: string, ...free: Program["free"]): Program => ({ valued: `hpUd${valued}`, free });

/** PostgreSQL's client programs and pgcli (their manual pages). */
const PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ["psql", program("cfvoFPRTL", "database", "user")],
  ["pgcli", program("uD", "database", "user")],
  ["pg_dump", program("fFjnNtTEeSZ", "database")],
  ["pg_restore", program("fFjnNtTSILP")],
  ["pg_dumpall", program("flES")],
  ["pg_isready", program("t")],
  ["createdb", program("DElOT", "database")],
  ["dropdb", program("", "database")],
  ["createuser", program("cg")],
  ["vacuumdb", program("tjP", "database")],
  ["reindexdb", program("tij", "database")],
  ["pgbench", program("cjtTfMDFLnPRsbi", "database")],
]);

/** Long options of these programs whose value is a word of its own. */
const LONG_VALUED =
  /^--(?:command|file|set|variable|output|pset|format|jobs|schema|table|encoding|owner|template|time|dsn)$/;

const LETTERS: ReadonlyMap<string, keyof Pieces> = new Map<string, keyof Pieces>(
  Object.entries({
    h: "host",
    p: "port",
    U: "user",
    u: "user",
    d: "database",
  }),
);
const LONG: ReadonlyMap<string, keyof Pieces> = new Map<string, keyof Pieces>(
  Object.entries({
    host: "host",
    port: "port",
    username: "user",
    user: "user",
    dbname: "database",
  }),
);

/** A whole connection string; of `name=value` words only those libpq knows. */
const isString = (word: string): boolean =>
  /^postgres(?:ql)?(?:\+\w+)?:\/\//i.test(word) ||
  LIBPQ_KEYWORDS.has(/^\s*([a-z_]{1,40})\s*=/.exec(word.slice(0, 100))?.[1] ?? "");

/** PG* variables in front of the command that say where and who. */
function fromVariables(variables: ReadonlyMap<string, string>): Pieces {
  const value = (keyword: string): string => variables.get(LIBPQ_KEYWORDS.get(keyword)?.variable ?? "") ?? "";
  const others = [...LIBPQ_KEYWORDS.keys()].filter(
    (keyword) => !["host", "port", "user", "password", "dbname"].includes(keyword) && value(keyword) !== "",
  );
  return {
    host: value("host") || value("hostaddr"),
    port: value("port"),
    user: value("user"),
    password: value("password"),
    database: value("dbname"),
    parameters: others.filter((keyword) => keyword !== "hostaddr").map((keyword) => [keyword, value(keyword)]),
  };
}

/** Reads options and free words; the later of two wins. */
function readOptions(words: readonly string[], { valued, free }: Program): Pieces {
  const pieces: { -readonly [name in keyof Pieces]: Pieces[name] } = {};
  const put = (name: keyof Pieces | undefined, value: string) => {
    if (name !== undefined && name !== "parameters") pieces[name] = value;
  };
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const [, long, joined] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (long !== undefined) {
      if (joined !== undefined) put(LONG.get(long), joined);
      else if (LONG.get(long) !== undefined || LONG_VALUED.test(word)) {
        at += 1;
        put(LONG.get(long), words[at] ?? "");
      }
    } else if (/^-[A-Za-z]/.test(word)) {
      // "-tAc 'select 1'": letters without a value, then one that takes what follows.
      const found = [...word.slice(1)].findIndex((letter) => valued.includes(letter));
      if (found < 0) continue;
      const attached = word.slice(found + 2);
      if (attached === "") at += 1;
      put(LETTERS.get(word[found + 1] as string), attached === "" ? (words[at] ?? "") : attached);
    } else rest.push(word);
  }
  for (const [index, name] of free.entries())
    if (rest[index] !== undefined && !pieces[name]) pieces[name] = rest[index];
  return pieces;
}

/** True for the name of a program whose command line is understood. */
export const isClientProgram = (word: string): boolean => PROGRAMS.has(word);

/** `docker exec -it db psql ...`, compose's own, `docker run postgres psql ...`: the command behind it. */
function insideContainer(words: readonly string[]): readonly string[] | null {
  const [tool = "", ...rest] = words;
  const runs = rest.slice(0, 2).some((word) => word === "exec" || word === "run");
  if (!/^(?:docker|podman|nerdctl|docker-compose)$/.test(tool) || !runs) return null;
  const at = words.findIndex(isClientProgram);
  return at < 0 ? null : words.slice(at);
}

/** `psql "..."`, `PGPASSWORD=... psql -h ...`, `pg_dump`, `createdb`, `pgcli`, `pg_isready` and the like. */
export const command: Recogniser = (text) => {
  if (text.length > 20_000 || isString(text)) return null;
  // PowerShell puts spaces around the = of `$env:PGPASSWORD = "..."`.
  const plain = text.replace(/^(\$env:\w{1,40})[ \t]{0,10}=[ \t]{0,10}/, "$1=");
  const { variables, asUser, command: words } = splitEnvironment(shellWords(plain));
  const inside = insideContainer(words);
  const [name = "", ...options] = inside ?? words;
  const base = name.replace(/^.*[/\\]/, "").replace(/\.exe$/i, "");
  const known = PROGRAMS.get(base);
  if (!known) return null;
  const surrounding = fromVariables(variables);
  const whole = options.map((word) => word.replace(/^--(?:dbname|dsn)=/, "")).find(isString);
  if (whole !== undefined) {
    const { password } = surrounding;
    const dsn = password ? applyField(whole, "password", password).text : whole;
    return { text: dsn, note: `The string was taken out of the ${base} command.` };
  }
  const given = readOptions(options, known);
  const pieces = {
    host: given.host || surrounding.host || (inside ? "localhost" : ""),
    port: given.port || surrounding.port || "",
    user: given.user || surrounding.user || asUser || "",
    password: surrounding.password ?? "",
    database: given.database || surrounding.database || "",
    parameters: surrounding.parameters ?? [],
  };
  return { text: writePieces(pieces), note: noteOf(base, inside !== null) };
};

const noteOf = (name: string, inside: boolean): Found["note"] =>
  inside
    ? `The ${name} command was written as a string; it runs inside a container, so the address from here may differ.`
    : `The ${name} command was written as a string.`;
