import { printable } from "../../../shared/domain/containers/raw";
import { parsePostgresqlConf } from "../../../shared/domain/detect/postgresql-conf";
import type { Machine } from "./machine";

const CONF_LIMIT = 1024 * 1024;
/** PostgreSQL itself stops at ten nested includes (guc-file.l). */
const DEPTH = 10;
/** Files read for one configuration, and lines said about those left out. */
const FILES = 200;
const PROBLEMS = 3;

export interface ConfValues {
  readonly values: ReadonlyMap<string, string>;
  /** One line each: files that could not be read, includes that lead nowhere. */
  readonly problems: readonly string[];
  /** The first line that follows no rule of the format; null: none. PostgreSQL does not start with such a line. */
  readonly badLine: { readonly file: string; readonly line: number } | null;
  /** Why the main file itself is unreadable; null when it was read. */
  readonly failure: "missing" | "denied" | string | null;
}

/**
 * Reads postgresql.conf with everything it includes, then `postgresql.auto.conf` over it where that is readable;
 * `dataDirectory` is where that lies unless the configuration says otherwise, null where nobody knows.
 */
export async function readClusterConf(
  { files: { listFolder, readText }, path }: Pick<Machine, "files" | "path">,
  file: string,
  dataDirectory: string | null,
): Promise<ConfValues> {
  const values = new Map<string, string>();
  const problems: string[] = [];
  let files = 0;
  let badLine: ConfValues["badLine"] = null;
  let left = 0;
  const leaveOut = (line: string): void => {
    left++;
    if (problems.length < PROBLEMS) problems.push(printable(line, 400));
  };

  const read = new Map<string, ReturnType<typeof readAnew>>();
  async function readAnew(target: string) {
    const answer = await readText(target, CONF_LIMIT);
    return answer.kind === "text" ? ({ kind: "parsed", parsed: parsePostgresqlConf(answer.text) } as const) : answer;
  }
  /** What a file says; included a hundred times, it is read once. */
  const contents = (target: string): ReturnType<typeof readAnew> => {
    const known = read.get(target) ?? readAnew(target);
    read.set(target, known);
    return known;
  };

  /** Why a file is not read that those of `from` include, the main one first; null: it is. */
  function refusal(target: string, from: readonly string[]): string | null {
    if (from.includes(target)) return `${target} includes itself; that is left out.`;
    if (from.length <= DEPTH && files < FILES) return null;
    const much = from.length > DEPTH ? `more than ${DEPTH} files deep` : `after ${FILES} others`;
    return `${target} is included ${much}; it is left out.`;
  }

  /** `from` are the files it is included by. */
  async function include(target: string, mayMiss: boolean, from: readonly string[]): Promise<string | null> {
    const depth = from.length;
    files++;
    const said = await contents(target);
    if (said.kind !== "parsed") {
      const why =
        said.kind === "unreadable" ? said.why : said.kind === "denied" ? "your user may not read it" : "it is missing";
      if (!(mayMiss && said.kind === "missing") && depth > 0) leaveOut(`${target} is left out: ${why}.`);
      return said.kind === "unreadable" ? said.why : said.kind;
    }
    const { parsed } = said;
    const [line] = parsed.badLines;
    if (line !== undefined) badLine ??= { file: target, line };
    const chain = [...from, target];
    for (const entry of parsed.entries) {
      if (entry.kind === "setting") {
        values.set(entry.name, entry.value);
        continue;
      }
      const next = path.resolve(path.dirname(target), entry.path);
      if (entry.directive === "include_dir") await includeFolder(next, chain);
      else {
        const reading = follow(next, entry.directive === "include_if_exists", chain);
        if (reading) await reading;
      }
    }
    return null;
  }

  /** Thousands of refusals take no turn of their own. */
  const follow = (target: string, mayMiss: boolean, from: readonly string[]): Promise<unknown> | null => {
    const refused = refusal(target, from);
    if (refused === null) return include(target, mayMiss, from);
    leaveOut(refused);
    return null;
  };

  async function includeFolder(folder: string, from: readonly string[]): Promise<void> {
    const listing = await listFolder(folder);
    if (listing.kind !== "names") {
      leaveOut(
        `${folder} is left out: ${listing.kind === "denied" ? "your user may not read it" : listing.kind === "missing" ? "it is missing" : listing.why}.`,
      );
      return;
    }
    const names = listing.names.filter((name) => name.endsWith(".conf") && !name.startsWith("."));
    for (const name of names.slice(0, FILES)) await follow(path.join(folder, name), true, from);
  }

  const failure = await include(file, false, []);
  const data = values.get("data_directory") || dataDirectory;
  if (data !== null && failure === null) {
    // ALTER SYSTEM writes here; it wins over every other file.
    const auto = await readText(path.join(data, "postgresql.auto.conf"), CONF_LIMIT);
    if (auto.kind === "text") {
      for (const entry of parsePostgresqlConf(auto.text).entries) {
        if (entry.kind === "setting") values.set(entry.name, entry.value);
      }
    }
  }
  const more = left - problems.length;
  return { values, problems: more > 0 ? [...problems, `${more} more are left out.`] : problems, badLine, failure };
}
