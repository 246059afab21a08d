import { encodePart } from "../percent";
import { type AsyncpgArguments, asyncpgArguments } from "./asyncpg-arguments";
import { type CopyFormat, leftOut } from "./copy-format";
import { pythonDict } from "./python-literal";

/** The address before the path, or in the query where SQLAlchemy decodes it: it takes a host in the URL as it stands. */
function writeHosts({ hosts, port }: AsyncpgArguments): {
  readonly authority: string;
  readonly query: readonly string[];
} {
  const [only] = hosts;
  if (only === undefined) return { authority: "", query: port === null ? [] : [`port=${port}`] };
  const [host, number] = only;
  if (hosts.length === 1 && /^[\w.-]+$/.test(host)) return { authority: `${host}:${number}`, query: [] };
  if (hosts.length === 1 && /^[0-9a-f:.]+$/i.test(host)) return { authority: `[${host}]:${number}`, query: [] };
  const list = (texts: readonly (string | number)[]) => texts.map((one) => encodePart(String(one))).join(",");
  const query = [`host=${list(hosts.map(([name]) => name))}`, `port=${list(hosts.map(([, one]) => one))}`];
  return { authority: "", query };
}

/** What goes beside the URL, as an argument of create_async_engine. */
function connectArguments({ timeout, directTls, serverSettings }: AsyncpgArguments): readonly string[] {
  const entries = [
    ...(timeout === null ? [] : [`"timeout": ${timeout === 0 ? "None" : timeout}`]),
    ...(directTls ? ['"direct_tls": True'] : []),
    ...(Object.keys(serverSettings).length === 0 ? [] : [`"server_settings": ${pythonDict(serverSettings)}`]),
  ];
  if (entries.length === 0) return [];
  return [`The URL has no place for these: give create_async_engine connect_args={${entries.join(", ")}}.`];
}

/**
 * SQLAlchemy's URL for asyncpg (1.4 and 2.x): its query holds arguments of `asyncpg.connect`, so `ssl` and not `sslmode`.
 * A database name that needs escapes goes into the query, as only 2.1 decodes the path.
 */
export const sqlalchemy: CopyFormat = {
  id: "sqlalchemy",
  title: "SQLAlchemy URL",
  write: (target, password) => {
    const found = asyncpgArguments(target);
    const { authority, query } = writeHosts(found);
    const secret = password === null ? "" : `:${encodePart(password)}`;
    const signIn = target.user === null && password === null ? "" : `${encodePart(target.user ?? "")}${secret}@`;
    const { database } = target;
    const inPath = database !== null && /^[\w.~-]+$/.test(database);
    const parameters = [
      ...(database === null || inPath ? [] : [`database=${encodePart(database)}`]),
      ...query,
      ...Object.entries(found.texts).map(([name, value]) => `${name}=${encodePart(value)}`),
    ];
    const path = `/${inPath ? database : ""}`;
    const files = Object.keys(found.dsnOnly);
    return {
      text: `postgresql+asyncpg://${signIn}${authority}${path}${parameters.length === 0 ? "" : `?${parameters.join("&")}`}`,
      notes: [
        ...(found.hosts.length > 1 ? ["Several hosts need SQLAlchemy 2.0.18 or newer."] : []),
        ...connectArguments(found),
        ...(files.length === 0
          ? []
          : [`${files.join(", ")}: give an ssl.SSLContext as connect_args={"ssl": context}.`]),
        ...found.notes,
        ...leftOut("asyncpg", found.unknown),
      ],
    };
  },
};
