import { isSocket } from "../../endpoint";
import type { Target } from "../../target";
import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import { encodePart } from "../percent";
import { isServerSetting } from "../server-settings";
import { isSystemRoot } from "./asyncpg-arguments";
import { type CopyFormat, leftOut } from "./copy-format";
import { commandOption } from "./libpq-parameters";

const SERVER_TYPES: Readonly<Record<string, string>> = {
  any: "any",
  primary: "primary",
  "read-write": "primary",
  standby: "secondary",
  "read-only": "secondary",
  "prefer-standby": "preferSecondary",
};

/** libpq's parameter as pgjdbc's property (org.postgresql.PGProperty), and its value there. */
const PROPERTIES: Readonly<Record<string, readonly [name: string, value: (text: string) => string]>> = {
  application_name: ["ApplicationName", String],
  // Seconds in both; libpq takes everything below 1 for no limit.
  connect_timeout: ["connectTimeout", (text) => String(Math.max(0, Number(text)))],
  sslrootcert: ["sslrootcert", String],
  sslcert: ["sslcert", String],
  sslkey: ["sslkey", String],
  sslpassword: ["sslpassword", String],
  options: ["options", String],
  target_session_attrs: ["targetServerType", (text) => SERVER_TYPES[text] ?? "any"],
  load_balance_hosts: ["loadBalanceHosts", (text) => String(text === "random")],
  keepalives: ["tcpKeepAlive", (text) => String(Number(text) !== 0)],
  gssencmode: ["gssEncMode", String],
  krbsrvname: ["kerberosServerName", String],
  replication: ["replication", String],
  service: ["service", String],
};

/** Hosts are not decoded; a socket or a name with a URL's own signs has no place. */
function writeHosts({ hosts, parameters }: Target): { readonly text: string; readonly notes: readonly string[] } {
  const written = hosts.flatMap((one) => {
    if (isSocket(one)) return [];
    if (/^[0-9a-f:.]+(?:%\w+)?$/i.test(one.host) && one.host.includes(":")) return [`[${one.host}]:${one.port}`];
    return one.host === "" || /[/?:,&#\s]/.test(one.host) ? [] : [`${one.host}:${one.port}`];
  });
  const notes = [
    ...(hosts.some(isSocket) ? ["JDBC opens no Unix socket: it is left out."] : []),
    ...(hosts.length === 0 && parameters.hostaddr ? ["JDBC takes no hostaddr: left out."] : []),
  ];
  if (written.length > 0) return { text: written.join(","), notes };
  const port = hosts[0]?.port ?? parameters.port ?? "5432";
  return { text: `localhost:${port}`, notes: [...notes, "JDBC goes to localhost where the string names no TCP host."] };
}

/** pgjdbc's URL: every value is decoded as a form, so `+` and space are both escaped. */
export const jdbc: CopyFormat = {
  id: "jdbc",
  title: "JDBC URL",
  write: (target, password) => {
    const { user, database, sslmode, parameters } = target;
    const names = Object.keys(parameters).filter((name) => name !== "port" && name !== "hostaddr");
    const settings = names.filter((name) => isServerSetting(name) && !LIBPQ_KEYWORDS.has(name));
    const options = [parameters.options ?? "", ...settings.map((name) => commandOption(name, parameters[name] ?? ""))];
    const carried = { ...parameters, options: options.filter((one) => one !== "").join(" ") };
    const properties = Object.entries(PROPERTIES).flatMap(([name, [property, write]]): [string, string][] => {
      const value = carried[name as keyof typeof carried];
      return value && !isSystemRoot(name, value) ? [[property, write(value)]] : [];
    });
    const all: (readonly [string, string | null])[] = [
      ["user", user],
      ["password", password],
      ["sslmode", sslmode],
      ...properties,
    ];
    const query = all.flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodePart(value)}`])).join("&");
    const hosts = writeHosts(target);
    const unknown = names.filter(
      (name) => isSystemRoot(name, parameters[name]) || (PROPERTIES[name] === undefined && !settings.includes(name)),
    );
    return {
      text: `jdbc:postgresql://${hosts.text}/${encodePart(database ?? "")}${query === "" ? "" : `?${query}`}`,
      notes: [
        ...hosts.notes,
        ...(parameters.hostaddr && target.hosts.length > 0 ? ["JDBC looks the host up: hostaddr left out."] : []),
        ...(parameters.sslkey ? ["JDBC wants sslkey as PKCS#8 in DER form (.pk8) or as PKCS#12 (.p12)."] : []),
        ...leftOut("JDBC", unknown),
      ],
    };
  },
};
