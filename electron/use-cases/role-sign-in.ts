import { WHO_ANSWERS } from "../../shared/domain/database-plan";
import { type Endpoint, endpointText, isLoopback, isSocket } from "../../shared/domain/endpoint";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { Secret, Sslmode } from "../../shared/domain/target";
import type { Access, SqlConnector, SqlFailure, SqlSession } from "./ports";

/** A way the app itself may reach its server; what proves good goes into the connection string. */
export interface AppWay {
  readonly endpoint: Endpoint;
  readonly sslmode: Sslmode;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A session as the app's role, and the way it took. */
export interface RoleSession {
  readonly session: SqlSession;
  readonly way: AppWay;
  readonly version: string;
}

interface SignIn {
  readonly connector: SqlConnector;
  readonly ways: readonly AppWay[];
  readonly role: string;
  readonly password: Secret;
  readonly database: string;
  /** Start time of the server the administrator works on; another one is another server on the same port. */
  readonly started: string;
  /** The password was set by us a moment ago, so a refusal means another server, not a wrong password. */
  readonly passwordIsOurs: boolean;
  readonly signal: AbortSignal;
}

/** How long one sign-in may take, in milliseconds. */
const SIGN_IN_MS = 10_000;

const rank = (endpoint: Endpoint): number => (isSocket(endpoint) ? 2 : isLoopback(endpoint.host) ? 0 : 1);

/**
 * The ways to try, TCP on loopback first and sockets last. What the administrator's own string demands of TLS is
 * demanded of the app too; otherwise TLS is left to the drivers' default, "prefer".
 */
export function appWays(endpoints: readonly Endpoint[], administrator: Access): readonly AppWay[] {
  const strict =
    administrator.kind === "wire" && ["require", "verify-ca", "verify-full"].includes(administrator.sslmode)
      ? administrator
      : null;
  const root = strict?.parameters.sslrootcert;
  return [...endpoints]
    .sort((a, b) => rank(a) - rank(b))
    .map((endpoint): AppWay => {
      if (strict === null || isSocket(endpoint)) return { endpoint, sslmode: "prefer", parameters: {} };
      return { endpoint, sslmode: strict.sslmode, parameters: root === undefined ? {} : { sslrootcert: root } };
    });
}

/** Signs in once on each way until one leads to the administrator's own server. */
export async function signInAsRole(input: SignIn): Promise<Result<RoleSession>> {
  let first: Problem | null = null;
  for (const way of input.ways) {
    if (input.signal.aborted) return err(problem("cancelled", "Stopped before it was done."));
    const opened = await signInOn(way, input);
    if (opened.kind === "open") return ok(opened.session);
    first ??= opened.problem;
    if (opened.kind === "stop") return err(opened.problem);
  }
  return err(
    first ?? problem("unreachable", "This server has no address an app could use.", { next: "Choose another server." }),
  );
}

type OnWay =
  | { readonly kind: "open"; readonly session: RoleSession }
  | { readonly kind: "next" | "stop"; readonly problem: Problem };

async function signInOn(way: AppWay, input: SignIn): Promise<OnWay> {
  const at = endpointText(way.endpoint);
  const access: Access = { kind: "wire", ...way, user: input.role, password: input.password };
  const options = { timeoutMs: SIGN_IN_MS, signal: input.signal };
  const opened = await input.connector.connect(access, input.database, options);
  const doing = `sign in as "${input.role}" at ${at}`;
  if (!opened.ok) {
    return { kind: anotherMayAnswer(opened.error, input) ? "next" : "stop", problem: sqlProblem(opened.error, doing) };
  }
  const answer = await opened.value.query(WHO_ANSWERS);
  if (answer.ok && String(answer.value[0]?.started) === input.started) {
    const version = String(answer.value[0]?.version).split(" ").slice(0, 2).join(" ");
    return { kind: "open", session: { session: opened.value, way, version } };
  }
  await opened.value.end();
  if (!answer.ok) return { kind: "stop", problem: sqlProblem(answer.error, doing) };
  const other = problem("changed-meanwhile", `Another PostgreSQL answers at ${at}, not this one.`, {
    next: "Stop that one, or give this one another port.",
  });
  return { kind: "next", problem: other };
}

/** True when the refusal says "not here" rather than "not you": another address of the server may still be right. */
function anotherMayAnswer(failure: SqlFailure, input: SignIn): boolean {
  if (failure.sqlstate === null) return !input.signal.aborted;
  return (
    failure.sqlstate === "28000" ||
    failure.sqlstate === "3D000" ||
    (failure.sqlstate === "28P01" && input.passwordIsOurs)
  );
}
