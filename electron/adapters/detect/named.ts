import { lookup } from "node:dns/promises";
import { printable } from "../../../shared/domain/containers/raw";
import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { resolveTarget } from "../../../shared/domain/dsn";
import { type Endpoint, endpointText, isSocket } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import type { Credentials } from "../../../shared/domain/target";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import type { Machine } from "./machine";

/** A remote host gets this long; results of other sources do not wait for it. */
const PROBE_MS = 1500;

interface Named {
  readonly id: string;
  readonly origin: Extract<Server["origin"], "env" | "pg-environment" | "service-file">;
  /** "From .env"; the address is added. */
  readonly source: string;
  readonly credentials: Credentials;
}

/** The literal addresses a name leads to, in the order the system gives; none where nobody knows the name. */
async function literal(endpoint: Endpoint): Promise<readonly Endpoint[]> {
  if (isSocket(endpoint)) return [endpoint];
  const found = await lookup(endpoint.host, { all: true, verbatim: true }).catch((error: NodeJS.ErrnoException) =>
    // A resolver that keeps silent is the network's trouble, not a wrong name.
    error.code === "ENOTFOUND" ? [] : null,
  );
  return found === null ? [endpoint] : found.map(({ address }) => ({ host: address, port: endpoint.port }));
}

async function knock(machine: Machine, endpoint: Endpoint) {
  const addresses = await literal(endpoint);
  if (addresses.length === 0) return { endpoint, reaches: [], ...judgeAnswer(endpoint, { kind: "missing" }) };
  const answers = await Promise.all(addresses.map((address) => machine.probe(address, PROBE_MS)));
  const first = answers.findIndex((answer) => answer.kind === "postgresql");
  const answer = answers[Math.max(first, 0)] ?? { kind: "unreachable" as const };
  return {
    endpoint,
    reaches: first < 0 ? addresses : addresses.slice(first, first + 1),
    ...judgeAnswer(endpoint, answer),
  };
}

/** The card of a server that a file or variables name, with what they say to sign in. */
export async function namedFinding(machine: Machine, named: Named): Promise<Finding> {
  const { target, password } = named.credentials;
  const resolved = resolveTarget(named.credentials, machine.userName);
  const knocks = await Promise.all(resolved.endpoints.map((endpoint) => knock(machine, endpoint)));
  const best = knocks.find((one) => one.state === "running") ?? knocks[0];
  const access = (endpoint: Endpoint): Access => ({
    kind: "wire",
    endpoint,
    user: resolved.user,
    password,
    sslmode: resolved.sslmode,
    parameters: target.parameters,
  });
  return {
    pid: null,
    uid: null,
    reaches: best?.reaches ?? [],
    accesses: (best ? [best, ...knocks.filter((one) => one !== best)] : []).map((one) => access(one.endpoint)),
    server: {
      id: printable(named.id, 400),
      origin: named.origin,
      label: printable(`${named.source} · ${best ? endpointText(best.endpoint) : "no address"}`),
      version: null,
      state: best?.state ?? "unreachable",
      endpoints: resolved.endpoints,
      dataDirectory: null,
      reason: best?.reason ?? null,
      actions: [],
      startCommand: null,
      canStart: false,
      credentialsKnown: target.user !== null && password !== null,
      cause: best?.cause ?? null,
      evidence: best?.evidence ?? [],
      remedy: best ? best.remedy : "Name a host in it.",
    },
  };
}
