import type { Source } from "./recognition";
import type { TextLine } from "./text-line";

/** What a writer leaves in its texts; the outermost first, since wrapping names what it wraps as well. */
const MARKS: readonly (readonly [source: Source, mark: RegExp])[] = [
  ["aksara", /\baksara[./ ]/],
  ["django", /django[./]db/],
  ["sqlalchemy", /sqlalchemy\.exc\.|sqlalche\.me\/e\//],
  ["prisma", /PrismaClient|\bprisma\b|\bP[12]0\d\d\b/i],
  ["asyncpg", /\basyncpg\b/],
  ["psycopg", /\bpsycopg2?3?\b/],
  ["node-postgres", /node_modules[/\\]pg|pg-pool|node:internal|node:net|Node\.js v\d/],
  ["pgbouncer", /\b[CS]-0x[0-9a-f]{4,16}: |pgbouncer/i],
  ["psql", /\bpsql: |^(?:\\connect|psql )/],
  ["docker", /\bdocker\b|Error response from daemon|Podman/i],
  ["server", /\b(?:FATAL|PANIC|LOG|ERROR|HINT|DETAIL):\s|\bpostgres: |pg_ctl: /],
];

const AROUND = 120;

/** Who wrote what stands around a line. */
export function sourceOf(lines: readonly TextLine[], line: number): Source {
  const near = lines.slice(Math.max(0, line - AROUND), line + 12);
  return MARKS.find(([, mark]) => near.some(({ text }) => mark.test(text)))?.[0] ?? "unknown";
}
