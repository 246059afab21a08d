import type { LogReason } from "../server-log";
import { lastStep, place, type Situation, where } from "../situation";
import { ruleOf } from "./hba-line";

/** What is behind one and the same refusal; null: nothing that was seen tells it. */
export type Because = LogReason | "cannot-login" | "md5-secret";

/** The true reason of a refused password, as an administrator or the server's log saw it. */
export function refusedBecause({ around: { role, log } }: Situation): Because | null {
  if (role === null) return log?.reason ?? null;
  if (!role.exists) return "role-missing";
  if (!role.canLogin) return "cannot-login";
  if (role.hasPassword === false) return "no-password";
  if (role.expired) return "expired";
  return log?.reason ?? (role.md5 ? "md5-secret" : "mismatch");
}

const titleOf = (s: Situation): string => {
  switch (refusedBecause(s)) {
    case null:
      return s.placeholder
        ? `Most likely: ${place(s)} still holds an example's password`
        : `Most likely: the password in ${place(s)} is not the one the role has`;
    case "no-password":
      return `The role ${s.user} has no password`;
    case "expired":
      return `The password of ${s.user} has expired`;
    case "no-scram-secret":
      return `The password of ${s.user} is stored as MD5, and the server asks for SCRAM`;
    default:
      return s.placeholder
        ? `${place(s) === ".env" ? ".env" : "The string"} still holds an example's password`
        : `The password in ${place(s)} is not the one the role has`;
  }
};

const WHAT: Readonly<Record<Because, (s: Situation) => string>> = {
  "role-missing": (s) => `${where(s)} knows no role ${s.user}. To the outside that looks like a wrong password.`,
  "cannot-login": (s) => `${s.user} is a group that may not log in.`,
  "no-password": () => "The role may log in, but no password is stored for it, so none can be right.",
  expired: () => "The role may log in, but its password is no longer valid (VALID UNTIL).",
  "no-scram-secret": () => "No password can be right until it is set anew, which stores it for SCRAM.",
  "md5-secret": () =>
    "The role may log in, and its password is stored as MD5, which a scram-sha-256 rule refuses even when it is right. Setting it anew mends both.",
  mismatch: (s) => `The role ${s.user} exists and may log in, so it is the password.`,
};

/** How it is known, before what is known. */
function source({ around: { role, log, administrator } }: Situation): string {
  if (role !== null) return `Looked up as ${administrator ?? "administrator"}`;
  return log ? `The server's log says (${log.file})` : "";
}

/** What asyncpg's traceback shows in its place, where the second attempt of sslmode=prefer ends otherwise. */
const lastWord = ({ around: { inTheClear } }: Situation): string =>
  inTheClear === null
    ? ""
    : ` With sslmode=prefer asyncpg then tries again without TLS and shows only what comes of that: ${inTheClear.message}. It is not the cause.`;

/** The fifth cause, where the server asks in a way that an old secret cannot answer. */
const oldSecret = ({ steps }: Situation): string =>
  lastStep(steps, "sign-in")?.asked?.method === "scram-sha-256"
    ? ", or is stored as MD5 while the rule asks for SCRAM"
    : "";

/** Title and explanation of a refused password. */
export function passwordStory(s: Situation): { readonly title: string; readonly explanation: string } {
  const because = refusedBecause(s);
  const title = titleOf(s);
  if (because !== null)
    return {
      title,
      explanation: `${source(s)}: ${WHAT[because](s)}${ruleOf(s, s.around.role === null)}${lastWord(s)}`,
    };
  const example = s.placeholder
    ? " The password is one out of an example, which a fresh project holds until it is set up."
    : "";
  return {
    title,
    explanation: `${where(s)} refuses this password for ${s.user}.${example} The server does not tell a wrong password from a role that does not exist, has none, or whose password has expired${oldSecret(s)}: its log does, and so does an administrator's look.${ruleOf(s)}${lastWord(s)}`,
  };
}
