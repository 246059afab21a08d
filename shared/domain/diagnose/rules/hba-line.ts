import { isSocket } from "../../endpoint";
import { quoteIdentifier } from "../../sql";
import { lastStep, type Situation } from "../situation";

/** A line for pg_hba.conf that lets exactly this role into this database with a password. */
export function hbaLine(s: Situation): string {
  const names = `${quoteIdentifier(s.database)} ${quoteIdentifier(s.user)}`;
  if (isSocket(s.endpoint)) return `local ${names} scram-sha-256`;
  const address = lastStep(s.steps, "reach")?.attempts.find((attempt) => attempt.errno === null)?.address;
  const from =
    address === "127.0.0.1" ? "127.0.0.1/32" : address === "::1" ? "::1/128" : "<this computer's address>/32";
  return `${lastStep(s.steps, "sign-in")?.encrypted ? "hostssl" : "host"} ${names} ${from} scram-sha-256`;
}

/** " Line 9 of pg_hba.conf decides that." where the server's log tells it; otherwise "". */
export const ruleOf = ({ around: { log } }: Situation): string =>
  log?.hbaLine ? ` Line ${log.hbaLine} of pg_hba.conf decides it, says ${log.file}.` : "";
