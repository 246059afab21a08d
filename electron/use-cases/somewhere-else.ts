import { judgeAnswer } from "../../shared/domain/detect/answer";
import { isHostText, parseHostText } from "../../shared/domain/detect/host-text";
import { fromPasted, parseConnectionString, resolveTarget } from "../../shared/domain/dsn";
import { type Endpoint, endpointText } from "../../shared/domain/endpoint";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import type { SomewhereElse } from "../../shared/ipc/messages";
import type { Probe } from "./detection";
import { placesOf } from "./places";
import type { Access } from "./ports";
import type { ServerRegistry } from "./server-registry";

/** A host that does not answer is said so after this long. */
const PROBE_MS = 3000;

export type SomewhereElseAnswer = Result<SomewhereElse>;

interface Options {
  readonly registry: ServerRegistry;
  readonly probe: Probe;
  readonly osUser: string;
}

interface Place {
  readonly endpoint: Endpoint;
  readonly access: Access | null;
}

interface Read {
  /** In the order drivers try them. */
  readonly places: readonly Place[];
  readonly dsn: string | null;
}

function readString(text: string, osUser: string): Result<Read> {
  const { dsn } = fromPasted(text);
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) {
    return err(problem("invalid-input", parsed.error.message, { next: parsed.error.next, field: "text" }));
  }
  const { target, password } = parsed.value;
  const resolved = resolveTarget(parsed.value, osUser);
  const signsIn = target.user !== null || password !== null;
  const places = placesOf(target, resolved.endpoints).map(({ endpoint, parameters }): Place => {
    const { user, sslmode } = resolved;
    return { endpoint, access: signsIn ? { kind: "wire", endpoint, user, password, sslmode, parameters } : null };
  });
  return ok({ places, dsn: signsIn ? dsn : null });
}

function read(text: string, osUser: string): Result<Read> {
  if (text.trim() === "") {
    return err(
      problem("invalid-input", "There is nothing in it.", {
        field: "text",
        next: "Paste a connection string or type a host.",
      }),
    );
  }
  if (!isHostText(text)) return readString(text, osUser);
  const place = parseHostText(text);
  return place.ok ? ok({ places: [{ endpoint: place.value, access: null }], dsn: null }) : place;
}

/** A server that nobody found and somebody named; it runs unless told otherwise. */
export const customServer = (endpoint: Endpoint, access: Access | null): Server => ({
  id: `custom:${endpointText(endpoint)}`,
  origin: "custom",
  label: endpointText(endpoint),
  version: null,
  state: "running",
  endpoints: [endpoint],
  dataDirectory: null,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: access?.kind === "wire" && access.password !== null,
});

/** Knocks on what the person named and keeps it as a server, with the way in that the string gives. */
export async function somewhereElse(text: string, { registry, probe, osUser }: Options): Promise<SomewhereElseAnswer> {
  const named = read(text, osUser);
  if (!named.ok) return named;
  const { places, dsn } = named.value;
  const answers = await Promise.all(
    places.map(async (place) => ({ ...place, ...judgeAnswer(place.endpoint, await probe(place.endpoint, PROBE_MS)) })),
  );
  // Of several hosts the first that answers, as drivers take them.
  const answer = answers.find((one) => one.state === "running") ?? answers[0];
  if (!answer) return err(problem("invalid-input", "The string names no address.", { field: "text" }));
  const { endpoint, access, state, reason, cause, evidence, remedy } = answer;
  const server: Server = { ...customServer(endpoint, access), state, reason, ...{ cause, evidence, remedy } };
  registry.put({ server, accesses: access ? [access] : [] });
  return ok({ server, endpoint, dsn });
}
