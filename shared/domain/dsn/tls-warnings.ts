import { isSocket } from "../endpoint";
import { SSLMODES } from "../target";
import { isRemote } from "./host-kind";
import { type Check, type DsnWarning, mendKeyword, warning } from "./warning";

/** What sslmode means for these hosts. */
export const encryption: Check = ({ text, target }) => {
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
            mend: mendKeyword(text, "sslmode", "", "Take sslmode out"),
          }),
        ];
  }
  const file = target.parameters.sslrootcert;
  const remote = tcp.some((one) => !isSocket(one) && isRemote(one.host));
  if (remote && file !== "system" && (mode === "disable" || mode === "allow" || mode === "prefer")) {
    const message =
      mode === "disable"
        ? "The server is remote and the connection is not encrypted."
        : "The server is remote and the connection may go unencrypted.";
    return [
      warning("remote-without-tls", "warn", message, {
        parameter: "sslmode",
        remedy: "Set sslmode=require or stronger.",
        mend: mendKeyword(text, "sslmode", "require", "Write sslmode=require"),
      }),
    ];
  }
  if (file === "system") return [systemAuthorities(text)];
  if (mode === "require" && file === undefined) {
    return [
      warning("encrypt.unverified", "info", "require encrypts, but does not check who answers.", {
        parameter: "sslmode",
        remedy: "verify-full checks the name and the issuer.",
        words: ["require"],
      }),
    ];
  }
  if (!mode.startsWith("verify") || file !== undefined) return [];
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
};

function systemAuthorities(text: string): DsnWarning {
  const message = "sslrootcert=system is libpq's from 16 on; asyncpg takes system for the name of a file.";
  return warning("encrypt.root-file-missing", "warn", message, {
    parameter: "sslrootcert",
    remedy: "Name the file with the authority's certificate.",
    words: ["sslrootcert=system"],
    mend: mendKeyword(
      text,
      "sslrootcert",
      "/etc/ssl/certs/ca-certificates.crt",
      "Name Debian's file of authorities, /etc/ssl/certs/ca-certificates.crt",
    ),
  });
}

const NODE_POSTGRES: Readonly<Record<string, string | undefined>> = {
  allow:
    "sslmode=allow: libpq and asyncpg try without encryption first; node-postgres insists on it and checks the certificate.",
  prefer: "sslmode=prefer: libpq and asyncpg check nothing; node-postgres insists on TLS and checks the certificate.",
  require: "sslmode=require: libpq and asyncpg check no certificate without a root file; node-postgres checks it.",
  "verify-ca": "sslmode=verify-ca: libpq and asyncpg leave the host's name out; node-postgres checks it too.",
};

/** An sslmode that drivers read differently. */
export const sslmodeDiffers: Check = ({ target }) => {
  const overTcp = target.hosts.length === 0 || target.hosts.some((one) => !isSocket(one));
  const message = target.sslmode === null || !overTcp ? undefined : NODE_POSTGRES[target.sslmode];
  if (message === undefined) return [];
  const word = SSLMODES.find((mode) => mode === target.sslmode);
  return [warning("sslmode-differs", "info", message, { parameter: "sslmode", words: [`sslmode=${word}`] })];
};
