import { ERRNO } from "../facts";
import { nameProtocol, showBytes } from "../protocols";
import { copies, edits, type RemedyDraft } from "../remedies";
import { type Confidence, lastStep, type Rule, type Situation, where } from "../situation";

/** How a conversation ends that began as PostgreSQL's: later than the first message, so it says less. */
const LATE: Readonly<Record<string, string>> = {
  [ERRNO.closed]: "closed",
  ECONNRESET: "closed",
  EPIPE: "closed",
  ETIMEDOUT: "silent",
  [ERRNO.protocol]: "other",
};

const isLate = (s: Situation): boolean => s.rung !== "speak";
const answer = (s: Situation): string | null =>
  isLate(s) ? (LATE[s.failure.errno ?? ""] ?? null) : (lastStep(s.steps, "speak")?.answer ?? null);
const sure = (s: Situation): Confidence => (isLate(s) ? "likely" : "certain");
const bytes = (s: Situation): string => lastStep(s.steps, "speak")?.bytes || s.around.heard;

/** It met PostgreSQL's first message with silence or hung up; another one may make it speak. */
const isUnheard = (s: Situation): boolean => answer(s) === "silent" || answer(s) === "closed";

/** What asyncpg makes of an end without a word; only where it waits for the answer about TLS a reset is the system's own. */
const closedException = (s: Situation): string => {
  if (isLate(s) || s.sslmode === "disable") return "ConnectionDoesNotExistError";
  return s.failure.errno === "ECONNRESET" ? "ConnectionResetError" : "ConnectionError";
};

/**
 * asyncpg takes any answer but S for a refusal of TLS. Without TLS it waits for a message that never ends, unless the
 * other side hangs up; of what speaks only when it is sent a line of text it hears nothing.
 */
const strangeException = (s: Situation): string => {
  if (answer(s) === "silent") return "TimeoutError";
  if (s.sslmode !== "disable") return "ConnectionError";
  return answer(s) === "closed" || bytes(s).startsWith("HTTP/") ? "ConnectionDoesNotExistError" : "TimeoutError";
};

const isPaused = (s: Situation): boolean => s.around.server?.state === "paused";

const elsewhere = (s: Situation): readonly RemedyDraft[] =>
  s.around.elsewhere
    ? [
        edits("use-port", `Use port ${s.around.elsewhere.endpoint.port}, where PostgreSQL answers`, {
          endpoint: s.around.elsewhere.endpoint,
        }),
      ]
    : [];

export const speakRules: readonly Rule[] = [
  {
    id: "speak.not-postgresql",
    fits: (s) => {
      if (answer(s) === "other") return isLate(s) ? "possible" : "certain";
      return isUnheard(s) && s.around.heard !== "" ? "certain" : null;
    },
    says: (s) => {
      if (isLate(s)) {
        return {
          title: `What answers at ${where(s)} does not keep to PostgreSQL's protocol`,
          explanation: `It began like PostgreSQL, and then: ${s.failure.message}`,
          remedies: [copies("read-log", "Read the log of what listens there")],
        };
      }
      const name = nameProtocol(bytes(s));
      const begins = showBytes(bytes(s));
      return {
        title: name ? `${where(s)} is ${name}, not PostgreSQL` : `What answers at ${where(s)} is not PostgreSQL`,
        explanation: `${answer(s) === "closed" ? "It hangs up at PostgreSQL's first message and answers a TLS handshake." : `Its answer begins with "${begins}".`} PostgreSQL answers with one letter, S or N. The port belongs to something else.`,
        remedies: [...elsewhere(s), copies("right-port", "Look up the right port (PostgreSQL's own is 5432)")],
        exception: strangeException(s),
      };
    },
  },
  {
    id: "speak.silent",
    fits: (s) => (answer(s) === "silent" && s.around.heard === "" ? sure(s) : null),
    says: (s) => ({
      title: isPaused(s)
        ? `${s.around.server?.label} is paused`
        : isLate(s)
          ? `${where(s)} falls silent before the session is open`
          : `${where(s)} accepts the connection and says nothing`,
      explanation: isPaused(s)
        ? `The port of a paused container still accepts connections, and nobody answers. ${s.around.server?.reason ?? ""}`.trim()
        : isLate(s)
          ? "It answered the first message as PostgreSQL does. A pooler that waits for its server, a stopped or overloaded process, or a broken network does that."
          : "A paused container, a stopped process that still holds its port, a half-dead proxy, or no PostgreSQL at all.",
      remedies: [
        ...(isPaused(s) && s.around.server?.startCommand
          ? [copies("unpause", "Let it go on", { commands: [s.around.server.startCommand] })]
          : []),
        ...elsewhere(s),
        copies("look-at-process", "Look at the process or container that holds the port"),
      ],
      exception: "TimeoutError",
    }),
  },
  {
    id: "speak.closed",
    fits: (s) => (answer(s) === "closed" && s.around.heard === "" ? sure(s) : null),
    says: (s) => ({
      title: isLate(s)
        ? `${where(s)} ends the connection before the session is open`
        : `${where(s)} ends the connection at the first message`,
      explanation: isLate(s)
        ? "It answered the first message as PostgreSQL does and then closed without a word: its process ended, its authentication_timeout is over, or a proxy cut in. Its log says which."
        : "The server or a proxy before it closes without a word: it is restarting, out of connections, or not PostgreSQL. Its log says which.",
      remedies: [...elsewhere(s), copies("read-log", "Read the server's or the proxy's log")],
      exception: closedException(s),
    }),
  },
];
