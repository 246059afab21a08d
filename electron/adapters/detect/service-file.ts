import path from "node:path";
import {
  keywordString,
  namesServer,
  type ParsedServiceFile,
  parseServiceFile,
} from "../../../shared/domain/detect/service-file";
import { parseConnectionString } from "../../../shared/domain/dsn";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { asTheyFinish } from "./as-they-finish";
import type { Machine } from "./machine";
import { namedFinding } from "./named";
import { knockingOnce } from "./surroundings";

const ID = "service-file";

const said = (kind: "no-permission" | "unreadable", message: string): Detected => ({
  kind: "problem",
  problem: { source: ID, kind, message },
});

/** PGSERVICEFILE, else ~/.pg_service.conf; both as libpq looks for them (PostgreSQL manual, "The Connection Service File"). */
export function serviceFilePath(machine: Machine): string {
  const { environment, home } = machine;
  if (environment.PGSERVICEFILE) return environment.PGSERVICEFILE;
  if (machine.platform !== "win32") return path.join(home, ".pg_service.conf");
  return path.join(environment.APPDATA ?? home, "postgresql", ".pg_service.conf");
}

/** Reads the person's service file; a problem instead when it is there and cannot be read. */
export async function readServices(
  machine: Machine,
): Promise<{ readonly file: string; readonly read: ParsedServiceFile | Detected | null }> {
  const file = serviceFilePath(machine);
  const read = await machine.files.readText(file, 1024 * 1024);
  if (read.kind === "missing") return { file, read: null };
  if (read.kind === "denied") return { file, read: said("no-permission", `Your user may not read ${file}.`) };
  if (read.kind === "unreadable") return { file, read: said("unreadable", `${file} cannot be read: ${read.why}.`) };
  return { file, read: parseServiceFile(read.text) };
}

/** The servers that a libpq service file names, a card each. */
export const serviceFileSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Service file",
  timeLimitMs: 2000,
  explains: false,
  async *find(context) {
    const shared = knockingOnce(machine, context);
    const { file, read } = await readServices(machine);
    if (!read) return;
    if ("kind" in read) {
      yield read;
      return;
    }
    if (read.badLines.length > 0)
      yield said("unreadable", `${file} has a line that cannot be read: line ${read.badLines[0]}.`);
    const named = read.services.filter((service) => namesServer(service.parameters));
    const found = named.map(({ name, parameters }) => async (): Promise<Detected> => {
      const parsed = parseConnectionString(keywordString(parameters));
      if (!parsed.ok) return said("unreadable", `Service ${name} in ${file} cannot be used: ${parsed.error.message}`);
      const source = `From service ${name}`;
      const credentials = parsed.value;
      const finding = await namedFinding(shared, {
        id: `service:${name}`,
        origin: "service-file",
        source,
        credentials,
      });
      return { kind: "server", finding };
    });
    yield* asTheyFinish(found);
  },
});
