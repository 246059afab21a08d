import { readFields } from "../dsn";
import type { Names } from "./recognition";
import type { TextLine } from "./text-line";

/** What the error leaves open, the string beside it says. */
export function withNamesOf(dsn: string | null, names: Names): Names {
  if (dsn === null) return names;
  const { host, port, user, database } = readFields(dsn);
  const place =
    names.host === null && host !== "" ? { host, port: /^\d{1,5}$/.test(port) ? Number(port) : names.port } : {};
  return { ...names, ...place, user: names.user ?? (user || null), database: names.database ?? (database || null) };
}

/** In every language the names stand in quotes of some kind. */
const first = (text: string, ...patterns: readonly RegExp[]): string | null => {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found) return found;
  }
  return null;
};

/** What an error names: where it went, as whom, to what. `lines` are the line it rests on and those after it. */
export function namesIn(lines: readonly TextLine[]): Names {
  const text = lines[0]?.text ?? "";
  const all = lines.map((line) => line.text).join("\n");
  const place =
    /server at "([^"]{1,260})"(?: \([^)]{1,60}\))?, port (\d{1,5})/.exec(text) ??
    /E(?:CONNREFUSED|TIMEDOUT|HOSTUNREACH|NETUNREACH) ([\w.:-]{1,260}):(\d{1,5})\b/.exec(text) ??
    /Connect call failed \('([^']{1,260})', (\d{1,5})/.exec(text) ??
    /server at [`"]([^`":]{1,260})[`"]?:[`"]?(\d{1,5})/.exec(text);
  const host =
    place?.[1] ??
    first(text, /host name "([^"]{1,260})"/, /ENOTFOUND ([\w.-]{1,260})/, /getaddrinfo EAI_AGAIN ([\w.-]{1,260})/);
  return {
    host: host?.slice(host.lastIndexOf("@") + 1) ?? null,
    port: place?.[2] === undefined ? null : Number(place[2]),
    user: first(
      text,
      /\b(?:user|role|User|Role) "([^"]{1,130})"/,
      /credentials for `([^`]{1,130})`/,
      /User `([^`]{1,130})` was denied/,
      /no such user: ([^\s]{1,63})/,
      /user=([^\s,]{1,63})/,
    ),
    database: first(
      text,
      /\bdatabase "([^"]{1,130})"/,
      /[Dd]atabase `([^`.]{1,130})/,
      /no such database: ([^\s]{1,63})/,
    ),
    schema: first(text, /permission denied for schema "?([\w$]{1,130})/),
    parameter: first(
      text,
      /parameter:? "([^"]{1,130})"/,
      /startup parameter(?: in options)?: ([\w.]{1,63})/,
      /keyword argument '([^']{1,63})'/,
      /connection option "([^"]{1,63})"/,
      /invalid (\w{1,40}) value: "/,
    ),
    ruleLine: first(all, /Connection matched (?:file "[^"]{1,300}" |pg_hba\.conf )line (\d{1,6})/),
  };
}
