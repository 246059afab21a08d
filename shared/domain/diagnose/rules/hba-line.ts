import { isSocket } from "../../endpoint";
import { quoteIdentifier } from "../../sql";
import { lastStep, type Situation } from "../situation";

/** IPv4, or IPv6 with at least two colons; a server writes where a connection comes from in every language. */
const ADDRESS =
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\da-f:])[\da-f]{0,4}:[\da-f:]*:[\da-f:.]*(?![\da-f:])/i;

/** The address the server sees, with the length of a single one's mask; null where nothing tells it. */
function seenFrom(s: Situation): string | null {
  const told = ADDRESS.exec(s.failure.message)?.[0];
  const reached = lastStep(s.steps, "reach")?.attempts.find((attempt) => attempt.errno === null)?.address;
  const address = told ?? (reached === "127.0.0.1" || reached === "::1" ? reached : undefined);
  return address === undefined ? null : `${address}/${address.includes(":") ? 128 : 32}`;
}

/** A line for pg_hba.conf that lets exactly this role into this database with a password. */
export function hbaLine(s: Situation): { readonly text: string; readonly complete: boolean } {
  const names = `${quoteIdentifier(s.database)} ${quoteIdentifier(s.user)}`;
  if (isSocket(s.endpoint)) return { text: `local ${names} scram-sha-256`, complete: true };
  const from = seenFrom(s);
  const kind = lastStep(s.steps, "sign-in")?.encrypted ? "hostssl" : "host";
  return {
    text: `${kind} ${names} ${from ?? "<this computer's address>/32"} scram-sha-256`,
    complete: from !== null,
  };
}

/** " Line 9 of pg_hba.conf decides that." where the server's log tells it; otherwise "". */
export const ruleOf = ({ around: { log } }: Situation): string =>
  log?.hbaLine ? ` Line ${log.hbaLine} of pg_hba.conf decides it, says ${log.file}.` : "";
