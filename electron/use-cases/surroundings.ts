import { isSecretParameter, LIBPQ_KEYWORDS } from "../../shared/domain/dsn/libpq-keywords";
import { type PassfileLine, passwordIn } from "../../shared/domain/dsn/passfile";
import type { Passfile, PassfileEntry, ServiceSection, Surroundings } from "../../shared/domain/dsn/surroundings";

/** A password file with its passwords; they stay in main. */
export interface FoundPassfile extends Omit<Passfile, "entries"> {
  readonly lines: readonly PassfileLine[];
}

/** A service's section with its secrets; they stay in main. */
export interface FoundService extends Omit<ServiceSection, "values"> {
  readonly parameters: ReadonlyMap<string, string>;
}

/** What surrounds a string, secrets and all; never handed to a window. */
export interface FoundSurroundings {
  readonly osUser: string;
  readonly socketDirectory: string;
  /** The whole environment of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly passfile: FoundPassfile | null;
  readonly services: readonly FoundService[];
}

export interface SurroundingsSource {
  read(): Promise<FoundSurroundings>;
}

/** Variables that count although no keyword goes by them. */
const FURTHER = ["PGSERVICEFILE", "PGSYSCONFDIR", "PGREQUIRESSL", "PGTZ", "PGDATESTYLE", "PGGEQO"];
const VARIABLES: readonly (readonly [variable: string, keyword: string])[] = [
  ...[...LIBPQ_KEYWORDS].flatMap(([keyword, { variable }]) => (variable ? [[variable, keyword] as const] : [])),
  ...FURTHER.map((variable) => [variable, ""] as const),
];

/** An empty secret counts as none for some readers, so it stays visible as empty. */
const masked = (keyword: string, value: string): string => (value !== "" && isSecretParameter(keyword) ? "***" : value);

type Secrets = "hidden" | "shown";

const entryOf = (line: PassfileLine, secrets: Secrets): PassfileEntry => ({
  ...{ line: line.line, host: line.host, port: line.port, database: line.database, user: line.user },
  ...(secrets === "shown" ? { shownPassword: passwordIn(line, "asyncpg").reveal() } : {}),
});

/** The same without any secret, for the window; with them only for a person who asked to see them. */
export function shownSurroundings(
  { environment, passfile, services, osUser, socketDirectory }: FoundSurroundings,
  secrets: Secrets = "hidden",
): Surroundings {
  const told = (keyword: string, value: string) => (secrets === "shown" ? value : masked(keyword, value));
  return {
    osUser,
    socketDirectory,
    environment: Object.fromEntries(
      VARIABLES.flatMap(([variable, keyword]) => {
        const value = environment[variable];
        return value === undefined ? [] : [[variable, told(keyword, value)]];
      }),
    ),
    passfile: passfile && {
      path: passfile.path,
      entries: passfile.lines.map((line) => entryOf(line, secrets)),
      brokenLines: passfile.brokenLines,
      ignored: passfile.ignored,
    },
    services: services.map(({ name, file, path, line, parameters }) => ({
      name,
      file,
      path,
      line,
      values: Object.fromEntries([...parameters].map(([keyword, value]) => [keyword, told(keyword, value)])),
    })),
  };
}

/** What surrounds a string on this computer. */
export interface SurroundingsReader {
  /** As the window may see it. */
  shown(): Promise<Surroundings>;
  /** With its secrets, for a terminal that was asked to show them; never for a window. */
  revealed(): Promise<Surroundings>;
}

/** Reads the surroundings anew for every question: files and rights change. */
export const createSurroundings = (source: SurroundingsSource): SurroundingsReader => ({
  shown: async () => shownSurroundings(await source.read()),
  revealed: async () => shownSurroundings(await source.read(), "shown"),
});
