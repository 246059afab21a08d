import { type Problem, problem } from "../result";
import { SSLMODES } from "../target";
import { editKeywords } from "./edit-keywords";
import { editUri } from "./edit-uri";
import { writeAuthority, writeUri } from "./format";
import { valueFault } from "./libpq-keywords";
import { doubtfulStretch } from "./parts";
import { decodeLenient, encodePart } from "./percent";
import { readPort } from "./read-target";
import { type DsnValues, readValues, salvageValues } from "./read-values";
import { quoteKeywordValue } from "./scan-keywords";
import { type Span, schemeEnd } from "./scan-uri";
import { findUnencoded, suspect } from "./unencoded";

/** The form beside the string; "" means "not in the string". Several hosts and ports stand with commas between. */
export interface ConnectionFields {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly sslmode: string;
  readonly connect_timeout: string;
  readonly application_name: string;
}

export type FieldName = keyof ConnectionFields;

/** libpq's keyword behind a field. */
export const keywordOf = (field: FieldName): string => (field === "database" ? "dbname" : field);

const isBroken = (text: string): boolean => suspect(text) === "torn" || !readValues(text).ok;

/** The text as it reads if a stretch of it is the password, whatever signs are in it. */
const withPassword = (text: string, { start, end }: Span): string =>
  `${text.slice(0, start)}${encodePart(text.slice(start, end))}@${text.slice(end + 1)}`;

