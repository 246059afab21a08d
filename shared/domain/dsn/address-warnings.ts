import { isSocket } from "../endpoint";
import { isRemote, poolerName } from "./host-kind";
import { type Check, type DsnWarning, warning } from "./warning";

/** What the address leaves open, and what is special about it. */
export const hosts: Check = ({ target, read }) => {
  if (target.hosts.length === 0) {
    if (target.parameters.service !== undefined) return [];
    return [
      warning(
        "no-host",
        "info",
        "No host: asyncpg tries the socket folders, then localhost, and shows only the last error.",
        { remedy: "Write the host and the port." },
      ),
    ];
  }
  const found: DsnWarning[] = [];
  if (read.form === "uri" && (read.values.get("port") ?? "").split(",").includes("")) {
    found.push(
      warning("no-port", "info", "No port: 5432 is taken.", {
        remedy: "Write :5432, so that PGPORT cannot change it.",
        words: ["5432"],
      }),
    );
  }
  if (target.hosts.some((one) => !isSocket(one) && one.host === "localhost")) {
    found.push(
      warning(
        "localhost-two-addresses",
        "info",
        "localhost stands for two addresses, 127.0.0.1 and ::1; a server may answer on one only.",
        {
          words: ["localhost", "127.0.0.1", "::1"],
        },
      ),
    );
  }
  for (const one of target.hosts) {
    const pooler = isSocket(one) ? null : poolerName(one.host, one.port);
    if (!pooler || isSocket(one)) continue;
    found.push(
      warning(
        "pooler-port",
        "info",
        `${one.host}:${one.port} looks like ${pooler}: prepared statements may break there.`,
        {
          remedy: "Use the server's own port for migrations.",
          words: [`${one.host}:${one.port}`],
        },
      ),
    );
  }
  return found;
};

/** What sslmode means for these hosts. */
export const encryption: Check = ({ target }) => {
  const mode = target.sslmode ?? "prefer";
  const tcp = target.hosts.filter((one) => !isSocket(one));
  if (target.hosts.length > 0 && tcp.length === 0) {
    return target.sslmode === null || mode === "disable"
      ? []
      : [
          warning("sslmode-on-socket", "info", "A Unix socket is never encrypted; sslmode is not used there.", {
            parameter: "sslmode",
            remedy: "Take sslmode out.",
            words: ["sslmode"],
          }),
        ];
  }
  const remote = tcp.some((one) => !isSocket(one) && isRemote(one.host));
  if (remote && (mode === "disable" || mode === "allow" || mode === "prefer")) {
    const message =
      mode === "disable"
        ? "The server is remote and the connection is not encrypted."
        : "The server is remote and the connection may go unencrypted.";
    return [
      warning("remote-without-tls", "warn", message, {
        parameter: "sslmode",
        remedy: "Set sslmode=require or stronger.",
      }),
    ];
  }
  if (mode === "require" && target.parameters.sslrootcert === undefined) {
    return [
      warning("encrypt.unverified", "info", "require encrypts, but does not check who answers.", {
        parameter: "sslmode",
        remedy: "verify-full checks the name and the issuer.",
        words: ["require"],
      }),
    ];
  }
  return mode.startsWith("verify") ? rootCertificate(mode, target.parameters.sslrootcert) : [];
};

function rootCertificate(mode: string, file: string | undefined): readonly DsnWarning[] {
  if (file === "system") {
    return [
      warning(
        "encrypt.root-file-missing",
        "warn",
        "sslrootcert=system is libpq's from 16 on; asyncpg takes system for the name of a file.",
        {
          parameter: "sslrootcert",
          remedy: "Name the file with the authority's certificate.",
          words: ["sslrootcert=system"],
        },
      ),
    ];
  }
  if (file !== undefined) return [];
  return [
    warning(
      "encrypt.root-file-missing",
      "info",
      `${mode} needs the authority's certificate in ~/.postgresql/root.crt.`,
      {
        parameter: "sslrootcert",
        remedy: "Put it there, or name it with sslrootcert=.",
        words: [mode, "~/.postgresql/root.crt"],
      },
    ),
  ];
}
