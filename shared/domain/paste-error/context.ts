import type { TextLine } from "./text-line";

/** What speaks of PostgreSQL: programs, drivers, files, the usual ports (its own, Supabase's, PgBouncer's). */
const POSTGRES =
  /postgres|\b[CS]-0x[0-9a-f]{4,16}: |\b(?:FATAL|PANIC): {2}|asyncpg|psycopg|libpq|\bpsql\b|pgbouncer|\.s\.PGSQL|pg_hba|[/\\]pg(?:-pool|-protocol)?[/\\]|\bPG(?:HOST|PORT|USER|PASSWORD|DATABASE)\b|pg-protocol|pg-pool|npgsql|\bpq: |sslmode=|connect to `(?:host|user)=|\bpgx\b|\baksara|(?:[:`,]\s?|port:? )`?(?:54\d\d|5432\d|6432|6543|25060)\b/i;

/** What speaks of some database; PostgreSQL unless another one is named beside it. */
const ANY_DATABASE = /DATABASE_URL|prisma|\bError: P[12]0\d\d\b|\berrorCode\b|pris\.ly|sqlalchemy|django[./]db/i;

/** What speaks of another database or store. */
const OTHER_DATABASE =
  /mysql|mariadb|mongo|redis|sqlite|\boracle|\bORA-\d|mssql|sql ?server|elastic|opensearch|memcache|cassandra|clickhouse|neo4j|influx|[:`,]\s?`?(?:3306|27017|6379|1433|1521|9200|11211)\b(?!\.)/i;

/** What speaks of something else that listens on ports. */
const FOREIGN =
  /rabbit|amqp|celery|kombu|kafka|playwright|selenium|botocore|kubectl|connect to the server: dial|\bsmtp|\bldaps?:|urllib3|requests(?:[/\\](?:adapters|sessions|api)|\.exceptions)|httpx|aiohttp|axios|\bapi\.[a-z]|https?:\/\/|\bnpm\b|\bpip3?\b|\byarn\b|registry|\bssh\b|\bcurl\b|grpc|\betcd|\bmqtt|webpack|[:`,]\s?`?(?:5672|9092|2379|80|443|3000|5000|5173|8000|8080|8443|6443|50051)\b(?!\.)/i;

const BACK = 80;
const AHEAD = 15;
/** A text this short was copied for its error alone; frames and fields of an error, and single words, are not counted. */
const SHORT = 3;
const AROUND_IT =
  /^\s*(?:$|\S{1,60}$|at |\^|[{}\]]|File "|node:|Node\.js v|[\d, ]+$|triggerUncaught|Traceback|throw )|^\s{2,}[\w[\]']{1,40}: /;

type Kind = "postgres" | "foreign" | null;

function kindOfText(text: string): Kind {
  if (POSTGRES.test(text)) return "postgres";
  if (OTHER_DATABASE.test(text)) return "foreign";
  if (ANY_DATABASE.test(text)) return "postgres";
  return FOREIGN.test(text) ? "foreign" : null;
}

/** Tells, for a line, whether what it says is about PostgreSQL: the nearest mention decides. */
export interface Context {
  at(index: number): "postgres" | "alone" | "foreign";
}

/** Looks at no line before it is asked, and at each at most once. */
export function createContext(lines: readonly TextLine[]): Context {
  const kinds = new Map<number, Kind>();
  const kindOf = (index: number): Kind => {
    const seen = kinds.get(index);
    if (seen !== undefined) return seen;
    const text = lines[index]?.text ?? "";
    const kind = kindOfText(text);
    kinds.set(index, kind);
    return kind;
  };
  let count = 0;
  for (const { text, readings = [] } of lines) {
    // Pieces of a line that a terminal broke, if it did, count each.
    if (!AROUND_IT.test(text)) count += Math.max(1, readings.length - 1);
    if (count > SHORT) break;
  }
  return {
    at(index) {
      for (let step = 0; step <= BACK && index - step >= 0; step += 1) {
        const kind = kindOf(index - step);
        if (kind) return kind;
      }
      for (let step = 1; step <= AHEAD && index + step < lines.length; step += 1) {
        const kind = kindOf(index + step);
        if (kind) return kind;
      }
      return count <= SHORT ? "alone" : "foreign";
    },
  };
}
