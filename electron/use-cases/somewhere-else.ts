import { judgeAnswer } from "../../shared/domain/detect/answer";
import { isHostText, parseHostText } from "../../shared/domain/detect/host-text";
import { fromPasted, parseConnectionString, resolveTarget } from "../../shared/domain/dsn";
import { type Endpoint, endpointText } from "../../shared/domain/endpoint";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import type { SomewhereElse } from "../../shared/ipc/messages";
import type { Probe } from "./detection";
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

interface Read {
  readonly endpoint: Endpoint;
  readonly dsn: string | null;
  readonly access: Access | null;
}

function readString(text: string, osUser: string): Result<Read> {
  const { dsn } = fromPasted(text);
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) {
    return err(problem("invalid-input", parsed.error.message, { next: parsed.error.next, field: "text" }));
  }
  const { target, password } = parsed.value;
  const resolved = resolveTarget(parsed.value, osUser);
  const endpoint = resolved.endpoints[0];
  if (!endpoint) return err(problem("invalid-input", "The string names no address.", { field: "text" }));
  const access: Access = {
    kind: "wire",
    endpoint,
    user: resolved.user,
    password,
    sslmode: resolved.sslmode,
    parameters: target.parameters,
  };
  return ok({ endpoint, dsn, access: target.user === null && password === null ? null : access });
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
  return place.ok ? ok({ endpoint: place.value, dsn: null, access: null }) : place;
}

/** Knocks on what the person named and keeps it as a server, with the way in that the string gives. */
export async function somewhereElse(text: string, { registry, probe, osUser }: Options): Promise<SomewhereElseAnswer> {
  const named = read(text, osUser);
  if (!named.ok) return named;
  const { endpoint, dsn, access } = named.value;
  const { state, reason } = judgeAnswer(endpoint, await probe(endpoint, PROBE_MS));
  const server: Server = {
    id: `custom:${endpointText(endpoint)}`,
    origin: "custom",
    label: endpointText(endpoint),
    version: null,
    state,
    endpoints: [endpoint],
    dataDirectory: null,
    reason,
    actions: [],
    startCommand: null,
    canStart: false,
    credentialsKnown: access?.kind === "wire" && access.password !== null,
  };
  registry.put({ server, accesses: access ? [access] : [] });
  return ok({ server, endpoint, dsn: access ? dsn : null });
}
