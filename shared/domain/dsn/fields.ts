import { type Problem, problem } from "../result";
import { SSLMODES } from "../target";
import { writeAuthority, writeUri } from "./format";
import { readPort } from "./read-target";
import { type DsnValues, readValues, salvageValues } from "./read-values";
import { quoteKeywordValue } from "./scan-keywords";
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

const keywordOf = (field: FieldName): string => (field === "database" ? "dbname" : field);

/** A broken string whose raw signs explain it is read as it was meant. */
function valuesOf(text: string): DsnValues {
  const looksWrong = suspect(text) === "torn" || !readValues(text).ok;
  const mend = looksWrong ? findUnencoded(text)?.mends[0] : undefined;
  return salvageValues(mend?.dsn ?? text);
}

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

const refuse = (field: FieldName, message: string, next: string): Problem =>
  problem("invalid-input", message, { field, next });

function checkField(field: FieldName, value: string): Problem | null {
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
    default:
      return null;
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

/** A field's new value made part of a text, and what is wrong with the value, if anything. */
export interface AppliedField {
  readonly text: string;
  readonly problem: Problem | null;
}

/**
 * Changes one field in a text and returns the new text; an empty value takes the field out. A value that cannot
 * be right leaves the text as it is and gives a Problem with `field`. A text that cannot be read is put together
 * again from what is in it. The keyword/value form stays one.
 */
export function applyField(text: string, field: FieldName, value: string): AppliedField {
  const bracketed = field === "host" ? /^\[([^\]]*)\]$/.exec(value.trim()) : null;
  const meant = bracketed ? (bracketed[1] ?? "") : field === "password" ? value : value.trim();
  const found = checkField(field, meant);
  if (found) return { text, problem: found };
  const read = valuesOf(text);
  const values = new Map(read.values);
  if (meant === "") values.delete(keywordOf(field));
  else values.set(keywordOf(field), meant);
  if (field === "host") {
    const ports = fitPorts(values.get("port") ?? "", meant);
    if (/^,*$/.test(ports)) values.delete("port");
    else values.set("port", ports);
  }
  return { text: write(read.form, read.scheme, values), problem: null };
}
