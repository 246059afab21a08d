/** Sessions that are alike: who holds connections. */
export interface Holder {
  readonly role: string;
  readonly application: string;
  /** "idle", "active", ...; null where the role may not see it: sessions of others. */
  readonly state: string | null;
  readonly sessions: number;
}

/** pgvector, as far as one database and its server have it. */
export interface VectorFacts {
  /** The extension in this database; null where it is not created. */
  readonly here: { readonly version: string; readonly schema: string } | null;
  /** The version that CREATE EXTENSION would make; null where the server does not have its files. */
  readonly onServer: string | null;
  /** Whether this role may create it; null where that was not asked. */
  readonly mayCreate: boolean | null;
}

/** What one look into the catalogue tells, for the rungs "privileges" and "capacity". */
export interface CatalogueFacts {
  readonly versionNumber: number;
  readonly user: string;
  readonly database: string;
  /** Where a CREATE TABLE without a schema goes; null: the search_path leads nowhere. */
  readonly schema: string | null;
  readonly searchPath: string;
  /** A schema of the search_path that exists and is closed to the user; null when there is none. */
  readonly closedSchema: string | null;
  readonly schemaOwner: string | null;
  readonly mayCreate: boolean;
  readonly databaseOwner: string;
  readonly standby: boolean;
  readonly readOnly: boolean;
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  readonly maxConnections: number;
  readonly superuserReserved: number;
  /** 0 before PostgreSQL 16. */
  readonly reserved: number;
  /** Client sessions without ours. */
  readonly inUse: number;
  readonly roleInUse: number;
  readonly databaseInUse: number;
  readonly roleLimit: number | null;
  readonly databaseLimit: number | null;
  /** The process behind the session; another one than the sign-in named where a pooler stands between. */
  readonly backendPid: number;
  /** "denied": it is there, and the role may not call it. */
  readonly genRandomUuid: "usable" | "denied" | "missing";
  /** Names out of pg_am: "btree", "gin", ...; extensions add theirs. */
  readonly indexMethods: readonly string[];
  /** Names of JSONB's operator classes: "jsonb_ops" (one each for btree, hash and gin), "jsonb_path_ops". */
  readonly jsonbOperators: readonly string[];
  readonly vector: VectorFacts;
  /** Who holds the connections in use, the largest groups first. */
  readonly holders: readonly Holder[];
}

type Row = Readonly<Record<string, unknown>>;

const number = (value: unknown): number => (typeof value === "number" ? value : Number(value ?? 0));
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const limit = (value: unknown): number | null => (number(value) < 0 ? null : number(value));

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

const vectorFacts = (row: Row): VectorFacts => ({
  here:
    typeof row.vector_version === "string" ? { version: row.vector_version, schema: text(row.vector_schema) } : null,
  onServer: textOrNull(row.vector_on_server),
  mayCreate: typeof row.may_create_vector === "boolean" ? row.may_create_vector : null,
});

/** The groups as `catalogueSql` writes them, one JSON object each. */
const holders = (value: unknown): readonly Holder[] =>
  (Array.isArray(value) ? (value as readonly Row[]) : []).map(({ role, application, state, sessions }) => ({
    role: text(role),
    application: text(application),
    state: textOrNull(state),
    sessions: number(sessions),
  }));

const UUID_BY_RIGHT: ReadonlyMap<unknown, CatalogueFacts["genRandomUuid"]> = new Map([
  [true, "usable"],
  [false, "denied"],
]);

/** Reads the one row of `catalogueSql`. */
export function catalogueFacts(row: Row): CatalogueFacts {
  return {
    versionNumber: number(row.version),
    user: text(row.user),
    database: text(row.database),
    schema: textOrNull(row.schema),
    searchPath: text(row.search_path),
    closedSchema: textOrNull(row.closed_schema),
    schemaOwner: textOrNull(row.schema_owner),
    mayCreate: row.may_create === true,
    databaseOwner: text(row.database_owner),
    standby: row.standby === true,
    readOnly: row.read_only === true,
    superuser: row.superuser === true,
    bypassRls: row.bypass_rls === true,
    maxConnections: number(row.max_connections),
    superuserReserved: number(row.superuser_reserved),
    reserved: number(row.reserved),
    inUse: number(row.in_use),
    roleInUse: number(row.role_in_use),
    databaseInUse: number(row.database_in_use),
    roleLimit: limit(row.role_limit),
    databaseLimit: limit(row.database_limit),
    backendPid: number(row.backend_pid),
    genRandomUuid: UUID_BY_RIGHT.get(row.gen_random_uuid) ?? "missing",
    indexMethods: texts(row.index_methods),
    jsonbOperators: texts(row.jsonb_operators),
    vector: vectorFacts(row),
    holders: holders(row.holders),
  };
}

/** "18.4" or, for old numbering, "9.6.24", from server_version_num. */
export function versionText(number: number): string {
  if (number >= 100_000) return `${Math.floor(number / 10_000)}.${number % 10_000}`;
  return `${Math.floor(number / 10_000)}.${Math.floor(number / 100) % 100}.${number % 100}`;
}

/** Connections an ordinary role can still open: the smallest of the server's, the role's and the database's rest. */
export function freeConnections(facts: CatalogueFacts): number {
  const server = facts.maxConnections - facts.superuserReserved - facts.reserved - facts.inUse;
  const role = facts.roleLimit === null ? Number.POSITIVE_INFINITY : facts.roleLimit - facts.roleInUse;
  const database = facts.databaseLimit === null ? Number.POSITIVE_INFINITY : facts.databaseLimit - facts.databaseInUse;
  return Math.max(0, Math.min(server, role, database));
}
