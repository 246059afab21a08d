import { type EnvStatement, scanEnv } from "./scan";

/** Stands in place of every secret on screen. */
export const DOTS = "••••••••";

const SECRET_NAME = /TOKEN|SECRET|PASS|PWD|KEY|CREDENTIAL|PRIVATE|SALT|WEBHOOK/i;

/** True for names whose values are secrets by the look of them: SECRET_KEY, API_TOKEN, DB_PASS, ... */
export const looksSecret = (name: string): boolean => SECRET_NAME.test(name);

/**
 * Hides passwords inside a text: of `scheme://user:password@`, of `password=...` and the like. Hides too much rather
 * than too little: an unencoded password may hold "@", "/" and spaces, so all up to the last "@" goes.
 */
export function maskPasswords(text: string): string {
  return text
    .replace(/(:\/\/[^\s:/@]*:).*@/gs, `$1${DOTS}@`)
    .replace(/(https?:\/\/)[^\s/@:]+@/gi, `$1${DOTS}@`)
    .replace(
      /\b(\w*(?:password|passwd|pwd|token|secret|api_?key|access_?key)\s*=\s*)('[^']*'?|[^&\s'"]+)/gi,
      `$1${DOTS}`,
    );
}

/** Hides what a comment or an unreadable line may hold: a disabled assignment of a secret, a password. */
function maskLine(line: string): string {
  const assigned = line.match(/^(.*?)([A-Za-z_][\w.-]*)(\s*[=:]\s*)(\S.*)$/s);
  if (assigned?.[2] && looksSecret(assigned[2])) return `${assigned[1]}${assigned[2]}${assigned[3]}${DOTS}`;
  // A line of a key that was pasted without quotes: one long word, no sentence.
  if (/^\s*[A-Za-z0-9+/_=-]{24,}\s*$/.test(line)) return line.replace(/\S+/, DOTS);
  return maskPasswords(line);
}

const maskLines = (text: string): string =>
  text
    .split(/(\r\n|\n|\r)/)
    .map(maskLine)
    .join("");

/** One statement of a `.env` text with its secrets hidden. */
export function maskStatement(text: string, statement: EnvStatement): string {
  const { start, end, key, value, rawStart, rawEnd, quote } = statement;
  const whole = text.slice(start, end);
  if (key === null || value === null) return maskLines(whole);
  const looksLikeKeyMaterial = !/^[\w.-]{1,60}$/.test(key) && key.length >= 24;
  const before = looksLikeKeyMaterial ? `${DOTS}=` : text.slice(start, rawStart);
  const raw = text.slice(rawStart, rawEnd);
  const hide = (looksSecret(key) || looksLikeKeyMaterial) && value !== "";
  const shown = hide ? `${quote ?? ""}${DOTS}${quote ?? ""}` : maskPasswords(raw);
  return before + shown + maskLines(text.slice(rawEnd, end));
}

/** A whole `.env` text with every secret hidden; keys, order and comments stay. */
export const maskEnv = (text: string): string =>
  scanEnv(text)
    .map((statement) => maskStatement(text, statement))
    .join("");
