import { encodePart } from "../percent";
import { linesIn, pieceOf } from "./names";
import type { Recogniser } from "./recogniser";

const ADDRESS = /jdbc:(?:postgresql|pgsql):[^\s"'`<>]*/i;
/** The two arguments after the address in `DriverManager.getConnection(url, user, password)`. */
const ARGUMENTS = /^["']\s*,\s*["']([^"'\n]{0,200})["']\s*,\s*["']([^"'\n]{0,200})["']/;

type SignIn = Readonly<Partial<Record<"user" | "password", string>>>;

/** `spring.datasource.username=...` or YAML's `username: ...` beside the address. */
function fromLines(text: string): SignIn {
  const found: { -readonly [name in keyof SignIn]: string } = {};
  for (const [name, value] of linesIn(text)) {
    const piece = pieceOf(name);
    if ((piece === "user" || piece === "password") && value !== "") found[piece] ??= value;
  }
  return found;
}

/** A JDBC address whose user and password stand beside it: Spring's settings, `DriverManager.getConnection`. */
export const jdbcSignIn: Recogniser = (text) => {
  if (text.length > 20_000) return null;
  const address = ADDRESS.exec(text);
  const [url = ""] = address ?? [];
  if (!address || url === text || /[?&](?:user|password)=/.test(url)) return null;
  const [, first, second] = ARGUMENTS.exec(text.slice(address.index + url.length)) ?? [];
  const { user, password } = first === undefined ? fromLines(text) : { user: first, password: second };
  if (!user && !password) return null;
  const query = Object.entries({ user, password }).flatMap(([name, value]) =>
    value ? [`${name}=${encodePart(value)}`] : [],
  );
  return {
    text: `${url}${url.includes("?") ? "&" : "?"}${query.join("&")}`,
    note: "The user and password beside the JDBC address were put into it.",
  };
};
