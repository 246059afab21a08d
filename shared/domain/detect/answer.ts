import { type Endpoint, endpointText, isSocket } from "../endpoint";
import type { ServerEvidence, ServerState, StateCause } from "../server";

/** What a knock on an endpoint brought, told apart by kind. */
export interface Answer {
  readonly kind: "postgresql" | "refused" | "timeout" | "unreachable" | "missing" | "denied" | "closed" | "other";
}

/** What an answer says of a server: its state and why, what bears it out and what to do about it. */
export interface JudgedAnswer {
  readonly state: ServerState;
  readonly reason: string | null;
  readonly cause: StateCause | null;
  readonly evidence: readonly ServerEvidence[];
  readonly remedy: string | null;
}

const START_OR_CORRECT = "Start the server that belongs there, or correct the address.";

/** The state an answer stands for, in words, with its cause, its evidence and its remedy. */
export function judgeAnswer(endpoint: Endpoint, { kind }: Answer): JudgedAnswer {
  const where = endpointText(endpoint);
  const evidence: readonly ServerEvidence[] = [{ kind: "address", label: "Address", text: where }];
  const wrong = (reason: string, remedy: string, cause: StateCause | null = null): JudgedAnswer => ({
    ...{ state: "unreachable", reason, cause, evidence, remedy },
  });
  switch (kind) {
    case "postgresql":
      return { state: "running", reason: null, cause: null, evidence, remedy: null };
    case "refused":
      return wrong(`Nothing listens on ${where}.`, START_OR_CORRECT, "refused");
    case "timeout":
      return wrong(
        `${where} does not answer.`,
        isSocket(endpoint)
          ? "The server hangs or is halted: look at its log, or start it again."
          : "Check the address; a firewall or a server that hangs keeps silent like this.",
        "timed-out",
      );
    case "unreachable":
      return wrong(`${where} cannot be found or reached.`, "Check the name and the network (a VPN, the right Wi-Fi).");
    case "missing":
      return isSocket(endpoint)
        ? wrong(`There is no socket at ${where}.`, START_OR_CORRECT)
        : wrong(`No computer is called ${endpoint.host}.`, "Correct the name, or join the network that knows it.");
    case "denied":
      return {
        ...wrong(`Your user may not open ${where}.`, "Ask its owner, or connect over TCP instead."),
        state: "no-permission",
      };
    case "closed":
      return wrong(
        `${where} closes the connection before it speaks.`,
        "Something between here and the server turns it away: look at the server's log or the proxy's.",
      );
    case "other":
      return wrong(`Another program than PostgreSQL answers on ${where}.`, "Give PostgreSQL's port, not this one.");
  }
}
