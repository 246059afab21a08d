import { writeAuthority, writeUri } from "../format";
import { encodePart } from "../percent";

/** What a recogniser made of a text. */
export interface Found {
  readonly text: string;
  /** What was done, one sentence; null when there is nothing to say. */
  readonly note: string | null;
}

/** Looks at a text and takes one layer off it; null when it is not its kind. Linear time, never throws. */
export type Recogniser = (text: string) => Found | null;

/** The values a command, a dictionary or a list of variables names; absent or "" means it does not. */
export interface Pieces {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly parameters?: readonly (readonly [name: string, value: string])[];
}

/** A value still to be put in by hand: `${NAME}`, or `$NAME` on its own. */
const PLACEHOLDER = /(\$\{[A-Za-z_][\w.:-]*\}|^\$[A-Za-z_]\w*$)/;

/** Encodes a value; a placeholder in it stays readable. */
const encodeValue = (value: string): string =>
  value
    .split(PLACEHOLDER)
    .map((piece, index) => (index % 2 === 1 ? piece : encodePart(piece)))
    .join("");

/** Writes values as a plain string; several hosts and ports stand with commas between. */
export function writePieces({ host = "", port = "", user, password, database, parameters = [] }: Pieces): string {
  const hosts = host.split(",");
  const ports = port.split(",");
  const authority = PLACEHOLDER.test(host + port)
    ? encodeValue(host) + (port === "" ? "" : `:${encodeValue(port)}`)
    : writeAuthority(hosts.map((one, index) => [one, ports[ports.length === 1 ? 0 : index] ?? null]));
  const dsn = writeUri({ scheme: "postgresql", user: null, password: null, authority, database: null, parameters });
  const signIn = password
    ? `${encodeValue(user ?? "")}:${encodeValue(password)}@`
    : user
      ? `${encodeValue(user)}@`
      : "";
  const start = "postgresql://".length;
  const path = database ? `/${encodeValue(database)}` : "";
  const query = start + authority.length;
  return `postgresql://${signIn}${authority}${path}${dsn.slice(query)}`;
}
