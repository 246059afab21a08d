import { DEFAULT_PORT, type Endpoint, endpointText, isLoopback, isSocket, leadsTo } from "../../endpoint";
import { copies, edits, type RemedyDraft, starts } from "../remedies";
import { lastStep, type Rule, type Situation, serverName, where } from "../situation";
import { hasInstallCause } from "./install";
import { shellWord } from "./resolve";

const errnos = (s: Situation): readonly (string | null)[] =>
  lastStep(s.steps, "reach")?.attempts.map((attempt) => attempt.errno) ?? [s.failure.errno];

const isRefused = (s: Situation): boolean => errnos(s).includes("ECONNREFUSED");
const isTimeout = (s: Situation): boolean => !isRefused(s) && errnos(s).includes("ETIMEDOUT");

const stopped = (s: Situation): boolean => {
  const state = s.around.server?.state;
  return state === "stopped" || state === "paused" || state === "broken" || state === "uninitialised";
};

/** What answers close by is the very server that detection knows here: it stands under another address. */
const stillAnswers = ({ around: { server, otherLoopback, elsewhere } }: Situation): boolean =>
  [otherLoopback, elsewhere?.endpoint].some(
    (one) => one && server?.endpoints.some((own) => own.port === one.port && leadsTo(own, one)),
  );

/** Detection saw it run a moment ago, and now nothing listens: it has stopped since. */
const vanished = (s: Situation): boolean =>
  s.around.server?.state === "running" &&
  s.around.server.dataDirectory !== null &&
  !stillAnswers(s) &&
  (isRefused(s) || errnos(s).includes("ENOENT"));

const goTo = (id: string, title: string, endpoint: Endpoint): RemedyDraft => edits(id, title, { endpoint });

const around = (s: Situation): readonly RemedyDraft[] => [
  ...(s.around.otherLoopback
    ? [goTo("use-address", `Use ${endpointText(s.around.otherLoopback)}`, s.around.otherLoopback)]
    : []),
  ...(s.around.elsewhere
    ? [goTo("use-port", `Use port ${s.around.elsewhere.endpoint.port}`, s.around.elsewhere.endpoint)]
    : []),
  ...(s.around.overTcp ? [goTo("use-tcp", `Use ${endpointText(s.around.overTcp)}`, s.around.overTcp)] : []),
];

