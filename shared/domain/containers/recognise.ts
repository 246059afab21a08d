import type { Container, ListedContainer } from "./container";
import { isPostgresImage, parseImage } from "./image";

/** Programs that come in PostgreSQL's images and are no server. */
const OTHER_PROGRAMS = new Set(
  (
    "sleep tail cat true psql pg_dump pg_dumpall pg_restore pg_isready pg_basebackup pgbench createdb dropdb " +
    "createuser vacuumdb reindexdb"
  ).split(" "),
);
const SHELLS = new Set(["sh", "bash", "ash", "dash"]);

/** The port PostgreSQL listens on inside: PGPORT, bitnami's name for it, or 5432. */
export function privatePortOf({ environment, command }: Pick<Container, "environment" | "command">): number {
  const flag = command.findIndex((word) => word === "-p" || word === "--port");
  const words = [
    flag >= 0 ? command[flag + 1] : undefined,
    command.map((word) => /^(?:-p|--port=|-cport=|port=)(\d+)$/.exec(word)?.[1]).find((port) => port !== undefined),
    environment.get("PGPORT"),
    environment.get("POSTGRESQL_PORT_NUMBER"),
  ];
  const port = Number(words.find((word) => word !== undefined && /^\d{1,5}$/.test(word)) ?? 5432);
  return port > 0 && port <= 65535 ? port : 5432;
}

/** Whether a listed container is worth a closer look: by its image, its command or a port, before its environment is asked for. */
export function mayBePostgres(listed: ListedContainer): boolean {
  return (
    isPostgresImage(listed.image) ||
    parseImage(listed.image) === null ||
    /postgres|postgis|timescale|pgvector/i.test(listed.image) ||
    /(^|[\s/"'])postgres([\s"']|$)/.test(listed.command) ||
    listed.exposed.includes(5432)
  );
}

/**
 * Whether an inspected container runs a PostgreSQL server: a known image, or one built on PostgreSQL's (PG_MAJOR,
 * PGDATA), and no command that puts another program in the server's place.
 */
export function isPostgres(container: Pick<Container, "image" | "environment" | "command" | "wanted">): boolean {
  const { environment, command } = container;
  const isKnown = isPostgresImage(container.image);
  if (!isKnown && !environment.has("PG_MAJOR") && !environment.has("PGDATA")) return false;
  const program = (command[0] ?? "").replace(/^.*\//, "");
  if (OTHER_PROGRAMS.has(program)) return false;
  const isShell = SHELLS.has(program);
  // Tools that back servers up are built on PostgreSQL's image, too: they run a program of their own and publish nothing.
  const isServer = /^(postgres|postmaster)?$|^-/.test(program);
  if (isKnown ? !isShell : isServer) return true;
  const port = privatePortOf(container);
  const runsServer = isShell && /postgres/.test(command.join(" "));
  return runsServer || container.wanted.some(({ privatePort }) => privatePort === port);
}
