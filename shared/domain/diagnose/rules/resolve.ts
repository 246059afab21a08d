import { endpointText, isSocket } from "../../endpoint";
import { copies, edits, type RemedyDraft, replaces } from "../remedies";
import type { Rule, Situation } from "../situation";

const host = (s: Situation): string => (isSocket(s.endpoint) ? s.endpoint.socketDirectory : s.endpoint.host);

/** Names under .invalid never exist (RFC 6761, section 6.4), whatever a resolver without a network says. */
const neverExists = (s: Situation): boolean => /(^|\.)invalid\.?$/i.test(host(s));

/** A name that is known to be a container's is not a network's trouble. */
const isNotFound = (s: Situation): boolean =>
  s.failure.errno === "ENOTFOUND" || s.failure.errno === "ENODATA" || neverExists(s) || s.around.service !== null;

/** Where the container of that name is reached from outside its network. */
function published({ around: { service } }: Situation): readonly RemedyDraft[] {
  const endpoint = service?.endpoints.find((one) => !isSocket(one));
  return endpoint ? [edits("use-published", `Use ${endpointText(endpoint)}`, { endpoint })] : [];
}

const NOWHERE = "The name has no address. It is misspelt, or it only exists in another network or inside a container.";

/** A compose file's name for its database, in a string that is used outside of it. */
function inside({ around: { service } }: Situation): string | null {
  if (service === null) return null;
  const where = service.endpoints.length > 0 ? "" : " It publishes no port, so nothing outside reaches it.";
  return `${service.label} is called so inside its network: only other containers know the name, this computer does not.${where}`;
}

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
      explanation: inside(s) ?? NOWHERE,
      remedies: [
        ...published(s),
        copies("look-up", "Look the name up yourself", { commands: [`getent hosts ${shellWord(host(s))}`] }),
      ],
      exception: "gaierror",
    }),
  },
  {
    id: "resolve.temporary",
    fits: (s) => (s.failure.errno === "EAI_AGAIN" && !isNotFound(s) ? "certain" : null),
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
