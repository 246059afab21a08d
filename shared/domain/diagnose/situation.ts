import { isExplaining } from "../detect/origins";
import type { Diagnosis, RungId } from "../diagnosis";
import { type Endpoint, endpointText } from "../endpoint";
import type { Server } from "../server";
import type { Sslmode, Target } from "../target";
import type { Failure, WireStep } from "./facts";
import type { RemedyDraft } from "./remedies";
import type { LogLook } from "./server-log";

/** What an administrator's look at the role tells; `null` fields: the look was not allowed to see them. */
export type RoleLook =
  | { readonly exists: false }
  | {
      readonly exists: true;
      readonly canLogin: boolean;
      readonly hasPassword: boolean | null;
      readonly expired: boolean;
      /** True when the password is stored as MD5, which a scram-sha-256 rule cannot use. */
      readonly md5: boolean;
    };

/** What is known besides the wire: from detection, from a look around after the failure, from an administrator. */
export interface Surroundings {
  /** The server of detection that belongs to this endpoint, whatever its state. */
  readonly server: Server | null;
  /** Other servers of this computer that stand on the endpoint's port or want it. */
  readonly rivals: readonly Server[];
  /** A container of this computer that runs PostgreSQL and publishes no port, where nothing listens on the endpoint. */
  readonly unpublished: Server | null;
  /** A container, or a compose service, that other containers know by the host's name. */
  readonly service: Server | null;
  /** A PostgreSQL that answers on the same host, on another port. */
  readonly elsewhere: { readonly endpoint: Endpoint; readonly label: string } | null;
  /** The other loopback address, when PostgreSQL answers there. */
  readonly otherLoopback: Endpoint | null;
  /** The server on TCP, when the string's socket is the trouble. */
  readonly overTcp: Endpoint | null;
  /** Whether the other way (encrypted instead of plain, or the reverse) gets past the server's rules; null: not asked. */
  readonly otherWay: "let-in" | "refused" | null;
  /**
   * How the server answers the same person in the clear, after it refused a password under TLS with sslmode=prefer:
   * libpq and asyncpg try that next, and tell only what comes of it. Null: it asks for a password there too, or nobody asked.
   */
  readonly inTheClear: Failure | null;
  /** True where the server's data directory says that it is a standby. */
  readonly standby: boolean;
  /** What a silent port says once it is sent a line of text, latin1; "" when it stays silent or was not asked. */
  readonly heard: string;
  /** What the log of the server says about this failure; null where it is not readable or says nothing. */
  readonly log: LogLook | null;
  readonly role: RoleLook | null;
  readonly databases: readonly string[] | null;
  /** How statements would run as administrator, "postgres over the local socket"; null: not without a sign-in. */
  readonly administrator: string | null;
  readonly osUser: string;
  /** Strings that read well when special characters in the password are encoded. */
  readonly mends: readonly { readonly dsn: string; readonly title: string }[];
}

/** Everything a rule may look at. */
export interface Situation {
  readonly target: Target;
  readonly endpoint: Endpoint;
  readonly user: string;
  readonly database: string;
  readonly sslmode: Sslmode;
  readonly passwordGiven: boolean;
  /** True when the password is one out of an example: the project's placeholder may still be in place. */
  readonly placeholder: boolean;
  /** True when the string is the one in the project's `.env`. */
  readonly fromEnvFile: boolean;
  readonly rung: RungId;
  readonly failure: Failure;
  readonly steps: readonly WireStep[];
  readonly around: Surroundings;
}

export type Confidence = Diagnosis["confidence"];

/** What a rule says when it fits. */
export interface Saying {
  readonly title: string;
  readonly explanation: string;
  readonly remedies: readonly RemedyDraft[];
  /** The class a Python traceback shows, when it is not the one of the SQLSTATE or errno. */
  readonly exception?: string | null;
}

/** One diagnosis: when it fits and how sure that is, and what it says. Adding one is adding an entry. */
export interface Rule {
  readonly id: string;
  readonly fits: (situation: Situation) => Confidence | null;
  readonly says: (situation: Situation) => Saying;
}

/** ".env" or "the string": where the value that is wrong stands. */
export const place = (situation: Situation): string => (situation.fromEnvFile ? ".env" : "the string");

/** A server as a sentence names it: what no installation explains is called by its port, which is no name. */
export function serverName(server: Server | null): string {
  if (server === null) return "The server";
  const [endpoint] = server.endpoints;
  return isExplaining(server.origin) || !endpoint ? server.label : `PostgreSQL at ${endpointText(endpoint)}`;
}

/** "localhost:5432". */
export const where = (situation: Situation): string => endpointText(situation.endpoint);

/** The last step of a kind, or null. */
export function lastStep<K extends WireStep["kind"]>(
  steps: readonly WireStep[],
  kind: K,
): Extract<WireStep, { kind: K }> | null {
  const found = steps.filter((step): step is Extract<WireStep, { kind: K }> => step.kind === kind);
  return found[found.length - 1] ?? null;
}
