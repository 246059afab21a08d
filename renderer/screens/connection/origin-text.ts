import type { StringSource, ValueOrigin } from "../../../shared/domain/dsn/surroundings";
import type { PutIn } from "../../state/connection-history";

type Values = ReadonlyMap<string, string>;

/** Where a string came from, in a word or two. */
export function sourceText(source: StringSource): string {
  switch (source.kind) {
    case "typed":
      return "typed";
    case "pasted":
      return "pasted";
    case "env-file":
      return ".env";
    case "database":
      // A server known by its address alone is called "On port 5433".
      return `from ${source.server.replace(/^On /, "the server on ")}`;
    case "container":
      return `container ${source.name}`;
  }
}

/** What in the string is as it was put in came with it; what was changed since is typed. */
function stringPlace(keyword: string, present: Values, put: PutIn, putValues: Values): string {
  return present.get(keyword) === putValues.get(keyword) ? sourceText(put.source) : "typed";
}

const DEFAULTS: Readonly<Record<string, string | null>> = {
  password: null,
  user: "system user",
  dbname: "user’s name",
};

function placeText(origin: ValueOrigin, present: Values, put: PutIn, putValues: Values): string | null {
  if (origin.kind === "string") return stringPlace(origin.keyword, present, put, putValues);
  if (origin.kind !== "default") return origin.place;
  const said = DEFAULTS[origin.keyword];
  return said === undefined ? "default" : said;
}

const NAMES: Readonly<Record<string, string>> = { dbname: "database" };

/**
 * Where the values of one row came from: one place for all, or each value with its own. Null where there is nothing
 * to say.
 */
export function originText(
  origins: readonly ValueOrigin[],
  keywords: readonly string[],
  { present, put, putValues }: { readonly present: Values; readonly put: PutIn; readonly putValues: Values },
): string | null {
  const said = origins
    .filter(({ keyword }) => keywords.includes(keyword))
    .flatMap((origin) => {
      const place = placeText(origin, present, put, putValues);
      return place === null ? [] : [{ name: NAMES[origin.keyword] ?? origin.keyword, place }];
    });
  const [first] = said;
  if (!first) return null;
  if (said.every(({ place }) => place === first.place)) return first.place;
  return said.map(({ name, place }) => `${name} ${place}`).join(", ");
}
