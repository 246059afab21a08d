import { parsePassfile, passwordIn } from "../passfile";
import { type Recogniser, writePieces } from "./recogniser";

const HOST = /^(?:\*|[\w-]*[A-Za-z][\w.-]*|\d{1,3}(?:\.\d{1,3}){3}|\/[^\s:]*):(?:\d{1,5}|\*):/;

const named = (part: string): string => (part === "*" ? "" : part.replace(/\\(.)/gsu, "$1"));

/** `host:port:database:user:password`, a line of ~/.pgpass. */
export const passfileLine: Recogniser = (text) => {
  if (text.length > 2000 || /\s/.test(text) || !HOST.test(text)) return null;
  const [line] = parsePassfile(text).lines;
  if (!line) return null;
  const { host, port, database, user } = line;
  const pieces = { host: named(host), port: named(port), database: named(database), user: named(user) };
  return {
    text: writePieces({ ...pieces, password: passwordIn(line, "libpq").reveal() }),
    note: "The line of a password file was written as a string.",
  };
};