/** A broken string whose raw signs explain it is read as it was meant. */
function valuesOf(text: string): DsnValues {
  if (!isBroken(text)) return salvageValues(text);
  const mend = findUnencoded(text)?.mends[0];
  if (mend) return salvageValues(mend.dsn);
  const doubtful = doubtfulStretch(text);
  return salvageValues(doubtful && text[doubtful.end] === "@" ? withPassword(text, doubtful) : text);
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The keywords whose values, as readKeywords gives them, may hold a piece of the password: those that say something
 * else where the doubtful stretch is the password. A host that stands before it stays what it is.
 */
export function doubtfulKeywords(text: string): ReadonlySet<string> {
  const doubtful = doubtfulStretch(text);
  if (!doubtful) return NONE;
  const before = decodeLenient(text.slice(0, doubtful.start));
  const safe = salvageValues(withPassword(text, doubtful)).values;
  const shown = [...valuesOf(text).values].filter(
    ([keyword, value]) =>
      value !== "" && value !== safe.get(keyword) && !(keyword === "host" && before.includes(value)),
  );
  return new Set(shown.map(([keyword]) => keyword));
}

/** Every keyword that stands in a text, broken or not, with its decoded value, in the order first seen. Never fails. */
export const readKeywords = (text: string): ReadonlyMap<string, string> => valuesOf(text).values;

/** What the fields show for a text, broken or not; values are decoded. Never fails. */
export function readFields(text: string): ConnectionFields {
  const { values } = valuesOf(text);
  const value = (keyword: string) => values.get(keyword) ?? "";
  return {
    host: value("host"),
    // "h1,h2" without ports is stored as ",": that is no port at all.
    port: /^,*$/.test(value("port")) ? "" : value("port"),
    user: value("user"),
    password: value("password"),
    database: value("dbname"),
    sslmode: value("sslmode"),
    connect_timeout: value("connect_timeout"),
    application_name: value("application_name"),
  };
}

const refuse = (field: string, message: string, next: string): Problem =>
  problem("invalid-input", message, { field, next });

/** What is wrong with the value of a keyword, decoded; `field` is the keyword. "" is never wrong: it is not there. */
export function keywordFault(field: string, value: string): Problem | null {
  if (value.includes("\0")) return refuse(field, "There is a NUL character in it.", "Take it out.");
  if (value === "") return null;
  switch (field) {
    case "port":
      return value.split(",").every((one) => one === "" || readPort(one) !== null)
        ? null
        : refuse(field, "A port is a number from 1 to 65535.", "PostgreSQL's own port is 5432.");
    case "host":
      if (value.startsWith("/")) return null;
      if (/\s/.test(value)) return refuse(field, "A host name has no spaces.", "Take the space out.");
      if (/^[^:[\]]+:\d*$/.test(value))
        return refuse(field, "A host name has no colon.", "Put the port in its own field.");
      return null;
    case "sslmode":
      return SSLMODES.some((mode) => mode === value)
        ? null
        : refuse(field, "There is no such sslmode.", `It is one of ${SSLMODES.join(", ")}.`);
    case "connect_timeout":
      return /^\d{1,9}$/.test(value)
        ? null
        : refuse(field, "A time-out is a whole number of seconds.", "10 is a good start; 0 waits for ever.");
    default: {
      const wanted = valueFault(field, value);
      return wanted === null ? null : refuse(field, `${field} does not take this value.`, `It is ${wanted}.`);
    }
  }
}

/** "h1:1,h2" from libpq's two lists; null when the lists do not belong together. */
function authority(hostText: string, portText: string): string | null {
  const hosts = hostText.split(",");
  const ports = portText.split(",");
  if (ports.length > 1 && ports.length !== hosts.length) return null;
  return writeAuthority(hosts.map((host, index) => [host, ports[ports.length === 1 ? 0 : index] ?? null]));
}

const IN_PLACE: ReadonlySet<string> = new Set(["user", "password", "host", "port", "dbname"]);

function write(form: DsnValues["form"], scheme: DsnValues["scheme"], values: ReadonlyMap<string, string>): string {
  if (form === "keyword") return [...values].map(([key, value]) => `${key}=${quoteKeywordValue(value)}`).join(" ");
  const host = values.get("host") ?? "";
  const port = values.get("port") ?? "";
  const address = authority(host, port);
  const parameters = [...values].filter(([key]) => !IN_PLACE.has(key));
  return writeUri({
    scheme,
    user: values.get("user") ?? null,
    password: values.get("password") ?? null,
    authority: address ?? authority(host, "") ?? "",
    database: values.get("dbname") ?? null,
    // Ports that fit no host stay where a person can see and mend them.
    parameters: address === null ? [["port", port], ...parameters] : parameters,
  });
}

/** As many ports as hosts, by place: an edit of the hosts keeps the ports of those that stay. */
function fitPorts(portText: string, hostText: string): string {
  const ports = portText.split(",");
  if (ports.length === 1) return portText;
  return hostText
    .split(",")
    .map((_, index) => ports[index] ?? "")
    .join(",");
}

/** The values as they should be after an edit. */
function editedValues(before: DsnValues["values"], keyword: string, value: string): DsnValues["values"] {
  const values = new Map(before);
  if (value === "") values.delete(keyword);
  else values.set(keyword, value);
  if (keyword === "host") {
    const ports = fitPorts(values.get("port") ?? "", value);
    if (/^,*$/.test(ports)) values.delete("port");
    else values.set("port", ports);
  }
  return values;
}

/** What a text says, where "h1,h2" without ports, the ports "," and an empty value are all the same. */
function meaning(values: DsnValues["values"]): string {
  const said = [...values].filter(([name, value]) => (name === "port" ? !/^,*$/.test(value) : value !== ""));
  const one = said.map(([name, value]) => {
    // One port for all hosts may stand once or at each of them.
    const ports = name === "port" ? [...new Set(value.split(","))] : [];
    return [name, ports.length === 1 ? ports[0] : value];
  });
  return JSON.stringify(one.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
}

/** The text with only the part in question replaced; null where that does not say what it should. */
function editInPlace(text: string, keyword: string, value: string, wanted: DsnValues["values"]): string | null {
  if (isBroken(text)) return null;
  const start = schemeEnd(text);
  const edited = start === null ? editKeywords(text, keyword, value) : editUri(text, start, keyword, value);
  if (edited === null || isBroken(edited)) return null;
  const read = readValues(edited);
  return read.ok && meaning(read.value.values) === meaning(wanted) ? edited : null;
}

/** A new value made part of a text, and what is wrong with the value, if anything. */
export interface AppliedField {
  readonly text: string;
  readonly problem: Problem | null;
}

/**
 * Changes one of libpq's keywords in a text and returns the new text; an empty value takes it out. Only its own part
 * of the text is replaced, the rest stays byte for byte, and the keyword/value form stays one. A value that cannot be
 * right leaves the text as it is and gives a Problem whose `field` is the keyword. A text that cannot be read is put
 * together again from what is in it.
 */
export function applyKeyword(text: string, keyword: string, value: string): AppliedField {
  const bracketed = keyword === "host" ? /^\[([^\]]*)\]$/.exec(value.trim()) : null;
  const meant = bracketed ? (bracketed[1] ?? "") : keyword === "password" ? value : value.trim();
  const found = keywordFault(keyword, meant);
  if (found) return { text, problem: found };
  const read = valuesOf(text);
  const wanted = editedValues(read.values, keyword, meant);
  return { text: editInPlace(text, keyword, meant, wanted) ?? write(read.form, read.scheme, wanted), problem: null };
}

/** Changes the keyword behind one field of the form, as applyKeyword does; a Problem names the field. */
export function applyField(text: string, field: FieldName, value: string): AppliedField {
  const { text: after, problem: found } = applyKeyword(text, keywordOf(field), value);
  return { text: after, problem: found && { ...found, field } };
}
