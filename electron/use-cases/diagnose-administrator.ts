import type { RoleLook, Surroundings } from "../../shared/domain/diagnose/situation";
import type { Result } from "../../shared/domain/result";
import { quoteLiteral } from "../../shared/domain/sql";
import type { SqlSession } from "./ports";
import type { KnownServer } from "./server-registry";

export interface AdministratorParts {
  readonly openAdministrator: (serverId: string, database: string) => Promise<Result<SqlSession>>;
}

/** A look is a help, not a wait: it gets this long, in ms. */
const LOOK_MS = 1_000;

/** What an administrator sees of roles and databases. */
export type AdministratorLook = Pick<Surroundings, "role" | "databases" | "administrator">;

/** A session for a look, null where none opens in time; one that opens too late is ended. */
async function openForALook(
  parts: AdministratorParts,
  serverId: string,
  signal: AbortSignal,
): Promise<SqlSession | null> {
  let over = false;
  const opening = parts.openAdministrator(serverId, "postgres").then((opened) => {
    if (opened.ok && over) void opened.value.end();
    return opened.ok && !over ? opened.value : null;
  });
  let release = (): void => {};
  const late = new Promise<null>((resolve) => {
    const stop = (): void => resolve(null);
    const timer = setTimeout(stop, LOOK_MS);
    signal.addEventListener("abort", stop, { once: true });
    release = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
  });
  try {
    const session = await Promise.race([opening, late]);
    over = session === null;
    return session;
  } finally {
    release();
  }
}

/** The role and the databases as an administrator sees them, where one is at hand without asking anybody. */
export async function askAdministrator(
  parts: AdministratorParts,
  known: KnownServer,
  { user, signal }: { readonly user: string; readonly signal: AbortSignal },
): Promise<AdministratorLook | null> {
  // The way in must be another one than the one that has just failed: a refused password is not tried again.
  const another = known.accesses.some((access) => access.kind === "psql" || access.user !== user);
  if (known.server.state !== "running" || !another) return null;
  const session = await openForALook(parts, known.server.id, signal);
  if (!session) return null;
  try {
    return {
      administrator: session.as,
      role: await lookAtRole(session, user),
      databases: await lookAtDatabases(session),
    };
  } finally {
    await session.end();
  }
}

async function lookAtRole(session: SqlSession, user: string): Promise<RoleLook | null> {
  const expired = "coalesce(rolvaliduntil < now(), false) AS expired";
  const where = `WHERE rolname = ${quoteLiteral(user)}`;
  // Only superusers see whether there is a password; others still learn the rest.
  let found = await session.query(
    `SELECT rolcanlogin AS login, rolpassword IS NOT NULL AS password, ${expired},
      coalesce(rolpassword LIKE 'md5%', false) AS md5 FROM pg_catalog.pg_authid ${where}`,
  );
  if (!found.ok)
    found = await session.query(
      `SELECT rolcanlogin AS login, NULL AS password, ${expired}, false AS md5 FROM pg_catalog.pg_roles ${where}`,
    );
  if (!found.ok) return null;
  const row = found.value[0];
  if (!row) return { exists: false };
  const truth = (value: unknown): boolean => value === true || value === "t" || value === "true";
  const password = row.password === null || row.password === "" ? null : truth(row.password);
  return {
    exists: true,
    canLogin: truth(row.login),
    hasPassword: password,
    expired: truth(row.expired),
    md5: truth(row.md5),
  };
}

async function lookAtDatabases(session: SqlSession): Promise<readonly string[] | null> {
  const found = await session.query(
    "SELECT datname::text AS name FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1",
  );
  return found.ok ? found.value.map((row) => String(row.name)) : null;
}
