import {
  type ConnectionFields,
  doubtfulKeywords,
  mendUnencoded,
  parseConnectionString,
  type ReaderId,
  readerRows,
  readFields,
  readKeywords,
  type UriPart,
  uriParts,
  worthKnowing,
} from "../../shared/domain/dsn";
import type { DsnError } from "../../shared/domain/dsn/error";
import { originsOf } from "../../shared/domain/dsn/origins";
import type { Surroundings } from "../../shared/domain/dsn/surroundings";
import type { Mend } from "../../shared/domain/dsn/unencoded";
import type { PortConflict, Server } from "../../shared/domain/server";
import { useConnection } from "./connection";

/** What the Connection screen shows of a string, whatever surrounds it. */
export interface Analysis {
  readonly parts: readonly UriPart[];
  readonly fields: ConnectionFields;
  readonly keywords: ReadonlyMap<string, string>;
  /** The keywords whose values may hold a piece of the password. */
  readonly doubtful: ReadonlySet<string>;
  /** Null where the string can be read, and for an empty one. */
  readonly error: DsnError | null;
  /** What a fault of the whole may have meant, likeliest first; what mends a single warning stands with it. */
  readonly mends: readonly Mend[];
}

/** Keeps the answer to the question asked last: many parts of the screen ask about one string in turn. */
export function lastOf<Asked extends readonly unknown[], Answer>(
  answer: (...asked: Asked) => Answer,
): (...asked: Asked) => Answer {
  let last: { readonly asked: Asked; readonly answer: Answer } | null = null;
  return (...asked) => {
    if (!last || last.asked.some((one, index) => one !== asked[index])) last = { asked, answer: answer(...asked) };
    return last.answer;
  };
}

function mendsOf(text: string, isReadable: boolean): readonly Mend[] {
  const unencoded = mendUnencoded(text);
  if (isReadable) return unencoded.length > 1 ? unencoded : [];
  const said = worthKnowing(text).flatMap(({ mend }) => mend ?? []);
  return unencoded.length > 0 ? unencoded : said;
}

/** Reads a string once for all parts of the screen. */
export const analyse = lastOf((text: string): Analysis => {
  const parsed = parseConnectionString(text);
  return {
    parts: uriParts(text),
    fields: readFields(text),
    keywords: readKeywords(text),
    doubtful: doubtfulKeywords(text),
    error: text === "" || parsed.ok ? null : parsed.error,
    mends: text === "" ? [] : mendsOf(text, parsed.ok),
  };
});

/** What a driver will do with the string, row by row. */
export const rowsOf = lastOf(readerRows);

/** Where its values came from; node-postgres is not traced. */
export const originsIn = lastOf((text: string, reader: ReaderId, surroundings: Surroundings | null) =>
  surroundings === null || reader === "node-postgres" ? [] : originsOf(text, surroundings, reader),
);

/** What is worth knowing about it, with the servers that were found on this computer. */
export const knowingOf = lastOf((text: string, servers: readonly Server[], conflicts: readonly PortConflict[]) =>
  worthKnowing(text, { servers, conflicts }),
);

/** The values of the string that was put in last. */
export const putValuesOf = lastOf(readKeywords);

/** The present string's analysis. */
export const useAnalysis = (): Analysis => analyse(useConnection((state) => state.dsn));
