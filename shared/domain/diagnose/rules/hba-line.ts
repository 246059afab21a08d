import { isSocket } from "../../endpoint";
import { quoteIdentifier } from "../../sql";
import { singleAddress, UNKNOWN_ADDRESS } from "../hba-file";
import type { RuleLine } from "../remedies";
import { lastStep, type Situation } from "../situation";

/** IPv4, or IPv6 with at least two colons; a server writes where a connection comes from in every language. */
const ADDRESS =
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\da-f:])[\da-f]{0,4}:[\da-f:]*:[\da-f:.]*(?![\da-f:])/i;

/** A line for pg_hba.conf that lets exactly this role into this database with a password, whoever else it is for. */
export function hbaLine(s: Situation): Omit<RuleLine, "place"> {
  const names = `${quoteIdentifier(s.database)} ${quoteIdentifier(s.user)}`;
  if (isSocket(s.endpoint)) return { line: `local ${names} scram-sha-256`, told: true };
  const told = ADDRESS.exec(s.failure.message)?.[0];
  const reached = lastStep(s.steps, "reach")?.attempts.find((attempt) => attempt.errno === null)?.address;
  const from = told ?? (reached === "127.0.0.1" || reached === "::1" ? reached : null);
  const kind = lastStep(s.steps, "sign-in")?.encrypted ? "hostssl" : "host";
  return {
    line: `${kind} ${names} ${from === null ? UNKNOWN_ADDRESS : singleAddress(from)} scram-sha-256`,
    told: told !== undefined,
  };
}

/** " Line 9 of pg_hba.conf decides it, says <log>." where the server's log tells it; `cited`: the log is named already. */
export const ruleOf = ({ around: { log } }: Situation, cited = false): string =>
  log?.hbaLine ? ` Line ${log.hbaLine} of pg_hba.conf decides it${cited ? "" : `, says ${log.file}`}.` : "";
