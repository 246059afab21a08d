import { nameProtocol, showBytes } from "../protocols";
import { copies, edits, type RemedyDraft } from "../remedies";
import { lastStep, type Rule, type Situation, where } from "../situation";

const answer = (s: Situation): string | null => lastStep(s.steps, "speak")?.answer ?? null;
const bytes = (s: Situation): string => lastStep(s.steps, "speak")?.bytes || s.around.heard;

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
    fits: (s) => (answer(s) === "other" || (answer(s) === "silent" && s.around.heard !== "") ? "certain" : null),
    says: (s) => {
      const name = nameProtocol(bytes(s));
      const begins = showBytes(bytes(s));
      return {
        title: name ? `${where(s)} is ${name}, not PostgreSQL` : `What answers at ${where(s)} is not PostgreSQL`,
        explanation: `Its answer begins with "${begins}". PostgreSQL answers with one letter, S or N. The port belongs to something else.`,
        remedies: [...elsewhere(s), copies("right-port", "Look up the right port (PostgreSQL's own is 5432)")],
        // asyncpg takes any answer but S for a refusal of TLS; without TLS it waits for a message that never ends.
        exception: s.sslmode === "disable" ? "TimeoutError" : "ConnectionError",
      };
    },
  },
  {
    id: "speak.silent",
    fits: (s) => (answer(s) === "silent" && s.around.heard === "" ? "certain" : null),
    says: (s) => ({
      title: `${where(s)} accepts the connection and says nothing`,
      explanation:
        "A paused container, a stopped process that still holds its port, a half-dead proxy, or no PostgreSQL at all.",
      remedies: [...elsewhere(s), copies("look-at-process", "Look at the process or container that holds the port")],
      exception: "TimeoutError",
    }),
  },
  {
    id: "speak.closed",
    fits: (s) => (answer(s) === "closed" ? "certain" : null),
    says: (s) => ({
      title: `${where(s)} ends the connection at the first message`,
      explanation:
        "The server or a proxy before it closes without a word: it is restarting, out of connections, or not PostgreSQL. Its log says which.",
      remedies: [...elsewhere(s), copies("read-log", "Read the server's or the proxy's log")],
      exception: s.sslmode === "disable" ? "ConnectionDoesNotExistError" : "ConnectionError",
    }),
  },
];
