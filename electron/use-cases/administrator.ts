import { lackedRights } from "../../shared/domain/database-facts";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { AdministratorState } from "../../shared/ipc/messages";
import { accessText, accessUser, sameAccess, waysIn } from "./access";
import { readAdministrator } from "./catalogue";
import type { Access, SqlConnector, SqlFailure, SqlSession } from "./ports";
import type { ServerRegistry } from "./server-registry";

/** What a person types to sign in as an administrator; `database` may be empty. */
export interface SignIn {
  readonly serverId: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface Administrator {
  /** Finds out how this server can be administered, trying each known way in once. */
  state(serverId: string): Promise<AdministratorState>;
  /** Tries the person's name and password once; what works is remembered for the life of the process. */
  signIn(input: SignIn): Promise<AdministratorState>;
  /** The way in that `state` found, without trying anew. */
  access(serverId: string): Promise<Result<Access>>;
  /** A session of the administrator in a database of this server. */
  open(serverId: string, database: string): Promise<Result<SqlSession>>;
  /** A session where roles and databases are made: in `postgres`, or `template1` where that is gone. */
  openMaintenance(serverId: string): Promise<Result<SqlSession>>;
}

/** How long opening an administrator's session may take, in milliseconds. */
const OPEN_MS = 10_000;

/** Every server has one of these, unless somebody dropped it. */
export const MAINTENANCE_DATABASES: readonly string[] = ["postgres", "template1"];

const SIGN_IN_NEXT = "Sign in as an administrator of this server, often postgres.";

type Tried =
  | { readonly kind: "ready" | "lacking"; readonly state: AdministratorState }
  | { readonly kind: "failed"; readonly failure: SqlFailure };

/** Signs in as the administrator of known servers. No password is guessed, and a refused one is not tried again. */
export function createAdministrator(needs: {
  readonly registry: ServerRegistry;
  readonly connector: SqlConnector;
}): Administrator {
  const { registry, connector } = needs;
  const chosen = new Map<string, Access>();
  // By identity: a new scan brings new objects, so a refused password gets one more try a scan, never two in one.
  const refused = new WeakSet<Access>();

  async function attempt(access: Access, server: Server, databases: readonly string[]): Promise<Tried> {
    let failure: SqlFailure | null = null;
    for (const database of databases) {
      const opened = await connector.connect(access, database, { timeoutMs: OPEN_MS });
      if (!opened.ok) {
        failure = opened.error;
        // Only "there is no such database" and "not this one" say nothing against the sign-in itself.
        if (failure.sqlstate === "3D000" || failure.sqlstate === "42501" || failure.sqlstate === "55000") continue;
        return { kind: "failed", failure };
      }
      const found = await readAdministrator(opened.value);
      await opened.value.end();
      if (!found.ok) return { kind: "failed", failure: found.error };
      const { version, administrator } = found.value;
      const lacks = lackedRights(administrator);
      const known = { as: accessText(access, server), user: administrator.user, version, lacks };
      if (lacks.length === 0) return { kind: "ready", state: { ready: true, ...known, problem: null } };
      const lacking = problem("no-permission", `${administrator.user} lacks ${lacks.join(" and ")}.`, {
        next: SIGN_IN_NEXT,
        field: "user",
        code: "42501",
      });
      return { kind: "lacking", state: { ready: false, ...known, problem: lacking } };
    }
    return { kind: "failed", failure: failure as SqlFailure };
  }

  function settle(serverId: string, access: Access, tried: Tried): AdministratorState {
    if (tried.kind === "failed") {
      if (tried.failure.sqlstate === "28P01") refused.add(access);
      return notReady(sqlProblem(tried.failure, `sign in as ${accessUser(access)}`));
    }
    if (tried.kind === "ready") {
      chosen.set(serverId, access);
      registry.rememberAccess(serverId, access);
    }
    return tried.state;
  }

  async function state(serverId: string): Promise<AdministratorState> {
    const known = registry.get(serverId);
    if (!known)
      return notReady(
        problem("not-found", "This server is no longer in the list.", { next: "Look for servers again." }),
      );
    const { server } = known;
    if (server.state !== "running") {
      return notReady(
        problem("unreachable", `This server is ${stateText(server)}.`, {
          next: server.startCommand ? "Start it first." : null,
        }),
      );
    }
    let best: AdministratorState | null = null;
    for (const access of distinct(known.accesses)) {
      if (refused.has(access)) continue;
      const found = settle(serverId, access, await attempt(access, server, MAINTENANCE_DATABASES));
      if (found.ready) return found;
      // A role that signs in but lacks rights tells more than one that is refused.
      if (best === null || (best.user === null && found.user !== null)) best = found;
    }
    chosen.delete(serverId);
    if (best?.user || (best?.problem && best.problem.kind !== "sign-in-refused")) return best;
    return notReady(
      problem("sign-in-refused", "The app has no way in as an administrator of this server.", {
        next: SIGN_IN_NEXT,
        code: best?.problem?.code ?? null,
      }),
    );
  }

  async function access(serverId: string): Promise<Result<Access>> {
    const known = chosen.get(serverId);
    if (known) return ok(known);
    const found = await state(serverId);
    const now = chosen.get(serverId);
    return now
      ? ok(now)
      : err(found.problem ?? problem("no-permission", "Nobody is signed in.", { next: SIGN_IN_NEXT }));
  }

  async function open(serverId: string, database: string): Promise<Result<SqlSession>> {
    const found = await access(serverId);
    if (!found.ok) return found;
    const opened = await connector.connect(found.value, database, { timeoutMs: OPEN_MS });
    if (opened.ok) return opened;
    return err(sqlProblem(opened.error, `open the database ${database} as ${accessUser(found.value)}`));
  }

  return {
    state,
    access,
    async signIn({ serverId, user, password, database }) {
      const known = registry.get(serverId);
      if (!known)
        return notReady(
          problem("not-found", "This server is no longer in the list.", { next: "Look for servers again." }),
        );
      if (user === "")
        return notReady(
          problem("invalid-input", "A name is needed.", {
            next: "Type the role's name, often postgres.",
            field: "user",
          }),
        );
      const databases = database === "" ? MAINTENANCE_DATABASES : [database];
      let last: AdministratorState | null = null;
      for (const way of waysIn(known, user, password)) {
        const tried = await attempt(way, known.server, databases);
        last = settle(serverId, way, tried);
        // A password is offered to one address only; the next is for those that never asked for it.
        if (tried.kind !== "failed" || (tried.failure.sqlstate !== null && tried.failure.sqlstate !== "28000")) break;
      }
      return (
        last ??
        notReady(problem("unreachable", "This server has no address to sign in at.", { next: "Start it first." }))
      );
    },
    open,
    async openMaintenance(serverId) {
      let last: Result<SqlSession> | null = null;
      for (const database of MAINTENANCE_DATABASES) {
        last = await open(serverId, database);
        if (last.ok || last.error.code !== "3D000") return last;
      }
      return last as Result<SqlSession>;
    },
  };
}

const distinct = (accesses: readonly Access[]): readonly Access[] =>
  accesses.filter((one, index) => accesses.findIndex((other) => sameAccess(one, other)) === index);

const notReady = (found: Problem): AdministratorState => ({
  ready: false,
  as: null,
  user: null,
  version: null,
  lacks: [],
  problem: found,
});

const stateText = (server: Server): string =>
  server.state === "no-permission" ? "not ours to look into" : server.state;
