/** A line without what a mail, a terminal, an engine or a journal put in front of it. */
export interface Bare {
  readonly text: string;
  /** When it was written, in milliseconds, where the prefix says it. */
  readonly moment: number | null;
  /** True where a prefix stood that only begins lines: what follows such a line is none of its. */
  readonly prefixed: boolean;
}

const ISO = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/.source;
const SYSLOG = /[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?/.source;
const HOST = /[\w.-]{1,80}/.source;
const UNIT = /[\w@./\\-]{1,80}/.source;

/** Quoting by people: every line has it, so that a line's continuation has it as well. */
const QUOTING: readonly RegExp[] = [/^[ \t]*(?:> ?)+/, /^[ \t]*(?:`{3,}|~{3,})[\w-]*[ \t]*$/];

/** What programs put in front of a line; one layer each. */
const WRITERS: readonly RegExp[] = [
  // docker compose: "db-1  | ", docker-compose 1: "db_1  | ", pm2: "0|web  | "; Kubernetes and stern print a name alone.
  /^[ \t]*(?:\d{1,4}\|)?[\w.-]{1,80}[ \t]*\|[ \t]/,
  // foreman and kin: "10:11:12 web.1   | ".
  /^\d\d:\d\d:\d\d [\w.-]{1,80}[ \t]*\|[ \t]/,
  // stern, turbo, pytest.
  /^[\w-]{1,80}-[a-z0-9]{5,10}-[a-z0-9]{5} [\w-]{1,63} /,
  /^[\w@/-]{1,80}:[\w:-]{1,80}: /,
  /^E {3,7}/,
  /^\[(?:pod|container|service)\/[\w./-]{1,200}\] /,
  // Docker's builder: "#12 3.456 ".
  /^#\d{1,4} \d{1,6}\.\d{1,3} /,
  // syslog, RFC 5424: "<27>1 moment host app pid id [data] ".
  new RegExp(`^<\\d{1,3}>1 (?<moment>${ISO}) ${HOST} ${UNIT} [\\w-]{1,80} [\\w-]{1,80} (?:-|\\[[^\\]]{1,500}\\]) `),
  // journald and syslog: "Nov 23 04:51:27 host unit[123]: ".
  new RegExp(`^(?:<\\d{1,3}>)?(?<moment>${SYSLOG}) ${HOST} ${UNIT}(?:\\[\\d+\\])?: `),
  new RegExp(`^(?:<\\d{1,3}>)?(?<moment>${ISO}) ${HOST} ${UNIT}\\[\\d+\\]: `),
  // PostgreSQL numbers the lines that it sends to syslog: "[5-1] ".
  /^\[\d{1,9}-\d{1,4}\] /,
  // Heroku and Fly: "moment app[web.1]: ", "moment app[148ed] fra [info]".
  new RegExp(`^(?<moment>${ISO}) \\w{1,40}\\[[\\w.-]{1,80}\\](?::| [a-z]{3} \\[\\w{1,10}\\]) ?`),
  // supervisord: "moment DEBG 'web' stderr output: ".
  new RegExp(`^(?<moment>${ISO}) [A-Z]{4} '[\\w.:-]{1,80}' std(?:out|err) output:\\s?`),
  // Container engines and CI: a moment to more than milliseconds, a stream.
  new RegExp(`^(?<moment>${ISO}) (?:std(?:out|err) [FP]|\\d\\d[OE]\\+?) `),
  /^(?<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{4,9}(?:Z|[+-]\d\d:\d\d)) ?/,
];

/** What stands in front of every line of a paste: its indentation, a list's or a comment's signs, numbers of lines. */
const IN_FRONT = /^(?:[ \t]*[#*+|│┃║-]+(?=[ \t]|$))?[ \t]*/;
const NUMBERED = /^[ \t]*\d{1,5}(?:[ \t]*[:|│][ \t]?| {1,4}|\t)/;

/** The right side of a frame, as rich and psql draw it. */
const FRAME_END = /[ \t]*[|│┃║][ \t]*$/;
const BORDER = /^[ \t]*[+╭╰┌└├╔╚╠═─━-][+╭╮╰╯┌┐└┘├┤╔╗╚╝╠╣═─━-]*.{0,120}[+╮╯┐┘┤╗╝╣─━-][ \t]*$/;

/** Takes off what every line has around it, so that lines begin and end where they were printed. */
export function withoutMargin(lines: readonly string[]): readonly string[] {
  const full = lines.filter((line) => line.trim() !== "" && !BORDER.test(line));
  const [first] = full.map((line) => Number.parseInt(line, 10));
  if (
    full.length > 1 &&
    full.every((line, at) => NUMBERED.test(line) && Number.parseInt(line, 10) === (first ?? 0) + at)
  )
    return withoutMargin(lines.map((line) => line.replace(NUMBERED, "")));
  if (full.length > 1 && full.every((line) => FRAME_END.test(line)))
    return withoutMargin(lines.map((line) => (BORDER.test(line) ? "" : line.replace(FRAME_END, ""))));
  let margin = IN_FRONT.exec(full[0] ?? "")?.[0] ?? "";
  for (const line of full) while (!line.startsWith(margin)) margin = margin.slice(0, -1);
  return margin === "" ? lines : lines.map((line) => line.slice(margin.length));
}

const LAYERS = 4;

function momentOf(found: RegExpExecArray): number | null {
  const said = found.groups?.moment;
  if (said === undefined) return null;
  // A syslog moment has no year; any does, since only distances count.
  const moment = Date.parse(/^\d/.test(said) ? said.replace(",", ".").replace(" ", "T") : `2000 ${said}`);
  return Number.isNaN(moment) ? null : moment;
}

/** Takes off what stands in front of a line, layer by layer. */
export function bare(line: string): Bare {
  let text = line;
  let moment: number | null = null;
  let prefixed = false;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const before = text;
    for (const quoting of QUOTING) text = text.replace(quoting, "");
    for (const writer of WRITERS) {
      const found = writer.exec(text);
      if (!found) continue;
      moment ??= momentOf(found);
      prefixed = true;
      text = text.slice(found[0].length);
    }
    if (text === before) break;
  }
  return { text: text.trimEnd(), moment, prefixed };
}
