import { isLoopback } from "../endpoint";
import { isOrdinary } from "./ordinary";
import type { SensitiveKind, Span } from "./span";

/** What gives itself away by its look, whoever's it is. */
interface Look {
  readonly kind: SensitiveKind;
  readonly pattern: RegExp;
  /** False for what looks like it and is not. */
  readonly accepts?: (found: string) => boolean;
}

const SECRET_WORD = String.raw`\b\w*(?:passw(?:or)?d|passphrase|pwd|token|secret|credential|api[_-]?key|access[_-]?key|private[_-]?key|authorization|cookie)\w*`;

const isOwnAddress = (found: string): boolean => {
  const address = found
    .toLowerCase()
    .replace(/%.*$/, "")
    .replace(/^::ffff:/, "");
  return isLoopback(address) || address === "::" || address === "0.0.0.0" || /^(?:0{1,4}:){7}0{0,3}1$/.test(address);
};

const isIpv4 = (found: string): boolean => found.split(".").every((part) => Number(part) <= 255);

/** Groups of hexadecimal digits are an address with eight of them or "::"; times and byte lists are not. */
const isIpv6 = (found: string): boolean => {
  const plain = found.replace(/%.*$/, "");
  const groups = plain.split(":");
  return plain.includes("::") ? plain.length > 2 || plain === "::" : groups.length === 8;
};

/** Last parts of names that are files, modules or settings, not hosts. */
const NO_DOMAIN =
  /\.(?:conf|cnf|ini|log|pid|opts|auto|toml|ya?ml|json|txt|pyc|ts|tsx|js|mjs|cjs|sql|exe|dll|dylib|service|socket|sock|target|d|lock|key|crt|pem|crl|csr|env|cfg|(?:conf|env|toml|ya?ml|json)\.(?:sample|example)|bak|tmp|exceptions|errors?)$/i;
/** Last parts that are countries as well: with one dot a file, with more a host. */
const FILE_OR_COUNTRY = /^[^.]+\.(?:md|py|sh|so)$/i;
/** Names with a dot that belong to everybody. */
const NO_HOST = /^(?:postgres\.app|postgresql\.org|www\.postgresql\.org|s\.pgsql\.\d+|node\.js|main\.\w+|e\.g|i\.e)$/i;

/** At least two labels, the last one of letters, none with an underscore or a capital inside as classes have. */
const isHostName = (found: string): boolean =>
  !NO_DOMAIN.test(found) &&
  !FILE_OR_COUNTRY.test(found) &&
  !NO_HOST.test(found) &&
  !isOrdinary(found) &&
  !/\.[A-Z][a-z]+[A-Z]/.test(found);

/** Folders that every installation has. */
const EVERYBODYS =
  /^\/(?:(?:var\/run\/postgresql|run\/postgresql|var\/lib\/(?:postgresql|pgsql)|var\/log\/postgresql|etc\/postgresql|usr|opt\/homebrew|opt\/local|proc|Applications\/Postgres\.app|Library\/PostgreSQL)(?=\/|$)|(?:private\/)?tmp\/(?:$|\.s\.PGSQL))/;
/** Files of libpq that a home folder holds. */
const EVERYBODYS_OWN = /^~[\\/](?:\.pgpass|\.pg_service\.conf|\.postgresql)/;
const EVERYBODYS_WINDOWS = /^[A-Z]:[\\/]+(?:Program Files(?: \(x86\))?[\\/]+PostgreSQL|Windows)(?:[\\/]|$)/i;

/** Small and capital letters and digits in one long word: no word of a language, no name of a setting. */
const isRandom = (found: string): boolean =>
  /[a-z]/.test(found) && /[A-Z]/.test(found) && (found.match(/\d/g)?.length ?? 0) >= 2;

