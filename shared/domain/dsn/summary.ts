import type { Sslmode, Target } from "../target";
import { type AsyncpgValues, readAsAsyncpg } from "./asyncpg";
import { isSecretParameter } from "./libpq-keywords";
import { type LocalServers, localhostWarning } from "./localhost-warning";
import { mendUnencoded, parseConnectionString } from "./parse";
import { mayShowPassword } from "./parts";
import { fromPasted } from "./pasted";
import { readValues } from "./read-values";
import type { Mend } from "./unencoded";
import type { DsnWarning } from "./warning";
import { warningsFor } from "./warnings";

/** A row of "What asyncpg will do". */
export interface SummaryRow {
  readonly label: string;
  readonly value: string;
}

/** A row of "Worth knowing". */
export interface WorthKnowing {
  /** A warning's code, or a DsnError's id where the string cannot be read. */
  readonly code: string;
  readonly tone: "warn" | "ok" | "info";
  readonly text: string;
  /** Words of the text to set as code. */
  readonly words: readonly string[];
  /** The string with the remedy done, for a button; null where there is no such string. */
  readonly mend: Mend | null;
}

/** Always as many dots, so that they do not tell the length. */
const DOTS = "••••••••";

const ENCRYPT: Readonly<Record<Sslmode, string>> = {
  disable: "never",
  allow: "only if the server insists; checks nothing",
  prefer: "if the server offers it; checks nothing",
  require: "always; checks the issuer only where a root certificate is at hand",
  "verify-ca": "always; checks the issuer, not the name",
  "verify-full": "always; checks the name and the issuer",
};

const MOST_ADDRESSES = 4;

function addressText(hosts: AsyncpgValues["hosts"], given: boolean): string {
  if (!given) return `the socket folders, then localhost:${hosts[hosts.length - 1]?.[1] ?? 5432}`;
  const shown = hosts
    .slice(0, MOST_ADDRESSES)
    .map(([host, port]) => `${host.includes(":") ? `[${host}]` : host}:${port}`);
  return shown.join(", ") + (hosts.length > MOST_ADDRESSES ? `, and ${hosts.length - MOST_ADDRESSES} more` : "");
}

function signInText({ user, password }: AsyncpgValues): string {
  const who = user ?? "your account's name";
  return password === null ? `${who}, no password in the string` : `${who}, password ${DOTS}`;
}

function encryptText({ hosts, sslmode }: AsyncpgValues): string {
  if (hosts.every(([host]) => host.startsWith("/"))) return "never; a Unix socket stays on this computer";
  return ENCRYPT[sslmode as Sslmode];
}

/** The rows of "What asyncpg will do"; the password never stands in them. A string asyncpg refuses gives one row. */
export function driverSummary(text: string): readonly SummaryRow[] {
  const parsed = parseConnectionString(text);
  const read = readAsAsyncpg(text);
  // A string that is torn apart by a raw sign would show pieces of its password as host or database.
  if (!parsed.ok) return [{ label: "Refuses", value: parsed.error.message }];
  if (mayShowPassword(text))
    return [{ label: "Unclear", value: "an @ behind the user part may belong to the password; write it as %40" }];
  if (!read.ok) return [{ label: "Refuses", value: read.error }];
  const values = read.value;
  const settings = Object.entries(values.serverSettings).map(
    ([name, value]) => `${name}=${isSecretParameter(name) ? DOTS : value}`,
  );
  return [
    { label: "Address", value: addressText(values.hosts, parsed.value.target.hosts.length > 0) },
    { label: "Sign in", value: signInText(values) },
    { label: "Database", value: values.database || "the one named like the user" },
    { label: "Encrypt", value: encryptText(values) },
    { label: "Sends", value: settings.length === 0 ? "nothing else" : settings.join(" ") },
  ];
}

/** What would make a string readable: raw signs encoded, or another spelling of the same. */
function mendUnreadable(text: string): Mend | null {
  const [mend] = mendUnencoded(text);
  if (mend) return mend;
  const { dsn, note } = fromPasted(text);
  // Without a note only spaces around the string were in the way.
  return dsn !== text && parseConnectionString(dsn).ok ? { dsn, title: note ?? "Take the space out" } : null;
}

/** With what was found on this computer, the general word about localhost gives way to what is known. */
function withFound(text: string, target: Target, found: LocalServers | undefined, all: readonly DsnWarning[]) {
  const known = found && localhostWarning(text, target, found);
  if (!known) return all;
  const others = all.filter(({ code }) => code !== "localhost-two-addresses");
  return known.tone === "warn" ? [known, ...others] : [...others, known];
}

/**
 * The rows of "Worth knowing", most serious first; a string that cannot be read gives its error and the way out.
 * `found` is what detection knows of this computer's servers.
 */
export function worthKnowing(text: string, found?: LocalServers): readonly WorthKnowing[] {
  const parsed = parseConnectionString(text);
  const read = readValues(text);
  if (!parsed.ok || !read.ok) {
    if (parsed.ok) return [];
    const { id, message, next } = parsed.error;
    const said = next === null ? message : `${message} ${next}`;
    return [{ code: id, tone: "warn", text: said, words: [], mend: mendUnreadable(text) }];
  }
  const { target, password } = parsed.value;
  const all = warningsFor(text, target, password?.reveal() ?? null, read.value);
  return withFound(text, target, found, all).map(({ tone, message, remedy, words, code, mend }) => ({
    code,
    tone,
    // A parameter's own sentence says enough; elsewhere the way out belongs to it.
    text: remedy === null || code === "database.parameter-unknown" ? message : `${message} ${remedy}`,
    words,
    mend,
  }));
}
