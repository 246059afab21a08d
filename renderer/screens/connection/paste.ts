import { fromPasted, type Pasted, parseConnectionString } from "../../../shared/domain/dsn";
import { LONGEST_DSN } from "../../../shared/ipc/messages";

/** True for a text that brings an address of its own: put inside another string it would make no sense. */
const ADDRESS = /(?:^|[\s"'=<])(?:jdbc:)?postgres(?:ql)?(?:\+\w+)?:\/\//i;

const short = (pasted: Pasted): Pasted | null => (pasted.dsn.length > LONGEST_DSN ? null : pasted);

/** What a text means that is pasted into something already there: a whole string, or null for a piece like any other. */
export const wholeIn = (text: string): Pasted | null => (ADDRESS.test(text) ? short(fromPasted(text)) : null);

/** What a text means that is pasted with nothing chosen to take it: a whole string, or null for no string at all. */
export function wholeFrom(text: string): Pasted | null {
  const pasted = fromPasted(text);
  const isString = /^\s*[A-Za-z][\w+.:-]*:\/\//.test(pasted.dsn) || parseConnectionString(pasted.dsn).ok;
  return isString ? short(pasted) : null;
}
