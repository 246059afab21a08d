import { straightQuotes } from "./clean";
import type { TextRule } from "./text-rule";
import { TRANSLATIONS } from "./translations";

type Meaning = Pick<TextRule, "id" | "sqlstate" | "errno" | "anybody" | "also">;

const ENTRY = 'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s';

/** The English texts that the catalogues translate, and what they stand for. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'password authentication failed for user "%s"': {
    id: "authenticate.password-rejected",
    sqlstate: "28P01",
    also: ["authenticate.role-missing"],
  },
  'role "%s" does not exist': { id: "authenticate.role-missing" },
  'role "%s" is not permitted to log in': { id: "authenticate.role-cannot-login", sqlstate: "28000" },
  'Peer authentication failed for user "%s"': { id: "authenticate.peer-rejected", sqlstate: "28000" },
  'Ident authentication failed for user "%s"': { id: "authenticate.ident-rejected", sqlstate: "28000" },
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s': {
    id: "authenticate.hba-rejects",
    sqlstate: "28000",
  },
  [ENTRY]: { id: "authenticate.no-hba-entry", sqlstate: "28000" },
  "connection requires a valid client certificate": {
    id: "encrypt.client-certificate-required",
    sqlstate: "28000",
  },
  'database "%s" does not exist': { id: "database.missing", sqlstate: "3D000" },
  'database "%s" is not currently accepting connections': { id: "database.not-accepting", sqlstate: "55000" },
  'permission denied for database "%s"': { id: "database.connect-denied", sqlstate: "42501" },
  "permission denied for database %s": { id: "privileges.object-denied", sqlstate: "42501" },
  "User does not have CONNECT privilege.": { id: "database.connect-denied", sqlstate: "42501" },
  "permission denied for schema %s": { id: "privileges.no-create", sqlstate: "42501" },
  "no schema has been selected to create in": { id: "privileges.no-schema", sqlstate: "3F000" },
  "cannot execute %s in a read-only transaction": { id: "privileges.read-only", sqlstate: "25006" },
  "cannot execute %s during recovery": { id: "privileges.read-only", sqlstate: "25006" },
  "sorry, too many clients already": { id: "server.too-many-connections", sqlstate: "53300" },
  "remaining connection slots are reserved for non-replication superuser connections": {
    id: "server.reserved-slots",
    sqlstate: "53300",
  },
  "remaining connection slots are reserved for roles with the %s attribute": {
    id: "server.reserved-slots",
    sqlstate: "53300",
  },
  'remaining connection slots are reserved for roles with privileges of the "%s" role': {
    id: "server.reserved-slots",
    sqlstate: "53300",
  },
  'too many connections for role "%s"': { id: "server.role-limit", sqlstate: "53300" },
  'too many connections for database "%s"': { id: "server.database-limit", sqlstate: "53300" },
  "the database system is starting up": { id: "server.starting", sqlstate: "57P03" },
  "the database system is shutting down": { id: "server.stopping", sqlstate: "57P03" },
  "the database system is in recovery mode": { id: "server.recovering", sqlstate: "57P03" },
  "the database system is not accepting connections": { id: "server.recovering", sqlstate: "57P03" },
  "the database system is not yet accepting connections": { id: "server.recovering", sqlstate: "57P03" },
  "terminating connection due to administrator command": { id: "server.session-ended", sqlstate: "57P01" },
  'unrecognized configuration parameter "%s"': { id: "database.parameter-unknown", sqlstate: "42704" },
  "database files are incompatible with server": { id: "install.incompatible-data" },
  'lock file "%s" already exists': { id: "install.stale-pid" },
  'could not bind %s address "%s": %m': { id: "install.port-taken", errno: "EADDRINUSE" },
  'data directory "%s" has invalid permissions': { id: "install.permissions" },
  'data directory "%s" has wrong ownership': { id: "install.permissions" },
  "could not locate a valid checkpoint record": { id: "install.damaged" },
  'could not translate host name "%s" to address: %s': { id: "resolve.not-found", errno: "ENOTFOUND" },
  "fe_sendauth: no password supplied": { id: "authenticate.password-missing" },
  "server does not support SSL, but SSL was required": { id: "encrypt.not-supported" },
  "received invalid response to SSL negotiation: %c": { id: "speak.not-postgresql" },
  'invalid port number: "%s"': { id: "read.invalid" },
  'root certificate file "%s" does not exist': { id: "encrypt.root-file-missing" },
  "server closed the connection unexpectedly": { id: "speak.closed", also: ["server.session-ended"] },
  "timeout expired": { id: "reach.timeout", errno: "ETIMEDOUT", anybody: true, also: ["speak.silent"] },
  "Connection refused": { id: "reach.refused", errno: "ECONNREFUSED", anybody: true },
  "Connection timed out": { id: "reach.timeout", errno: "ETIMEDOUT", anybody: true },
  "Name or service not known": { id: "resolve.not-found", errno: "ENOTFOUND", anybody: true },
  "Temporary failure in name resolution": { id: "resolve.temporary", errno: "EAI_AGAIN", anybody: true },
  "No route to host": { id: "reach.unreachable", errno: "EHOSTUNREACH", anybody: true },
  "Network is unreachable": { id: "reach.unreachable", errno: "ENETUNREACH", anybody: true },
};

/** These say something about a connection only beside the name of a socket. */
const ON_A_SOCKET: Readonly<Record<string, Meaning>> = {
  "No such file or directory": { id: "reach.socket-missing", errno: "ENOENT" },
  "Permission denied": { id: "reach.socket-denied", errno: "EACCES" },
  "Connection refused": { id: "reach.refused", errno: "ECONNREFUSED" },
};

