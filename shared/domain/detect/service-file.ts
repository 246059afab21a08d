export interface ServiceEntry {
  readonly name: string;
  /** Line of the section's head, from 1. */
  readonly line: number;
  /** libpq keywords in their order; the first of doubles counts, as in libpq. */
  readonly parameters: ReadonlyMap<string, string>;
}

export interface ParsedServiceFile {
  readonly services: readonly ServiceEntry[];
  /** Line numbers (from 1) that are neither a section, a comment nor `keyword=value`. */
  readonly badLines: readonly number[];
}

/** Parses pg_service.conf (PostgreSQL manual, "The Connection Service File"); never fails. */
export function parseServiceFile(text: string): ParsedServiceFile {
  const services: { name: string; line: number; parameters: Map<string, string> }[] = [];
  const badLines: number[] = [];
  text.split(/\r\n|\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return;
    const section = /^\[(.+)\]$/.exec(line);
    if (section) {
      services.push({ name: section[1] as string, line: index + 1, parameters: new Map() });
      return;
    }
    const mark = line.indexOf("=");
    const current = services[services.length - 1];
    if (mark <= 0 || !current) {
      badLines.push(index + 1);
      return;
    }
    const key = line.slice(0, mark).trim();
    if (!current.parameters.has(key)) current.parameters.set(key, line.slice(mark + 1).trim());
  });
  return { services, badLines };
}

/** libpq keyword of each PG* variable that says where or how to sign in (PostgreSQL manual, "Environment Variables"). */
const VARIABLES: Readonly<Record<string, string>> = {
  PGHOST: "host",
  PGHOSTADDR: "hostaddr",
  PGPORT: "port",
  PGDATABASE: "dbname",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGSSLMODE: "sslmode",
  PGSSLROOTCERT: "sslrootcert",
  PGSSLCERT: "sslcert",
  PGSSLKEY: "sslkey",
  PGAPPNAME: "application_name",
  PGCONNECT_TIMEOUT: "connect_timeout",
  PGOPTIONS: "options",
};

/** The libpq keywords that the PG* variables set; empty variables count as unset. */
export function pgVariables(environment: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [variable, keyword] of Object.entries(VARIABLES)) {
    const value = environment[variable];
    if (value) found.set(keyword, value);
  }
  return found;
}

/** True when PG* variables name a server, not only a user or an option. */
export const namesServer = (parameters: ReadonlyMap<string, string>): boolean =>
  ["host", "hostaddr", "port"].some((keyword) => parameters.has(keyword));

/** The keyword form of a connection string, every value quoted (PostgreSQL manual, "Keyword/Value Connection Strings"). */
export const keywordString = (parameters: ReadonlyMap<string, string>): string =>
  [...parameters].map(([key, value]) => `${key}='${value.replace(/[\\']/g, "\\$&")}'`).join(" ");
