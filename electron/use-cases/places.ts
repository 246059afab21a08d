import { ERRNO } from "../../shared/domain/diagnose/facts";
import type { Endpoint } from "../../shared/domain/endpoint";
import type { Target } from "../../shared/domain/target";
import type { SqlFailure } from "./ports";

/** One server that a string names, with the parameters as they are for that one. */
export interface Place {
  readonly endpoint: Endpoint;
  /** `hostaddr` is that of this server alone. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The servers of a string in libpq's order. prefer-standby goes round twice: standbys first, then any. */
export function placesOf(target: Target, endpoints: readonly Endpoint[]): readonly Place[] {
  const addresses = (target.parameters.hostaddr ?? "").split(",");
  const round = (wanted: Readonly<Record<string, string>>): readonly Place[] =>
    endpoints.map((endpoint, index) => {
      const { hostaddr: _all, ...others } = target.parameters;
      const own = addresses[index];
      return { endpoint, parameters: { ...others, ...(own ? { hostaddr: own } : {}), ...wanted } };
    });
  if (target.parameters.target_session_attrs !== "prefer-standby") return round({});
  return [...round({ target_session_attrs: "standby" }), ...round({ target_session_attrs: "any" })];
}

/** What opening an address or a socket file fails with, and looking up its name. */
const UNREACHED =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EAFNOSUPPORT|ENOENT|ENOTDIR|EACCES|EPERM|ENOTSOCK|ENOTFOUND|EAI_\w+)$/;

/**
 * Whether libpq goes on to the next server after a failure: nobody is there, nobody answers in time, the server is
 * starting or stopping (57P03), or it is not what target_session_attrs wants. Everything else is the answer.
 */
export function goesOn({ sqlstate, errno }: SqlFailure): boolean {
  if (sqlstate !== null) return sqlstate === "57P03";
  return errno === "ETIMEDOUT" || errno === ERRNO.sessionAttributes || UNREACHED.test(errno ?? "");
}

/** The string's connect_timeout in ms, for each address; libpq takes nothing below two seconds. Null: none is given. */
export function connectTimeoutMs(parameters: Readonly<Record<string, string>>): number | null {
  const seconds = Number.parseInt(parameters.connect_timeout ?? "", 10);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(600, Math.max(2, seconds)) * 1_000 : null;
}
