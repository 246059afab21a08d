import { maskPasswords } from "../env/mask";
import { printable } from "./raw";

const HIDDEN = "***";
const LINE_LENGTH = 300;

/** Words that stand in every log; hiding them where somebody took one as a password would hide nothing but the log. */
const PLAIN = new Set(["postgres", "password", "postgresql", "database"]);

/** Takes known secrets and what looks like one out of a text of a container. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = [...secrets].filter((secret) => secret.length >= 4 && !PLAIN.has(secret));
  const hidden = known
    .sort((a, b) => b.length - a.length)
    .reduce((line, secret) => line.split(secret).join(HIDDEN), text);
  return maskPasswords(hidden).replace(/(\bpassword\s+)('(?:[^']|'')*'?|"[^"]*"?)/gi, `$1'${HIDDEN}'`);
}

/** What terminals take as colours: the escape character, "[", numbers, a letter. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g");

/** The last `count` lines of a log as lines to show: no colours, no control characters, no secrets, no overlong ones. */
export function lastLines(text: string, secrets: readonly string[], count: number): readonly string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(COLOUR, "").replaceAll("\t", "  ").trimEnd())
    .filter((line) => line !== "")
    .slice(-count)
    .map((line) => printable(withoutSecrets(line, secrets), LINE_LENGTH));
}
