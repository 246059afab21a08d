import { secretsOf } from "../report/look-spans";
import { united } from "../report/span";

/** Where strings and drivers' words about them hold a password; what is left says where it stood. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  // Up to the last "@" of the string; of the line, where the string was not encoded.
  [/((?:\b[a-z][a-z0-9+.-]{1,30}:?)?\/\/[^\s:/@'"`]{0,200}:)(?:[^\s'"`]{1,500}@|[^\n'"`]{1,500}@)/gi, "$1***@"],
  [/(%3A%2F%2F[^\s%]{0,200}%3A)\S{1,500}%40/gi, "$1***%40"],
  [/(?<![\w/.:@-])([\w.+-]{1,63}:)[^\s"'`/@:]{1,200}@(?=[\w[])/g, "$1***@"],
  // A name before the @ is the rest of a password that was not encoded.
  [/(["'»«“„]\s?)[^"'»«“”\s]{1,300}@(?=[\w[.-])/g, "$1***@"],
  [/(missing "=" after ")[^"]{1,500}/g, "$1***"],
  [/(port number: "|integer value "|to integer value as '|with base 10: ')(?!\d{1,6}["'])[^"']{1,200}/g, "$1***"],
  [/(--[\w-]{0,30}(?:password|passwd|token|secret)[ =])\S{1,300}/gi, "$1***"],
];

/** Passwords and tokens in a line become `***`; linear time. */
export function hideSecrets(line: string): string {
  const placed = PLACES.reduce((text, [pattern, kept]) => text.replace(pattern, kept), line);
  let shown = "";
  let from = 0;
  for (const span of united(secretsOf(placed))) {
    shown += `${placed.slice(from, span.from)}***`;
    from = span.to;
  }
  return shown + placed.slice(from);
}
