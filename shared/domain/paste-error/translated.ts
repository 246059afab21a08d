import type { TextRule } from "./text-rule";
import { TRANSLATIONS } from "./translations";

type Meaning = Pick<TextRule, "id" | "sqlstate" | "errno" | "anybody">;

/** The English texts that the catalogues translate, and what they stand for. */
const MEANINGS: readonly (readonly [english: string, meaning: Meaning])[] = [
  ['password authentication failed for user "%s"', { id: "authenticate.password-rejected", sqlstate: "28P01" }],
  ['role "%s" does not exist', { id: "authenticate.role-missing" }],
  ['role "%s" is not permitted to log in', { id: "authenticate.role-cannot-login", sqlstate: "28000" }],
  ['Peer authentication failed for user "%s"', { id: "authenticate.peer-rejected", sqlstate: "28000" }],
  [
    'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s',
    { id: "authenticate.hba-rejects", sqlstate: "28000" },
  ],
  [
    'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s',
    { id: "authenticate.no-hba-entry", sqlstate: "28000" },
  ],
  ['database "%s" does not exist', { id: "database.missing", sqlstate: "3D000" }],
  ['database "%s" is not currently accepting connections', { id: "database.not-accepting", sqlstate: "55000" }],
  ["permission denied for schema %s", { id: "privileges.no-create", sqlstate: "42501" }],
  ["sorry, too many clients already", { id: "server.too-many-connections", sqlstate: "53300" }],
  [
    "remaining connection slots are reserved for non-replication superuser connections",
    { id: "server.reserved-slots", sqlstate: "53300" },
  ],
  ["the database system is starting up", { id: "server.starting", sqlstate: "57P03" }],
  ["the database system is shutting down", { id: "server.stopping", sqlstate: "57P03" }],
  ["the database system is in recovery mode", { id: "server.recovering", sqlstate: "57P03" }],
  ['could not translate host name "%s" to address: %s', { id: "resolve.not-found", errno: "ENOTFOUND" }],
  ["Connection refused", { id: "reach.refused", errno: "ECONNREFUSED", anybody: true }],
  ["Connection timed out", { id: "reach.timeout", errno: "ETIMEDOUT", anybody: true }],
];

/** These say something about a connection only beside the name of a socket. */
const ON_A_SOCKET: readonly (readonly [english: string, meaning: Meaning])[] = [
  ["No such file or directory", { id: "reach.socket-missing", errno: "ENOENT" }],
  ["Permission denied", { id: "reach.socket-denied", errno: "EACCES" }],
];

interface Known {
  readonly meaning: Meaning;
  /** The text between its gaps, in order. */
  readonly parts: readonly string[];
}

const known = (meanings: readonly (readonly [string, Meaning])[]): readonly Known[] =>
  meanings.flatMap(([english, meaning]) =>
    TRANSLATIONS.flatMap((language) => {
      const text = language[english];
      if (text === undefined) return [];
      // Some translations break the line.
      const [firstLine = ""] = text.split("\n", 1);
      return [{ meaning, parts: firstLine.split(/%(?:\d\$)?[sd]/).filter((part) => part.trim() !== "") }];
    }),
  );

const TEXTS = known(MEANINGS);
const SOCKET_TEXTS = known(ON_A_SOCKET);

/** Some translations put the gaps in another order: the parts must stand in their own. */
function holds(line: string, parts: readonly string[]): boolean {
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
  const onSocket = line.includes(".s.PGSQL.") ? SOCKET_TEXTS : [];
  return [...onSocket, ...TEXTS].find(({ parts }) => holds(line, parts))?.meaning ?? null;
}
