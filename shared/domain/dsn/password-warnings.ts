import { encodePart } from "./percent";
import { namePlaceholders, placeholdersIn } from "./placeholders";
import { type Check, listed, mendKeyword, warning } from "./warning";

/** An empty password is none for every driver: each goes on looking. */
export const emptyPassword: Check = ({ text, scan, password, read }) => {
  const colon = scan?.password != null && scan.password.end === scan.password.start;
  if (password !== null || !(colon || read.values.get("password") === "")) return [];
  const message = colon
    ? "There is a colon after the user, but no password: each driver looks in PGPASSWORD, then in .pgpass."
    : "The password is empty: each driver looks in PGPASSWORD, then in .pgpass.";
  const dsn = colon && scan?.password ? text.slice(0, scan.password.start - 1) + text.slice(scan.password.end) : null;
  return [
    warning("empty-password", "warn", message, {
      parameter: "password",
      remedy: colon ? "Write the password, or take the colon out." : "Write the password, or take it out.",
      words: ["PGPASSWORD", ".pgpass"],
      mend:
        dsn === null ? mendKeyword(text, "password", "", "Take password out") : { dsn, title: "Take the colon out" },
    }),
  ];
};

/** What a template leaves open. */
export const openPlaceholders: Check = ({ text }) => {
  const message = namePlaceholders(text);
  return message === null ? [] : [warning("placeholder", "warn", message, { words: placeholdersIn(text) })];
};

const WELL_KNOWN =
  /^(?:pass(?:word|wd)?|postgres|change_?-?me|your_?-?password|secret|example|admin|root|test|1234(?:56(?:78)?)?|x{3,})$/i;

/** True for a password that an example left in place. */
export const isWellKnownPassword = (password: string): boolean => WELL_KNOWN.test(password);

/** A password out of an example, which everybody knows. */
export const wellKnownPassword: Check = ({ password, target }) =>
  password !== null && (isWellKnownPassword(password) || password === target.user)
    ? [
        warning("placeholder-password", "warn", "The password is one out of an example, or the user's name.", {
          parameter: "password",
          remedy: "Give the role a password of its own.",
        }),
      ]
    : [];

/** Which reader of `.env` changes what (python-dotenv, dotenv for Node, docker compose, a shell's `source`). */
const READERS: readonly (readonly [sign: RegExp, name: string, reader: string])[] = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the sign itself
  [/\$\{/, "${", "python-dotenv and docker compose put a variable's value in for ${...}"],
  [/\$(?!\{)/, "$", "docker compose and a shell put a variable's value in for $..."],
  [/#/, "#", "dotenv for Node stops at # where the value has no quotes"],
  [/[\\]/, "\\", "readers drop a backslash or keep it, each its own way"],
  [/["'`]/, "a quote", "a quote ends the value for some readers"],
  [/[\r\n]/, "a line break", "a line break ends the value"],
  [/[ \t]/, "a space", "a shell stops at a space"],
  ...["&", ";", "(", ")", "<", ">", "|"].map(
    (sign) => [new RegExp(`[${sign}]`), sign, `a shell stops at ${sign} where the value has no quotes`] as const,
  ),
];

/** Signs in the string that readers of `.env` change; `%XX` passes them all. An & between parameters has to stand. */
export const envReaders: Check = ({ text, scan }) => {
  if (!scan || placeholdersIn(text).length > 0) return [];
  const trimmed = text.trimEnd();
  const query = scan.parameters[0]?.key.start ?? trimmed.length;
  const [before, after] = [trimmed.slice(0, query), trimmed.slice(query).replaceAll("&", "")];
  const found = READERS.filter(([sign]) => sign.test(before) || sign.test(after));
  if (found.length === 0) return [];
  const encode = (part: string, signs: RegExp) => part.replace(signs, (sign) => encodePart(sign));
  const dsn = encode(text.slice(0, query), /[$#\\"'`\s{}&;()<>|]/g) + encode(text.slice(query), /[$#\\"'`\s{};()<>|]/g);
  const names = found.map(([, name]) => name);
  return [
    warning("env-readers", "warn", `In .env ${listed(names)} would be changed: ${found[0]?.[2]}.`, {
      remedy: "Write it as %XX.",
      words: [".env"],
      mend: { dsn, title: `Encode ${listed(names)}` },
    }),
  ];
};
