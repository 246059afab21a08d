import { printable } from "../../../shared/domain/containers/raw";
import {
  keywordString,
  namesServer,
  parseServiceFile,
  type ServiceEntry,
} from "../../../shared/domain/detect/service-file";
import { parseConnectionString } from "../../../shared/domain/dsn";
import type { SourceProblem } from "../../../shared/domain/server";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { asTheyFinish } from "./as-they-finish";
import type { Machine } from "./machine";
import { namedFinding } from "./named";
import { knockingOnce } from "./surroundings";

const ID = "service-file";
/** Larger files are no service files. */
const LIMIT = 1024 * 1024;
/** Debian's libpq looks here where PGSYSCONFDIR is not set (`pg_config --sysconfdir`). */
const DEBIAN_SYSCONFDIR = "/etc/postgresql-common";

const said = (kind: SourceProblem["kind"], message: string): Detected => ({
  kind: "problem",
  problem: { source: ID, kind, message: printable(message, 400) },
});

/** PGSERVICEFILE, else ~/.pg_service.conf; both as libpq looks for them (PostgreSQL manual, "The Connection Service File"). */
function ownServiceFile({ environment, home, path, platform }: Machine): string {
  if (environment.PGSERVICEFILE) return environment.PGSERVICEFILE;
  if (platform !== "win32") return path.join(home, ".pg_service.conf");
  return path.join(environment.APPDATA ?? home, "postgresql", ".pg_service.conf");
}

/** The service files libpq reads, the person's own first: what both name, the first says. */
export function serviceFiles(machine: Machine): readonly { readonly file: "own" | "system"; readonly path: string }[] {
  const folder = machine.environment.PGSYSCONFDIR || (machine.platform === "linux" ? DEBIAN_SYSCONFDIR : null);
  const own = { file: "own", path: ownServiceFile(machine) } as const;
  if (folder === null) return [own];
  return [own, { file: "system", path: machine.path.join(folder, "pg_service.conf") }];
}

interface FoundService extends ServiceEntry {
  readonly path: string;
}

/** Reads the service files; a problem instead of one that is there and cannot be read. */
export async function readServices(
  machine: Machine,
): Promise<{ readonly services: readonly FoundService[]; readonly problems: readonly Detected[] }> {
  const services = new Map<string, FoundService>();
  const problems: Detected[] = [];
  const files = serviceFiles(machine).map(async ({ path }) => ({
    path,
    read: await machine.files.readText(path, LIMIT),
  }));
  for (const { path, read } of await Promise.all(files)) {
    if (read.kind === "missing") continue;
    if (read.kind === "denied") problems.push(said("no-permission", `Your user may not read ${path}.`));
    if (read.kind === "unreadable") problems.push(said("unreadable", `${path} cannot be read: ${read.why}.`));
    if (read.kind !== "text") continue;
    const parsed = parseServiceFile(read.text);
    if (parsed.badLines.length > 0)
      problems.push(said("unreadable", `${path} has a line that cannot be read: line ${parsed.badLines[0]}.`));
    for (const one of parsed.services) if (!services.has(one.name)) services.set(one.name, { ...one, path });
  }
  return { services: [...services.values()], problems };
}

/** PGSERVICE that leads nowhere: with it set, libpq connects to nothing, whatever else is said. */
function lostService({ environment }: Machine, services: readonly FoundService[]): Detected | null {
  const wanted = environment.PGSERVICE;
  if (!wanted || services.some(({ name }) => name === wanted)) return null;
  return said("failed", `PGSERVICE names the service ${wanted}, which no service file has: psql refuses to connect.`);
}

/** The servers that libpq's service files name, a card each. */
export const serviceFileSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Service file",
  timeLimitMs: 2000,
  explains: false,
  async *find(context) {
    const shared = knockingOnce(machine, context);
    const { services, problems } = await readServices(machine);
    yield* problems;
    const lost = lostService(machine, services);
    if (lost) yield lost;
    const named = services.filter((service) => namesServer(service.parameters));
    const found = named.map(({ name, parameters, path }) => async (): Promise<Detected> => {
      const parsed = parseConnectionString(keywordString(parameters));
      if (!parsed.ok) return said("unreadable", `Service ${name} in ${path} cannot be used: ${parsed.error.message}`);
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