export const reachRules: readonly Rule[] = [
  {
    id: "reach.server-stopped",
    fits: (s) => {
      if (hasInstallCause(s)) return null;
      if (vanished(s)) return s.around.otherLoopback || s.around.elsewhere ? "possible" : "likely";
      return stopped(s) && (isRefused(s) || errnos(s).includes("ENOENT")) ? "certain" : null;
    },
    says: (s) => {
      const server = s.around.server;
      const label = serverName(server);
      if (vanished(s)) {
        return {
          title: `${label} has stopped`,
          explanation: `It was running when servers were last looked for. Now nothing listens on ${where(s)}.`,
          remedies: [copies("look-again", "Look for servers again, then start it"), ...around(s)],
        };
      }
      const title = `${label} is ${server?.state === "stopped" ? "stopped" : "not running"}`;
      const explanation = `${where(s)} belongs to ${label}. ${server?.reason ?? "Nothing listens there while it is stopped."}`;
      const start =
        server?.canStart && server.actions.includes("start")
          ? [starts(server.id, `Start ${label}`, server.startCommand)]
          : server?.startCommand
            ? [copies("start-yourself", `Start ${label} yourself`, { commands: [server.startCommand] })]
            : [];
      return { title, explanation, remedies: [...start, ...around(s)] };
    },
  },
  {
    id: "reach.not-published",
    fits: (s) => {
      if (!s.around.unpublished || !isRefused(s)) return null;
      // PostgreSQL's own port is the one a container listens on inside, and a string that was written for inside.
      return s.endpoint.port === DEFAULT_PORT && !s.around.elsewhere && !s.around.otherLoopback ? "likely" : "possible";
    },
    says: (s) => ({
      title: `Most likely: ${s.around.unpublished?.label} is meant, and its port is not published`,
      explanation: `Nothing listens on ${where(s)}. ${s.around.unpublished?.reason ?? ""} Only other containers reach it.`,
      remedies: [copies("publish-port", "Publish its port: the Server screen has the lines to copy"), ...around(s)],
    }),
  },
  {
    id: "reach.other-loopback",
    fits: (s) => (isRefused(s) && s.around.otherLoopback && !stopped(s) ? "certain" : null),
    says: (s) => ({
      title: `PostgreSQL answers at ${s.around.otherLoopback ? endpointText(s.around.otherLoopback) : "the other address"}, not at ${where(s)}`,
      explanation:
        "This computer has two addresses of its own, 127.0.0.1 and ::1. The server listens on one of them only.",
      remedies: around(s),
    }),
  },
  {
    id: "reach.wrong-port",
    fits: (s) => {
      if (!s.around.elsewhere || stopped(s) || s.around.otherLoopback) return null;
      return isRefused(s) ? "likely" : isTimeout(s) ? "possible" : null;
    },
    says: (s) => ({
      title: `Most likely: the port. PostgreSQL answers on ${s.around.elsewhere?.endpoint.port}`,
      explanation: `${isTimeout(s) ? "Nobody answers" : "Nothing listens"} on ${where(s)}. On the same host ${s.around.elsewhere?.label} answers.`,
      remedies: around(s),
    }),
  },
  {
    id: "reach.refused",
    fits: (s) =>
      !isRefused(s) || stopped(s)
        ? null
        : s.around.elsewhere || s.around.otherLoopback || s.around.unpublished || vanished(s)
          ? "possible"
          : "certain",
    says: (s) => ({
      title: `Nothing listens on ${where(s)}`,
      explanation: "The computer answers and refuses: no server runs there, or it listens on another port or address.",
      remedies: [
        ...around(s),
        ...(isSocket(s.endpoint) || isLoopback(s.endpoint.host)
          ? [copies("list-listeners", "List what listens on this computer", { commands: ["ss -ltn"] })]
          : []),
      ],
    }),
  },
  {
    id: "reach.timeout",
    fits: (s) => (isTimeout(s) ? (s.around.elsewhere ? "likely" : "certain") : null),
    says: (s) => ({
      title: `${where(s)} does not answer in time`,
      explanation:
        "Nothing comes back, not even a refusal. A firewall or security group drops the connection, a VPN is missing, or the address is wrong.",
      remedies: [
        ...around(s),
        copies("test-port", "Test the way there", {
          commands: isSocket(s.endpoint) ? [] : [`nc -vz ${shellWord(s.endpoint.host)} ${s.endpoint.port}`],
        }),
      ],
    }),
  },
  {
    id: "reach.unreachable",
    fits: (s) =>
      !isRefused(s) && errnos(s).some((e) => e === "EHOSTUNREACH" || e === "ENETUNREACH" || e === "EADDRNOTAVAIL")
        ? isTimeout(s)
          ? "likely"
          : "certain"
        : null,
    says: (s) => ({
      title: `No way leads to ${where(s)}`,
      explanation: (lastStep(s.steps, "reach")?.attempts ?? []).every((attempt) => attempt.address.includes(":"))
        ? "The host has an IPv6 address only and this network has no IPv6. Providers often offer another name that has IPv4 (a pooler)."
        : "This computer's network has no route to that address: no network, no VPN, or a wrong address.",
      remedies: [copies("check-network", "Check the network or VPN, then check again")],
    }),
  },
  {
    id: "reach.socket-missing",
    fits: (s) => (isSocket(s.endpoint) && errnos(s).includes("ENOENT") && !stopped(s) ? "certain" : null),
    says: (s) => ({
      title: `There is no socket in ${isSocket(s.endpoint) ? s.endpoint.socketDirectory : "that folder"} for port ${s.endpoint.port}`,
      explanation: "The server is not running, keeps its socket in another folder, or uses another port.",
      remedies: around(s),
    }),
  },
  {
    id: "reach.socket-denied",
    fits: (s) =>
      isSocket(s.endpoint) && errnos(s).some((errno) => errno === "EACCES" || errno === "EPERM") ? "certain" : null,
    says: (s) => ({
      title: "This user may not open the server's socket",
      explanation: `${s.around.osUser} has no right to ${isSocket(s.endpoint) ? s.endpoint.socketDirectory : "the folder"} or the socket in it.`,
      remedies: around(s),
    }),
  },
];
