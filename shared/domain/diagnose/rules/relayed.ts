import { copies, edits, type RemedyDraft } from "../remedies";
import { type Said, says } from "../server-words";
import type { Rule, Saying, Situation } from "../situation";
import { isProxy, straight } from "./proxy";

/** A cause that lies behind the pooler, told by the server's words alone: a pooler passes no field on that says it. */
interface Relayed {
  readonly id: string;
  readonly said: Said;
  readonly title: string;
  readonly remedies: readonly RemedyDraft[];
}

const onServer = (id: string, title: string, sql: readonly string[]): RemedyDraft =>
  copies(id, title, { sql }, "administrator");

const smallerPools = copies("smaller-server-pool", "Have the pooler open fewer, in pgbouncer.ini, then reload", {
  commands: ["max_db_connections = 20"],
  sql: ["RELOAD"],
});
const wait = copies("wait", "Wait a moment, then check again");

const RELAYED: readonly Relayed[] = [
  {
    id: "server.too-many-connections",
    said: "too-many",
    title: "The server behind the pooler has no connection left",
    remedies: [smallerPools],
  },
  {
    id: "server.reserved-slots",
    said: "reserved",
    title: "Behind the pooler only the connections kept for administrators are left",
    remedies: [smallerPools],
  },
  {
    id: "server.role-limit",
    said: "role-full",
    title: "Behind the pooler the role has no connection left",
    remedies: [
      smallerPools,
      onServer("role-limits", "Or see the role's limit there", [
        "SELECT rolname, rolconnlimit FROM pg_roles WHERE rolconnlimit >= 0",
      ]),
    ],
  },
  {
    id: "server.database-limit",
    said: "database-full",
    title: "Behind the pooler the database has no connection left",
    remedies: [
      smallerPools,
      onServer("database-limits", "Or see the database's limit there", [
        "SELECT datname, datconnlimit FROM pg_database WHERE datconnlimit >= 0",
      ]),
    ],
  },
  { id: "server.stopping", said: "stopping", title: "The server behind the pooler is shutting down", remedies: [wait] },
  { id: "server.starting", said: "starting", title: "The server behind the pooler is starting", remedies: [wait] },
  {
    id: "server.recovering",
    said: "recovering",
    title: "The server behind the pooler is recovering",
    remedies: [wait],
  },
  {
    id: "server.recovering",
    said: "not-yet",
    title: "The server behind the pooler is recovering, or a standby that catches up",
    remedies: [wait],
  },
  {
    id: "database.connect-denied",
    said: "connect-denied",
    title: "Behind the pooler the role may not open the database",
    remedies: [
      onServer("who-may-connect", "See there who may; then GRANT CONNECT ON DATABASE to the role", [
        "SELECT datname, datacl FROM pg_database",
      ]),
    ],
  },
  {
    id: "database.not-accepting",
    said: "database-off",
    title: "Behind the pooler the database takes no connections",
    remedies: [
      onServer("which-accept", "See there which databases take connections", [
        "SELECT datname, datallowconn FROM pg_database",
      ]),
    ],
  },
];

/** 57P03 has the same words for everybody; any other code a pooler passes on, or puts in its place, says less than they. */
const found = (s: Situation): Relayed | null =>
  isProxy(s) && s.failure.sqlstate !== "57P03"
    ? (RELAYED.find(({ said }) => says(s.failure.message, said)) ?? null)
    : null;

/** Whether the server behind a pooler says itself why, so that it is not about the pooler's own sign-in there. */
export const isExplained = (s: Situation): boolean => found(s) !== null || OWN.some(({ fits }) => fits(s));

/** What the pooler says for itself in words of one kind only. */
interface Own {
  readonly id: string;
  readonly fits: (s: Situation) => boolean;
  readonly says: (s: Situation) => Saying;
}

const own = (s: Situation, words: RegExp): boolean => isProxy(s) && words.test(s.failure.message);

const OWN: readonly Own[] = [
  {
    id: "encrypt.required",
    fits: (s) => own(s, /^(SSL|TLS) (connection )?(is )?required$/i),
    says: (s) => ({
      title: "The pooler takes encrypted connections only",
      explanation: `It says "${s.failure.message}" (client_tls_sslmode). The string says sslmode=${s.sslmode}.`,
      remedies: [edits("sslmode-require", "Encrypt: sslmode=require", { sslmode: "require" })],
    }),
  },
  {
    id: "authenticate.hba-rejects",
    fits: (s) => own(s, /^login rejected$/i),
    says: (s) => ({
      title: "A rule of the pooler refuses this connection on purpose",
      explanation: `The file that its auth_hba_file names has a "reject" line that fits ${s.user}, ${s.database} and this computer, or no line that fits.`,
      remedies: [copies("ask-administrator", "Ask whoever runs the pooler"), ...straight(s)],
    }),
  },
  {
    id: "pooler.disabled",
    fits: (s) => own(s, /^database "?.*"? is disabled$/i),
    says: (s) => ({
      title: `The pooler's database ${s.database} is switched off`,
      explanation: "Somebody gave DISABLE in its admin database. The server behind it may be well.",
      remedies: [
        copies("pooler-enable", "Switch it on again, in the admin database", { sql: [`ENABLE ${s.database}`] }),
        ...straight(s),
      ],
    }),
  },
  {
    id: "pooler.admin-only",
    fits: (s) => s.database === "pgbouncer" && own(s, /^not allowed$/i),
    says: (s) => ({
      title: '"pgbouncer" is the pooler\'s own admin database',
      explanation: `It is no database of a server, and ${s.user} is not among its admin_users.`,
      remedies: [copies("other-database", "Name the app's own database instead")],
    }),
  },
];

/** What comes through a pooler and is about the server behind it, and the pooler's own plain words. */
export const relayedRules: readonly Rule[] = [
  ...[...new Set(RELAYED.map(({ id }) => id))].map(
    (id): Rule => ({
      id,
      fits: (s) => (found(s)?.id === id ? "certain" : null),
      says: (s) => ({
        title: found(s)?.title ?? "",
        explanation: `A pooler answers, and passes on what the server behind it says: ${s.failure.message}. It is about the user and database that the pooler's line for ${s.database} names.`,
        remedies: [...(found(s)?.remedies ?? []), ...straight(s)],
      }),
    }),
  ),
  ...OWN.map(({ id, fits, says: told }): Rule => ({ id, fits: (s) => (fits(s) ? "certain" : null), says: told })),
];
