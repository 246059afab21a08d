import { fromImageVariables, NOT_PUBLISHED, type Published, readPublished } from "./docker-run";
import { linesIn } from "./names";
import { type Recogniser, writePieces } from "./recogniser";

const VARIABLE = "POSTGRES(?:QL)?_(?:PASSWORD|USER|DB|USERNAME|DATABASE)";
const INLINE = new RegExp(`["']?(${VARIABLE})["']?\\s{0,5}[:=]\\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\\s,}\\]]+))`, "g");

/** Variables of the image, a line each or in `{...}` and `[...]`. */
function variablesIn(text: string): ReadonlyMap<string, string> {
  const values = new Map(linesIn(text));
  for (const line of text.split(/\r?\n/, 2000)) {
    if (line.length > 2000 || !/[{[]/.test(line)) continue;
    for (const [, name = "", double, single, plain] of line.matchAll(INLINE))
      if (!values.has(name)) values.set(name, double ?? single ?? plain ?? "");
  }
  return values;
}

const SPEC = /^[ \t]*-[ \t]*["']?((?:\$\{[^}\s]{1,60}\}|[\d.:[\]a-f]){1,120}(?:\/tcp)?)["']?[ \t]*(?:#.*)?$/;
const LIST = /^[ \t]*ports:[ \t]*\[(.{0,500})\][ \t]*(?:#.*)?$/;
const LONG = /^[ \t]*(-[ \t]*)?(target|published|host_ip|protocol|mode|name):[ \t]*["']?([^"'#\s]+)/;

/** `- "5433:5432"`, `["5433:5432"]` and the long form with `target:` and `published:`. */
function publishedIn(text: string): Published | null {
  const lines = text.split(/\r?\n/, 2000).filter((line) => line.length < 2000);
  const specs = lines.flatMap((line) => {
    const list = LIST.exec(line)?.[1];
    if (list !== undefined) return list.split(",").map((one) => one.trim().replace(/^["']|["']$/g, ""));
    const spec = SPEC.exec(line)?.[1];
    return spec === undefined ? [] : [spec];
  });
  const long: Map<string, string>[] = [];
  for (const line of lines) {
    const [, begins, key = "", value = ""] = LONG.exec(line) ?? [];
    if (begins !== undefined) long.push(new Map());
    if (key !== "") long.at(-1)?.set(key, value);
  }
  const written = long.map((one) => [one.get("host_ip"), one.get("published"), one.get("target")]);
  const all = [...specs, ...written.map((parts) => parts.filter((part) => part !== undefined).join(":"))];
  return all.map((spec) => readPublished(spec)).find((one) => one !== null) ?? null;
}

/** A compose file or a list of variables of the official image; the port is taken from its `ports`. */
export const imageFields: Recogniser = (text) => {
  if (text.length > 100_000 || !new RegExp(VARIABLE).test(text)) return null;
  const values = variablesIn(text);
  if (![...values.keys()].some((name) => new RegExp(`^${VARIABLE}$`).test(name))) return null;
  const isCompose = /^[ \t]*(?:services|image|ports|environment):/m.test(text);
  const published = publishedIn(text);
  const named = {
    host: values.get("POSTGRES_HOST") ?? values.get("PGHOST"),
    port: values.get("POSTGRES_PORT") ?? values.get("PGPORT"),
  };
  const address = published ?? { host: named.host || "localhost", port: named.port || "5432" };
  const note = isCompose
    ? `The service of the compose file was written as a string${published ? "." : `. ${NOT_PUBLISHED.replace("add -p 5432:5432", 'add ports: "5432:5432"')}`}`
    : "The POSTGRES_ variables were put together as one string.";
  return { text: writePieces({ ...fromImageVariables(values), ...address }), note };
};