interface Known {
  readonly english: string;
  readonly meaning: Meaning;
  /** The text between its gaps, in order. */
  readonly parts: readonly string[];
  /** The whole text where it counts only at the end of a line. */
  readonly mere: string | null;
}

/** Releases and copies differ in quotes and spaces: neither counts. */
const plain = (text: string): string =>
  straightQuotes(text)
    .replace(/\s*[«»„“”"]\s*/g, '"')
    .replace(/\s+/g, " ")
    .toLowerCase();

/** Some say a mere "timeout", a word of everyday life: it counts where it ends a line that names a host. */
const MERE = 9;
const AFTER_A_HOST = /"[^"]{1,260}".{0,200}: $/;

const translationsOf = (english: string): readonly string[] =>
  TRANSLATIONS.flatMap((language) => language[english] ?? []).map((text) => plain(text));

const known = (meanings: Readonly<Record<string, Meaning>>): readonly Known[] =>
  Object.entries(meanings).flatMap(([english, meaning]) =>
    translationsOf(english).flatMap((text) => {
      const parts = text.split(/%(?:\d\$)?[a-z]/).filter((part) => part.trim() !== "");
      const mere = english === "timeout expired" && text.length < MERE ? text : null;
      return [{ english, meaning, parts, mere }];
    }),
  );

interface Catalogue {
  readonly texts: readonly Known[];
  readonly onSocket: readonly Known[];
  readonly inTheClear: readonly string[];
  readonly tryAgain: readonly string[];
}

let made: Catalogue | null = null;

/** Made when the first line asks for it: a program that is not asked for pasted errors starts without. */
function catalogue(): Catalogue {
  made ??= {
    texts: known(MEANINGS),
    onSocket: [...known(ON_A_SOCKET), ...known(MEANINGS)],
    inTheClear: ["no encryption", "SSL off"].flatMap(translationsOf),
    tryAgain: translationsOf("Temporary failure in name resolution"),
  };
  return made;
}

/** Some translations put the gaps in another order: the parts must stand in their own. */
function holds(line: string, { parts, mere }: Known): boolean {
  if (mere !== null) return line.endsWith(mere) && AFTER_A_HOST.test(line.slice(0, -mere.length));
  let at = 0;
  for (const part of parts) {
    const found = line.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return parts.length > 0;
}

/** What a line in another language stands for; null where no catalogue has it. Linear in the line's length. */
export function translatedRule(line: string): Meaning | null {
  const said = plain(line);
  const { texts, onSocket, inTheClear, tryAgain } = catalogue();
  const found = (said.includes(".s.pgsql.") ? onSocket : texts).find((one) => holds(said, one));
  if (!found) return null;
  const { english, meaning } = found;
  if (english === ENTRY && !/"\[local\]"/.test(said) && inTheClear.some((words) => said.includes(words)))
    return { ...meaning, id: "encrypt.required", also: [meaning.id] };
  if (meaning.id === "resolve.not-found" && tryAgain.some((words) => said.includes(words)))
    return { ...meaning, id: "resolve.temporary", errno: "EAI_AGAIN" };
  return meaning;
}
