import type { Remedy } from "../../diagnosis";
import type { Names } from "../recognition";

/** What is said of a cause that a text names: no server was asked, so nothing is claimed beyond the text. */
export interface Words {
  readonly title: (names: Names) => string;
  readonly explanation: (names: Names) => string;
  readonly remedies?: (names: Names) => readonly Remedy[];
}

export type WordTable = Readonly<Record<string, Words>>;

/** "db.example.com:5432", or what stands for it. */
export const where = ({ host, port }: Names): string =>
  host === null ? "the server" : port === null ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `the role "app"`, or "the role" where the text names none. */
export const named = (kind: string, name: string | null): string =>
  name === null ? `the ${kind}` : `the ${kind} "${name}"`;
