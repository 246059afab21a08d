import { err, ok, type Result } from "../result";
import { SSLMODES, type Sslmode } from "../target";
import { type AsyncpgRelease, isSince, refusal } from "./asyncpg-release";

/** What asyncpg does about encryption. */
export interface AsyncpgTls {
  /** The mode it uses: "prefer" where none is given and TCP is tried, "disable" over Unix sockets alone. */
  readonly sslmode: string;
  /** "direct" begins with TLS (PostgreSQL 17 and newer), "postgres" asks for it first. */
  readonly sslnegotiation: "postgres" | "direct";
  /** Files that are named; null where asyncpg takes the one in ~/.postgresql, if it is there. */
  readonly sslFiles: {
    readonly sslrootcert: string | null;
    readonly sslcrl: string | null;
    readonly sslcert: string | null;
    readonly sslkey: string | null;
  };
}

/** A value of the query, the service or the environment, in that order. */
type Lookup = (name: string, variable: string) => string | undefined;

const TLS_VERSIONS = ["MINIMUM_SUPPORTED", "MAXIMUM_SUPPORTED", "TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"];

function readNegotiation(value: Lookup, release: AsyncpgRelease): Result<"postgres" | "direct", string> {
  if (!isSince(release, "0.30")) return ok("postgres");
  const negotiation = value("sslnegotiation", "PGSSLNEGOTIATION") ?? "postgres";
  return negotiation === "postgres" || negotiation === "direct"
    ? ok(negotiation)
    : err(refusal(release, "ValueError", "sslnegotiation must be one of postgres, direct"));
}

function versionFault(value: Lookup, release: AsyncpgRelease): string | null {
  const versions = [
    ["ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"],
    ["ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"],
  ] as const;
  for (const [name, variable] of versions) {
    const version = value(name, variable);
    if (version && !TLS_VERSIONS.includes(version.replaceAll(".", "_")))
      return refusal(release, "ValueError", `${name} is no TLS version`);
  }
  return null;
}

/** Reads what has to do with TLS; the error names Python's exception first. */
export function readTls(value: Lookup, overTcp: boolean, release: AsyncpgRelease): Result<AsyncpgTls, string> {
  const sslnegotiation = readNegotiation(value, release);
  if (!sslnegotiation.ok) return sslnegotiation;
  const given = value("sslmode", "PGSSLMODE") ?? (overTcp ? "prefer" : "disable");
  const sslmode = SSLMODES.find((one) => one === given.replaceAll("_", "-"));
  if (!sslmode) return err(refusal(release, "InterfaceError", `sslmode must be one of ${SSLMODES.join(", ")}`));
  const file = (name: string, variable: string) => value(name, variable) || null;
  const sslFiles = {
    sslrootcert: file("sslrootcert", "PGSSLROOTCERT"),
    sslcrl: file("sslcrl", "PGSSLCRL"),
    sslcert: file("sslcert", "PGSSLCERT"),
    sslkey: file("sslkey", "PGSSLKEY"),
  };
  const fault = sslmode === "disable" ? null : (pathFault(sslmode, sslFiles) ?? versionFault(value, release));
  return fault === null ? ok({ sslmode, sslnegotiation: sslnegotiation.value, sslFiles }) : err(fault);
}

/** Python opens no file whose name holds a NUL, written %00; the root certificate is opened from require on. */
function pathFault(sslmode: Sslmode, { sslcert, sslkey, sslrootcert }: AsyncpgTls["sslFiles"]): string | null {
  const opened = [sslcert, sslkey, SSLMODES.indexOf(sslmode) >= SSLMODES.indexOf("require") ? sslrootcert : null];
  return opened.some((path) => path?.includes("\0")) ? "ValueError: embedded null byte in a file's name" : null;
}

const FILE_WORDS = (file: string | null): string => file ?? "~/.postgresql/root.crt";

/** asyncpg's TLS in one or two sentences. */
export function asyncpgTlsWords({ sslmode, sslnegotiation, sslFiles }: AsyncpgTls, overTcp: boolean): string {
  if (!overTcp) return "No TLS: it never encrypts on a Unix socket.";
  const root = FILE_WORDS(sslFiles.sslrootcert);
  const words: Readonly<Record<string, string>> = {
    disable: "No TLS.",
    allow: "Without TLS first; with TLS, unverified, where the server refuses that.",
    prefer: "TLS where the server offers it, unverified; without it elsewhere.",
    require: sslFiles.sslrootcert
      ? `TLS always; the certificate must come from an authority in ${root}, its name is not checked.`
      : `TLS always; the certificate is verified only where ${root} is there.`,
    "verify-ca": `TLS always; the certificate must come from an authority in ${root}, its name is not checked.`,
    "verify-full": `TLS always; the certificate must come from an authority in ${root} and carry the host's name.`,
  };
  const direct = sslnegotiation === "direct" && sslmode !== "disable" ? " It begins with TLS at once." : "";
  return `${words[sslmode] ?? ""}${direct}`;
}
