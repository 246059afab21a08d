import { isSocket } from "../endpoint";
import { writeAuthority } from "./format";
import { cut } from "./scan-uri";
import { type Check, type DsnWarning, mendKeyword, warning } from "./warning";

const NO_HOST =
  "No host: asyncpg tries the socket folders /run/postgresql, /var/run/postgresql, /tmp and /private/tmp, then localhost, and shows only the last error. psql tries its own socket folder alone, node-postgres localhost.";

/** Hosts and ports the string leaves open: what each driver then tries, in its order. */
export const openAddress: Check = ({ text, target, read }) => {
  if (target.parameters.service !== undefined) return [];
  if (target.hosts.length === 0) {
    if (target.parameters.hostaddr !== undefined) return [];
    const port = target.parameters.port ?? "5432";
    const title = `Write localhost:${port}`;
    const withHost = mendKeyword(text, "host", "localhost", title);
    return [
      warning("no-host", "info", NO_HOST, {
        remedy: "Write the host and the port.",
        words: ["/run/postgresql", "/var/run/postgresql", "/tmp", "/private/tmp", "localhost", "psql"],
        mend: withHost && (mendKeyword(withHost.dsn, "port", port, title) ?? withHost),
      }),
    ];
  }
  const ports = (read.values.get("port") ?? "").split(",");
  if (read.form !== "uri" || !ports.includes("")) return [];
  const filled = target.hosts.map((_, index) => ports[index] || "5432").join(",");
  const message = "No port: PGPORT is taken where it is set, else 5432.";
  return [
    warning("no-port", "info", message, {
      remedy: "Write :5432, so that PGPORT cannot change it.",
      words: ["PGPORT", "5432"],
      mend: mendKeyword(text, "port", filled, "Write :5432"),
    }),
  ];
};

/** Brackets in a list of hosts: Python refuses them anywhere but around a sole address. */
export const bracketsInList: Check = ({ text, scan, target }) => {
  const first = scan?.hosts[0];
  const last = scan?.hosts[scan.hosts.length - 1];
  if (!scan || !first || !last || scan.hosts.length < 2) return [];
  const from = text[first.host.start - 1] === "[" ? first.host.start - 1 : first.host.start;
  const end = last.port?.end ?? (text[last.host.end] === "]" ? last.host.end + 1 : last.host.end);
  if (!text.slice(from, end).includes("[") || target.hosts.length !== scan.hosts.length) return [];
  const hosts = target.hosts.map(
    (one, index) =>
      [isSocket(one) ? one.socketDirectory : one.host, portText(text, scan.hosts[index]?.port ?? null)] as const,
  );
  const dsn = text.slice(0, from) + writeAuthority(hosts) + text.slice(end);
  return [
    warning(
      "brackets-in-list",
      "warn",
      "asyncpg refuses [ ] in a list of hosts: Python takes them for a sole address only.",
      {
        remedy: "Write the colons of the address as %3A, without brackets.",
        words: ["[ ]"],
        mend: { dsn, title: "Write the IPv6 addresses without brackets" },
      },
    ),
  ];
};

const portText = (text: string, span: { readonly start: number; readonly end: number } | null): string | null =>
  span && span.end > span.start ? cut(text, span) : null;

/** `localhost`, where nothing is known of the servers here; localhost-warning.ts says more where something is. */
export const localhost: Check = ({ target }): readonly DsnWarning[] =>
  target.hosts.some((one) => !isSocket(one) && one.host === "localhost")
    ? [
        warning(
          "localhost-two-addresses",
          "info",
          "localhost stands for two addresses, 127.0.0.1 and ::1; a server may answer on one only.",
          { words: ["localhost", "127.0.0.1", "::1"] },
        ),
      ]
    : [];
