import { parsePostgresqlConf } from "../../../shared/domain/detect/postgresql-conf";
import type { Machine } from "./machine";

const CONF_LIMIT = 1024 * 1024;
/** PostgreSQL itself stops at ten nested includes (guc-file.l). */
const DEPTH = 10;

export interface ConfValues {
  readonly values: ReadonlyMap<string, string>;
  /** One line each: files that could not be read, includes that lead nowhere. */
  readonly problems: readonly string[];
  /** Why the main file itself is unreadable; null when it was read. */
  readonly failure: "missing" | "denied" | string | null;
}

/** Reads postgresql.conf with everything it includes, then `postgresql.auto.conf` over it where that is readable. */
export async function readClusterConf(
  { files: { listFolder, readText }, path }: Pick<Machine, "files" | "path">,
  file: string,
): Promise<ConfValues> {
  const values = new Map<string, string>();
  const problems: string[] = [];

  async function include(target: string, mayMiss: boolean, depth: number): Promise<string | null> {
    if (depth > DEPTH) {
      problems.push(`${target} is included more than ${DEPTH} files deep; it is left out.`);
      return null;
    }
    const read = await readText(target, CONF_LIMIT);
    if (read.kind !== "text") {
      const why =
        read.kind === "unreadable" ? read.why : read.kind === "denied" ? "your user may not read it" : "it is missing";
      if (!(mayMiss && read.kind === "missing") && depth > 0) problems.push(`${target} is left out: ${why}.`);
      return read.kind === "unreadable" ? read.why : read.kind;
    }
    for (const entry of parsePostgresqlConf(read.text).entries) {
      if (entry.kind === "setting") {
        values.set(entry.name, entry.value);
        continue;
      }
      const next = path.resolve(path.dirname(target), entry.path);
      if (entry.directive === "include_dir") await includeFolder(next, depth);
      else await include(next, entry.directive === "include_if_exists", depth + 1);
    }
    return null;
  }

  async function includeFolder(folder: string, depth: number): Promise<void> {
    const listing = await listFolder(folder);
    if (listing.kind !== "names") {
      problems.push(
        `${folder} is left out: ${listing.kind === "denied" ? "your user may not read it" : "it is missing"}.`,
      );
      return;
    }
    for (const name of listing.names) {
      if (name.endsWith(".conf") && !name.startsWith(".")) await include(path.join(folder, name), true, depth + 1);
    }
  }

  const failure = await include(file, false, 0);
  const dataDirectory = values.get("data_directory");
  if (dataDirectory) {
    // ALTER SYSTEM writes here; it wins over every other file.
    const auto = await readText(path.join(dataDirectory, "postgresql.auto.conf"), CONF_LIMIT);
    if (auto.kind === "text") {
      for (const entry of parsePostgresqlConf(auto.text).entries) {
        if (entry.kind === "setting") values.set(entry.name, entry.value);
      }
    }
  }
  return { values, problems, failure };
}