const LOOKS: readonly Look[] = [
  { kind: "secret", pattern: /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g },
  // Up to the last "@" of the line: a raw password may hold anything.
  { kind: "secret", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\n]*@[^\s"'<>]*/gi },
  { kind: "secret", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>,;)]+/gi },
  {
    kind: "secret",
    pattern: new RegExp(
      String.raw`(?<=${SECRET_WORD}["'\]]?\s*(?:=>|[=:])\s*)(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.|'')*'?|(?:(?:basic|bearer)\s+)?[^\s"'&,;}]+)`,
      "gi",
    ),
    accepts: (found) => !isOrdinary(found),
  },
  { kind: "secret", pattern: /(?<=\bpassword\s+)(?:E?'(?:[^']|'')*'?|\$\w*\$[\s\S]*?\$\w*\$)/gi },
  { kind: "secret", pattern: /\bSCRAM-SHA-256\$[^\s"']+|\bmd5[0-9a-f]{32}\b/gi },
  { kind: "secret", pattern: /\b(?:basic|bearer)\s+[A-Za-z0-9+/._~=-]{6,}/gi },
  { kind: "secret", pattern: /\beyJ[\w-]+(?:\.[\w-]*){1,4}/g },
  {
    kind: "secret",
    pattern:
      /\b(?:gh[a-z]_|github_pat_|glpat-|npm_|sk[-_]|pk_|rk_|xox[a-z]-|AKIA|ASIA|AIza|ya29\.|dop_v1_|SG\.)[\w.-]{8,}/g,
  },
  { kind: "secret", pattern: /(?<![\w+=-])[A-Za-z0-9_+=-]{20,}(?![\w+=-])/g, accepts: isRandom },
  { kind: "secret", pattern: /(?<![0-9a-z])[0-9a-f]{24,}(?![0-9a-z])/gi },
  { kind: "e-mail", pattern: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu },
  { kind: "home", pattern: /(?<![\w.])(?:\/mnt\/[a-z])?\/(?:home|Users|export\/home)\/[^/\s"'`:;,<>|]+/gi },
  {
    kind: "home",
    pattern: /\b[A-Z]:[\\/]+(?:Users|Documents and Settings)[\\/]+(?:[^\\/:*?"<>|\r\n]+(?=[\\/])|[^\\/:*?"<>|\s]+)/gi,
  },
  { kind: "home", pattern: /~[\\/][^\s"'`:;,<>|()]+/g, accepts: (found) => !EVERYBODYS_OWN.test(found) },
  {
    kind: "path",
    pattern: /(?<![\w.~\\/:])\/(?:[^/\s"'`:;,<>|()]+\/)+[^/\s"'`:;,<>|()]*/g,
    accepts: (found) => !EVERYBODYS.test(found),
  },
  {
    kind: "path",
    pattern: /\b[A-Z]:[\\/]+[^\s"'<>|:*?]+/gi,
    accepts: (found) => !EVERYBODYS_WINDOWS.test(found),
  },
  { kind: "path", pattern: /\\\\[^\\\s"']+\\[^\s"'<>|:*?]+/g },
  {
    kind: "address",
    pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)/g,
    accepts: (found) => isIpv4(found) && !isOwnAddress(found),
  },
  {
    kind: "address",
    pattern: /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?:%[\w.-]+)?(?![\w:])/gi,
    accepts: (found) => isIpv6(found) && !isOwnAddress(found),
  },
  { kind: "address", pattern: /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi },
  {
    kind: "host",
    pattern:
      /(?<![\w.@/\\-])(?:\*\.)?(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})(?![\w\\(-]|\.\w)/gu,
    accepts: isHostName,
  },
  // Servers and drivers quote what is somebody's own: names, values, paths.
  { kind: "quoted", pattern: /(?<=[“„«"])[^“”„«»"\n]+(?=[“”»"])/g, accepts: (found) => !isOrdinary(found) },
  {
    kind: "quoted",
    pattern: /(?<=(?<![\p{L}\p{N}])['‘‚])[^'‘’‚\n]+(?=['’‘](?![\p{L}\p{N}]))/gu,
    accepts: (found) => !isOrdinary(found),
  },
];

/** What holds a secret beside things that may be shown, so that it goes as a whole from a report alone. */
const isWholeUrl = ({ pattern }: Look): boolean => pattern.source.includes(":\\/\\/");

/** Finds secrets alone, by what stands before them and by their look; strings and addresses stay. */
export const secretsOf = (text: string): readonly Span[] =>
  spansOf(
    LOOKS.filter((look) => look.kind === "secret" && !isWholeUrl(look)),
    text,
  );

/** Finds secrets, people, computers and places that nobody told about, by their look. */
export const looksOf = (text: string): readonly Span[] => spansOf(LOOKS, text);

function spansOf(looks: readonly Look[], text: string): readonly Span[] {
  return looks.flatMap(({ kind, pattern, accepts }) =>
    [...text.matchAll(pattern)].flatMap((found) => {
      const [name] = found;
      if (name === "" || (accepts && !accepts(name))) return [];
      return [{ from: found.index, to: found.index + name.length, kind, name: name.toLowerCase() }];
    }),
  );
}
