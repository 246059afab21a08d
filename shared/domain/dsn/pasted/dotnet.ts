import { type Recogniser, writePieces } from "./recogniser";

/** Npgsql's keywords, in lower case and without spaces, by libpq's name. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ host: "host", server: "host", datasource: "host", address: "host", addr: "host", networkaddress: "host" },
    port: "port",
    ...{ username: "user", user: "user", userid: "user", uid: "user" },
    ...{ password: "password", psw: "password", pwd: "password" },
    ...{ database: "database", db: "database", dbname: "database", initialcatalog: "database" },
    ...{
      applicationname: "application_name",
      rootcertificate: "sslrootcert",
      sslcertificate: "sslcert",
      sslkey: "sslkey",
    },
    ...{ sslmode: "sslmode", options: "options", channelbinding: "channel_binding", timeout: "connect_timeout" },
  }),
);

const SSLMODES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    verifyca: "verify-ca",
    verifyfull: "verify-full",
  }),
);

const IN_PLACE: ReadonlySet<string> = new Set(["host", "port", "user", "password", "database"]);

/** `Host=...;Username=...;Password=...;Database=...`, the way .NET's Npgsql writes it. */
export const dotnet: Recogniser = (text) => {
  if (text.length > 20_000 || !/^[A-Za-z][A-Za-z ]{0,40}=[^;]{0,2000};/.test(text)) return null;
  if (!/(?:^|;) {0,5}(?:host|server|data ?source) {0,5}=/i.test(text)) return null;
  const values = new Map<string, string>();
  const dropped: string[] = [];
  for (const [, rawName = "", double, single, plain = ""] of text.matchAll(
    /([A-Za-z_][A-Za-z_ ]{0,60}?) {0,5}= {0,5}(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^;]*))\s{0,5}(?:;|$)/g,
  )) {
    const value = double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? plain.trim();
    const name = rawName.replace(/[\s_]/g, "").toLowerCase();
    const known = NAMES.get(name);
    if (name === "searchpath") values.set("options", `-c search_path=${value}`);
    else if (known === "sslmode") values.set(known, SSLMODES.get(value.toLowerCase()) ?? value.toLowerCase());
    else if (known) values.set(known, value);
    else dropped.push(rawName.trim());
  }
  const value = (name: string) => values.get(name) ?? "";
  const dsn = writePieces({
    host: value("host"),
    port: value("port"),
    user: value("user"),
    password: value("password"),
    database: value("database"),
    parameters: [...values].filter(([name]) => !IN_PLACE.has(name)),
  });
  const left = dropped.length === 0 ? "" : ` Left out, for .NET only: ${dropped.join(", ")}.`;
  return { text: dsn, note: `The .NET connection string was written as postgresql://.${left}` };
};

const QUOTED =
  /(["'`])((?:host|server|data ?source|user ?id|username|user|password|database|port) {0,5}=[^"`\n]{1,2000};[^"`\n]{0,2000}?)\1/gi;

/** The same inside code: `UseNpgsql("Host=...;Username=...")`. */
export const embeddedDotnet: Recogniser = (text) => {
  if (text.length > 20_000) return null;
  for (const [, , inner = ""] of text.matchAll(QUOTED))
    if (dotnet(inner) !== null) return { text: inner, note: "The string was taken out of the text." };
  return null;
};

/** PHP's `pgsql:host=...;dbname=...`, alone or in `new PDO("...", "user", "password")`. */
export const pdo: Recogniser = (text) => {
  const [, inner, user, password] =
    /(?:^|["'])pgsql:([a-z]+=[^"'\n]{1,2000})(?:$|["'](?:\s*,\s*["']([^"'\n]*)["'](?:\s*,\s*["']([^"'\n]*)["'])?)?)/i.exec(
      text.slice(0, 20_000),
    ) ?? [];
  if (inner === undefined) return null;
  const signIn = [
    user ? `;user='${user.replaceAll("'", "''")}'` : "",
    password ? `;password='${password.replaceAll("'", "''")}'` : "",
  ];
  const found = dotnet(`${inner.replace(/;$/, "")}${signIn.join("")};`);
  return found && { text: found.text, note: "The PDO string was written as postgresql://." };
};
