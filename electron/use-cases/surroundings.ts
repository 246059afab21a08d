import { isSecretParameter, LIBPQ_KEYWORDS } from "../../shared/domain/dsn/libpq-keywords";
import type { PassfileLine } from "../../shared/domain/dsn/passfile";
import type { Passfile, ServiceSection, Surroundings } from "../../shared/domain/dsn/surroundings";

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
const FURTHER = ["PGSERVICEFILE", "PGSYSCONFDIR", "PGREQUIRESSL"];
const VARIABLES: readonly (readonly [variable: string, keyword: string])[] = [
  ...[...LIBPQ_KEYWORDS].flatMap(([keyword, { variable }]) => (variable ? [[variable, keyword] as const] : [])),
  ...FURTHER.map((variable) => [variable, ""] as const),
];

/** An empty secret counts as none for some readers, so it stays visible as empty. */
const masked = (keyword: string, value: string): string => (value !== "" && isSecretParameter(keyword) ? "***" : value);

/** The same without any secret, for the window. */
export function shownSurroundings({
  environment,
  passfile,
  services,
  osUser,
  socketDirectory,
}: FoundSurroundings): Surroundings {
  return {
    osUser,
    socketDirectory,
    environment: Object.fromEntries(
      VARIABLES.flatMap(([variable, keyword]) => {
        const value = environment[variable];
        return value === undefined ? [] : [[variable, masked(keyword, value)]];
      }),
    ),
    passfile: passfile && {
      path: passfile.path,
      entries: passfile.lines.map(({ line, host, port, database, user }) => ({ line, host, port, database, user })),
      brokenLines: passfile.brokenLines,
      ignored: passfile.ignored,
    },
    services: services.map(({ name, file, path, line, parameters }) => ({
      name,
      file,
      path,
      line,
      values: Object.fromEntries([...parameters].map(([keyword, value]) => [keyword, masked(keyword, value)])),
    })),
  };
}

/** What surrounds a string on this computer. */
export interface SurroundingsReader {
  /** As the window may see it. */
  shown(): Promise<Surroundings>;
}

/** Reads the surroundings anew for every question: files and rights change. */
export const createSurroundings = (source: SurroundingsSource): SurroundingsReader => ({
  shown: async () => shownSurroundings(await source.read()),
});
