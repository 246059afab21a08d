import { decodeLenient } from "../percent";
import { type Pieces, type Recogniser, writePieces } from "./recogniser";

/** pgjdbc's parameters that libpq has under another name (PGProperty in pgjdbc). */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ApplicationName: "application_name",
    connectTimeout: "connect_timeout",
    loginTimeout: "connect_timeout",
    channelBinding: "channel_binding",
    gssEncMode: "gssencmode",
    kerberosServerName: "krbsrvname",
    sslMode: "sslmode",
    sslNegotiation: "sslnegotiation",
  }),
);

/** Those that both spell alike. */
const SAME: ReadonlySet<string> = new Set(["sslmode", "sslcert", "sslkey", "sslrootcert", "sslpassword", "options"]);

const SERVER_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    any: "any",
    primary: "primary",
    master: "primary",
    secondary: "standby",
    slave: "standby",
    preferSecondary: "prefer-standby",
    preferSlave: "prefer-standby",
  }),
);

/** One parameter in libpq's words, or null where libpq has nothing of the kind. */
function translate(name: string, value: string): readonly [name: string, value: string] | null {
  // libpq's own translation of JDBC's `ssl=true`.
  if (name === "ssl") return ["sslmode", value === "false" ? "disable" : "require"];
  if (name === "currentSchema") return ["options", `-c search_path=${value}`];
  if (name === "tcpKeepAlive") return ["keepalives", value === "true" ? "1" : "0"];
  if (name === "targetServerType") return ["target_session_attrs", SERVER_TYPES.get(value) ?? value];
  const known = NAMES.get(name) ?? (SAME.has(name) ? name : null);
  return known === null ? null : [known, value];
}

/** The address of `jdbc:postgresql:` with what stands in its query in place. JDBC's `+` is a space. */
export const jdbc: Recogniser = (text) => {
  const scheme = /^jdbc:(?:postgresql|pgsql):/i.exec(text);
  if (!scheme) return null;
  const [, authority, path = "", , query = ""] =
    /^(?:\/\/([^/?]*))?\/?([^?]*)(\?(.*))?$/s.exec(text.slice(scheme[0].length)) ?? [];
  const pieces: { -readonly [name in keyof Pieces]: Pieces[name] } = { database: decodeLenient(path, true) };
  const parameters = new Map<string, string>();
  const dropped: string[] = [];
  for (const field of query.split("&")) {
    const equals = field.indexOf("=");
    const name = equals < 0 ? field : field.slice(0, equals);
    const value = equals < 0 ? "" : decodeLenient(field.slice(equals + 1), true);
    if (name === "user" || name === "password") pieces[name] = value;
    else if (name !== "") {
      const found = translate(name, value);
      if (!found) dropped.push(name);
      // `sslmode` beats `ssl`, wherever it stands.
      else if (name !== "ssl" || !parameters.has("sslmode")) parameters.set(...found);
    }
  }
  // pgjdbc's own default is localhost and 5432; text before an `@` is none of its forms, but is often pasted.
  const at = authority?.lastIndexOf("@") ?? -1;
  const signIn = authority && at >= 0 ? authority.slice(0, at + 1) : "";
  const spots = (authority?.slice(at + 1) || "localhost").split(",").map((spot) => {
    const [, host = "", port = ""] = /^(\[[^\]]*\]|\$\{[^}]*\}|[^:]*)(?::(.*))?$/s.exec(spot) ?? [];
    return { host: host.replace(/^\[|\]$/g, ""), port };
  });
  const dsn = writePieces({
    ...pieces,
    host: spots.map(({ host }) => host).join(","),
    port: spots.every(({ port }) => port === "") ? "" : spots.map(({ port }) => port).join(","),
    parameters: [...parameters],
  });
  const left =
    dropped.length === 0
      ? ""
      : ` ${dropped.join(", ")} ${dropped.length === 1 ? "has" : "have"} no counterpart and ${dropped.length === 1 ? "was" : "were"} left out.`;
  return {
    text: signIn === "" ? dsn : dsn.replace("postgresql://", `postgresql://${signIn}`),
    note: `The JDBC address was written as postgresql://.${left}`,
  };
};
