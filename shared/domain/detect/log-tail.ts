import { printable } from "../containers/raw";

/** A message's severity and text; FATAL and PANIC are written alike in most languages of PostgreSQL's messages. */
const MESSAGE = /(?:^|\s)(DEBUG\d?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC): {1,2}(.*)$/;

const MESSAGE_LENGTH = 200;

/**
 * What ended the last start, out of the last lines of a stopped server's log; null when it went well or nothing tells.
 * Only where a start failed is FATAL or PANIC the last message, or the one before "database system is shut down":
 * after an ordinary end the shutting down is logged in between.
 */
export function failedStart(lines: readonly string[]): string | null {
  const messages = lines.map((line) => MESSAGE.exec(line)).filter((match) => match !== null);
  const last = messages.slice(-2).reverse();
  const fatal = last.find(([, severity]) => severity === "FATAL" || severity === "PANIC");
  return fatal ? printable(fatal[2] ?? "", MESSAGE_LENGTH) : null;
}
