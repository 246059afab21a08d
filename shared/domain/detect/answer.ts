import { type Endpoint, endpointText, isSocket } from "../endpoint";
import type { ServerState } from "../server";

/** What a knock on an endpoint brought, told apart by kind. */
export interface Answer {
  readonly kind: "postgresql" | "refused" | "timeout" | "unreachable" | "missing" | "denied" | "closed" | "other";
}

/** The state an answer stands for, and why in one sentence. */
export function judgeAnswer(
  endpoint: Endpoint,
  answer: Answer,
): { readonly state: ServerState; readonly reason: string | null } {
  const where = endpointText(endpoint);
  switch (answer.kind) {
    case "postgresql":
      return { state: "running", reason: null };
    case "refused":
      return { state: "unreachable", reason: `Nothing listens on ${where}.` };
    case "timeout":
      return { state: "unreachable", reason: `${where} does not answer.` };
    case "unreachable":
      return { state: "unreachable", reason: `${where} cannot be found or reached.` };
    case "missing":
      return {
        state: "unreachable",
        reason: isSocket(endpoint) ? `There is no socket at ${where}.` : `No computer is called ${endpoint.host}.`,
      };
    case "denied":
      return { state: "no-permission", reason: `Your user may not open ${where}.` };
    case "closed":
      return { state: "unreachable", reason: `${where} closes the connection before it speaks.` };
    case "other":
      return { state: "unreachable", reason: `Another program than PostgreSQL answers on ${where}.` };
  }
}
