import { isSocket } from "../../endpoint";
import { copies, replaces } from "../remedies";
import type { Rule, Situation } from "../situation";

const host = (s: Situation): string => (isSocket(s.endpoint) ? s.endpoint.socketDirectory : s.endpoint.host);

/** Names under .invalid never exist (RFC 6761, section 6.4), whatever a resolver without a network says. */
const neverExists = (s: Situation): boolean => /(^|\.)invalid\.?$/i.test(host(s));

const isNotFound = (s: Situation): boolean =>
  s.failure.errno === "ENOTFOUND" || s.failure.errno === "ENODATA" || neverExists(s);

export const resolveRules: readonly Rule[] = [
  {
    id: "read.unencoded-credentials",
    fits: (s) => (isNotFound(s) && s.around.mends.length > 0 ? "likely" : null),
    says: (s) => ({
      title: "Most likely: the password holds a character that must be encoded",
      explanation: `The string is read with the host "${host(s)}", which does not exist. A raw @, :, /, # or ? in a user name or password ends it too early.`,
      remedies: s.around.mends.map((mend, index) => replaces(`encode-${index + 1}`, mend.title, mend.dsn)),
      exception: "gaierror",
    }),
  },
  {
    id: "resolve.not-found",
    fits: (s) => (isNotFound(s) ? (s.around.mends.length > 0 ? "possible" : "certain") : null),
    says: (s) => ({
      title: `There is no host called "${host(s)}"`,
      explanation:
        "The name has no address. It is misspelt, or it only exists in another network or inside a container.",
      remedies: [copies("look-up", "Look the name up yourself", { commands: [`getent hosts ${shellWord(host(s))}`] })],
      exception: "gaierror",
    }),
  },
  {
    id: "resolve.temporary",
    fits: (s) => (s.failure.errno === "EAI_AGAIN" && !neverExists(s) ? "certain" : null),
    says: (s) => ({
      title: `The name service does not answer for "${host(s)}"`,
      explanation: "No network, no VPN, or a name server that is down. The name itself may be right.",
      remedies: [copies("try-again", "Check the network, then check again")],
      exception: "gaierror",
    }),
  },
];

/** A word as a person can paste it into a POSIX shell. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
