import { join, win32 } from "node:path";
import type { SecureVersion } from "node:tls";
import { ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";
import { err, ok, type Result } from "../../../shared/domain/result";
import type { Sslmode } from "../../../shared/domain/target";
import { failure } from "./failure";
import { belongTogether, readCertificates, readKey, readRevocations, systemAuthorities } from "./tls-files";

/** What sslmode, the other ssl parameters and the files they name come to. */
export interface TlsPlan {
  readonly verify: "none" | "authority" | "authority-and-name";
  /** Trusted certificates as PEM; null: nothing is verified. */
  readonly ca: readonly string[] | null;
  /** Revocation lists as PEM; null: nobody asked for any. */
  readonly crl: readonly string[] | null;
  /** The client's certificate and key as PEM, if there are any. */
  readonly client: { readonly cert: string; readonly key: string; readonly passphrase: string | null } | null;
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** Whether the host's name is sent in the clear for servers that choose by it. */
  readonly sni: boolean;
}

/** Where files are looked for that the string does not name. */
export interface TlsPlaces {
  /** Folder of the certificates that no string names. */
  readonly folder: string;
  /** OpenSSL's SSL_CERT_FILE: a file of trusted authorities in place of the system's. */
  readonly bundle?: string | undefined;
}

/** libpq's own folder for certificates: ~/.postgresql, or %APPDATA%\postgresql on Windows (manual, "SSL Support"). */
export const certificateFolder = (
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string =>
  platform === "win32"
    ? win32.join(environment.APPDATA ?? win32.join(home, "AppData", "Roaming"), "postgresql")
    : join(home, ".postgresql");

type Parameters = Readonly<Record<string, string>>;

const VERSIONS: readonly SecureVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

const version = (text: string | undefined, fallback: SecureVersion): SecureVersion =>
  VERSIONS.find((one) => one.toLowerCase() === text?.toLowerCase()) ?? fallback;

/** With the system's authorities libpq's default is the strictest mode, and it takes no other. */
export const effectiveMode = (sslmode: Sslmode, parameters: Parameters): Sslmode =>
  sslmode === "prefer" && parameters.sslrootcert === "system" ? "verify-full" : sslmode;

/**
 * Reads the files the ssl parameters name, or those of libpq's own folder (PostgreSQL manual, "SSL Support").
 * A root file that is there makes every mode verify the authority; only verify-ca and verify-full need one.
 */
export async function planTls(
  sslmode: Sslmode,
  parameters: Parameters,
  places: TlsPlaces,
): Promise<Result<TlsPlan, Failure>> {
  const inHome = (name: string): string => join(places.folder, name);
  const system = parameters.sslrootcert === "system";
  const rootFile = parameters.sslrootcert || inHome("root.crt");
  const root = system ? await systemAuthorities(places.bundle) : await readCertificates(rootFile);
  if (!root.ok) return root;
  if (root.value === null && sslmode.startsWith("verify-"))
    return err(failure(ERRNO.rootFileMissing, `The file ${rootFile} is not there.`));
  const folder = parameters.sslcrldir || null;
  const list = parameters.sslcrl || (folder === null ? inHome("root.crl") : null);
  const crl = root.value === null || system ? ok(null) : await readRevocations(list, folder);
  if (!crl.ok) return crl;
  const client = await readClient(parameters, inHome);
  if (!client.ok) return client;
  return ok({
    verify: root.value === null ? "none" : system || sslmode === "verify-full" ? "authority-and-name" : "authority",
    ca: root.value,
    crl: crl.value,
    client: client.value,
    minVersion: version(parameters.ssl_min_protocol_version, "TLSv1.2"),
    maxVersion: version(parameters.ssl_max_protocol_version, "TLSv1.3"),
    sni: (parameters.sslsni ?? "1").startsWith("1"),
  });
}

/** A certificate file that is not there is none, even where the string names it; a certificate needs its key. */
async function readClient(
  parameters: Parameters,
  inHome: (name: string) => string,
): Promise<Result<TlsPlan["client"], Failure>> {
  if (parameters.sslcertmode === "disable") return ok(null);
  const cert = await readCertificates(parameters.sslcert || inHome("postgresql.crt"));
  if (!cert.ok) return cert;
  if (cert.value === null) {
    // Whether the server asks for one cannot be seen from here; that there is none to show can.
    return parameters.sslcertmode === "require"
      ? err(failure(ERRNO.certificateFile, "sslcertmode=require, and there is no client certificate to show."))
      : ok(null);
  }
  const passphrase = parameters.sslpassword || null;
  const keyFile = parameters.sslkey || inHome("postgresql.key");
  const key = await readKey(keyFile);
  if (!key.ok) return key;
  const [own = ""] = cert.value;
  // A key of another type would not be an error to OpenSSL: the certificate would just not be shown.
  if (!belongTogether(own, key.value, passphrase))
    return err(failure(ERRNO.certificateFile, `The key in ${keyFile} does not belong to the client certificate.`));
  return ok({ cert: cert.value.join("\n"), key: key.value, passphrase });
}
