import { uriParts } from "./dsn";
import { mayShowPassword } from "./dsn/parts";
import { decodeLenient } from "./dsn/percent";
import type { PythonOutcome } from "./python-answer";
import { withoutSecrets } from "./report/without-secrets";

/** What the script printed. */
export interface PythonSaid {
  readonly python: string | null;
  readonly asyncpg: string | null;
  readonly outcome: PythonOutcome;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Longer texts are no message of a driver. */
const LONGEST = 2_000;

const textOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value.slice(0, LONGEST) : null;

/** asyncpg's address: a socket's path, or [host, port]. */
function addressText(address: unknown): string {
  if (typeof address === "string") return address;
  const [host, port] = Array.isArray(address) ? address : [];
  if (typeof host !== "string") return "";
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Class with its module, as a traceback's last line has it. */
const className = (module: string | null, name: string): string =>
  module === null || module === "builtins" ? name : `${module}.${name}`;

/**
 * Takes pieces of the password out of a driver's message. A string whose password may reach into other parts makes a
 * driver quote those pieces as host or port: then nothing that is quoted stays.
 */
export function withoutPassword(message: string, dsn: string, further: readonly string[] = []): string {
  const parts = uriParts(dsn);
  const torn = mayShowPassword(dsn) || parts.some(({ kind }, index) => kind === "error" && index > 0);
  const open = new Set(parts.filter(({ kind }) => kind !== "password").map(({ text }) => decodeLenient(text)));
  // What stands in the open elsewhere in the string (postgres:postgres) is on the screen anyway.
  const secrets = parts
    .filter(({ kind, text }) => kind === "password" && !open.has(decodeLenient(text)))
    .flatMap(({ text }) => [text, decodeLenient(text)]);
  const scrubbed = withoutSecrets(message, [...secrets, ...further.filter((one) => !open.has(one))]);
  return torn ? scrubbed.replace(/'[^']*'|"[^"]*"/g, "***") : scrubbed;
}

function outcomeOf({ connected, refused }: Fields, scrub: (message: string) => string): PythonOutcome | null {
  if (isFields(connected)) {
    return {
      kind: "connected",
      server: textOf(connected.server) ?? "",
      user: textOf(connected.user) ?? "",
      database: textOf(connected.database) ?? "",
      address: addressText(connected.address),
      tls: textOf(connected.tls),
    };
  }
  if (!isFields(refused)) return null;
  const name = textOf(refused.class) ?? "Exception";
  const fallback = name === "TimeoutError" ? "It gave no answer within 10 seconds." : "It gives no reason.";
  return {
    kind: "refused",
    exception: className(textOf(refused.module), name),
    sqlstate: textOf(refused.sqlstate),
    errno: textOf(refused.errno),
    message: scrub(textOf(refused.message) ?? fallback),
  };
}

/** Finds the script's answer in its output, the last line that is one; null when there is none. Never throws. */
export function readPythonOutput(output: string, scrub: (message: string) => string): PythonSaid | null {
  for (const line of output.split(/\r?\n/).reverse()) {
    if (!line.startsWith("{")) continue;
    try {
      const said: unknown = JSON.parse(line);
      const outcome = isFields(said) ? outcomeOf(said, scrub) : null;
      if (isFields(said) && outcome) return { python: textOf(said.python), asyncpg: textOf(said.asyncpg), outcome };
    } catch {
      // Something else printed that line.
    }
  }
  return null;
}
