/** Starts that lead into each part of a string: other text, a URI's parts, a keyword's value, a command, a line of `.env`. */
const STARTS: Readonly<Record<string, string>> = {
  bare: "",
  URI: "postgresql://",
  password: "postgresql://u:p",
  host: "postgresql://u:p@h",
  bracket: "postgresql://[",
  database: "postgresql://u:p@h:5432/",
  query: "postgresql://u:p@h/d?",
  value: "postgresql://u:p@h/d?application_name=",
  keyword: "host=h password=",
  quoted: "host=h password='",
  psql: "psql -h h ",
  env: "export DATABASE_URL=",
  "env quoted": 'DATABASE_URL="postgresql://u:p@h/',
  jdbc: "jdbc:postgresql://h/d?user=u&password=",
  sqlalchemy: "postgresql+asyncpg://u:",
};

/** What is then repeated. */
const UNITS: readonly string[] = [
  ...[",", "@", ":", "/", "?", "#", "[", "]", "%", "%41", "%F0", "&", "=", "a=", "&a=b", "&sslmode=require", "h,"],
  ...[
    "'",
    '"',
    "\\",
    "\\'",
    " ",
    "\t",
    "\n",
    "a b ",
    "a=b ",
    "'a' ",
    "\"'",
    "user=u ",
    "a@",
    "@h:1/",
    "u:p@",
    ",[::1]:5",
  ],
  ...[
    "export ",
    "export A_URL=x\n",
    "#\n",
    " # ",
    "$(",
    "$A",
    "-h ",
    "--host=h ",
    "docker run ",
    "\r\n",
    "1",
    "a",
    "-",
  ],
  ...[
    "_",
    "é",
    "日",
    "😀",
    "\ud800",
    "\udc00",
    "\u0301",
    "\u00a0",
    "\0",
    "postgresql://",
    "://",
    "a.",
    "(",
    "{",
    "`",
    "“",
    ":1,",
  ],
];

/** Starts and repetitions that have cost a reader most, or that fill a list of its own; "" ends what is left open. */
const WORST: readonly (readonly [start: string, unit: string, end: string])[] = [
  ["URI", ",", ""],
  ["URI", "@", ""],
  ["URI", "h,", "/d"],
  ["password", "@", "@h/d"],
  ["password", "%41", "@h/d"],
  ["password", "#", "/d?x=y@h"],
  ["host", ":1,", ""],
  ["query", "&", ""],
  ["query", "&a=b", ""],
  ["value", "\ud800", ""],
  ["keyword", "\\", ""],
  ["keyword", "a=b ", ""],
  ["quoted", "\\'", ""],
  ["bare", "export A_URL=x\n", ""],
  ["bare", "\"'", ""],
  ["bare", " ", "x"],
  ["psql", "-h ", ""],
  ["env quoted", " ", '"'],
  ["jdbc", "&user=", ""],
  ["sqlalchemy", "u:p@", "h"],
];

export interface HostileInput {
  readonly name: string;
  readonly text: string;
}

const hostile = (start: string, unit: string, end: string, length: number): HostileInput => ({
  name: `${start} + ${JSON.stringify(unit)}${end === "" ? "" : ` + ${JSON.stringify(end)}`}`,
  text: `${STARTS[start]}${unit.repeat(Math.floor((length - (STARTS[start] ?? "").length - end.length) / unit.length))}${end}`,
});

/** The inputs that cost most, `length` UTF-16 units each. */
export const worstInputs = (length: number): readonly HostileInput[] =>
  WORST.map(([start, unit, end]) => hostile(start, unit, end, length));

/** Every start with every repetition, made one by one: a thousand megabytes would not fit in memory. */
export function* allInputs(length: number): Generator<HostileInput> {
  for (const start of Object.keys(STARTS)) {
    for (const unit of UNITS) yield hostile(start, unit, "", length);
  }
}

/** What the recognisers of pasted texts look for, over and over: none of them may begin anew at each. */
const PASTED: readonly string[] = [
  ...[
    '"Host=a;',
    '"pgsql:host=',
    "jdbc:postgresql:",
    "- target: 5432\n",
    "ports: [,",
    '\\"postgres:',
    "POSTGRES_USER=",
  ],
  ...[
    "h:5:a:b:",
    'Sequelize("',
    'a=b(["',
    "connect(host=",
    'os.environ["',
    "export A=b && ",
    "$env:A=",
    "docker run -e A=b ",
  ],
  ...["${A:", '"host=h user=u" ', "?a&amp;", "postgresql//", "r2dbc:pool:", "psql -d ", "spring.datasource.username="],
];

/** The same inputs for pasted texts, alone and behind the start of one that is known. */
export const pastedInputs = (length: number): readonly HostileInput[] =>
  ["", "POSTGRES_PASSWORD=x\nports:\n", "jdbc:postgresql://h/d\n", 'connect({"'].flatMap((start) =>
    PASTED.map((unit) => ({
      name: `${JSON.stringify(start)} + ${JSON.stringify(unit)}`,
      text: start + unit.repeat(Math.floor((length - start.length) / unit.length)),
    })),
  );
