import { createPrivateKey, X509Certificate } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext, rootCertificates } from "node:tls";
import { ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";
import { err, ok, type Result } from "../../../shared/domain/result";
import { failure, failureOf } from "./failure";

const unusable = (message: string): Result<never, Failure> => err(failure(ERRNO.certificateFile, message));

/** A file's bytes; null when it is not there. Any other trouble is a failure that names the file. */
export async function readable(path: string): Promise<Result<Buffer | null, Failure>> {
  try {
    return ok(await readFile(path));
  } catch (thrown) {
    const { errno } = failureOf(thrown);
    if (errno === "ENOENT" || errno === "ENOTDIR") return ok(null);
    return unusable(`${path} cannot be read (${errno}).`);
  }
}

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The certificates of a PEM file, as PEM; a file that holds none, or a broken one, fails. Null: it is not there. */
export async function readCertificates(path: string): Promise<Result<readonly string[] | null, Failure>> {
  const file = await readable(path);
  if (!file.ok || file.value === null) return file.ok ? ok(null) : file;
  const found = file.value.toString("latin1").match(CERTIFICATE) ?? [];
  if (found.length === 0) return unusable(`${path} holds no certificate in PEM form.`);
  try {
    for (const one of found) new X509Certificate(one);
    return ok(found);
  } catch {
    return unusable(`${path} holds a certificate that cannot be read.`);
  }
}

/** Where systems keep the authorities they trust, in one file: Debian, Fedora, SUSE, Alpine and macOS. */
const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The authorities this computer trusts: `bundle` (OpenSSL's SSL_CERT_FILE) or the system's own file. Where there is
 * neither, as on Windows, the list of Mozilla that comes with Node.
 */
export async function systemAuthorities(bundle: string | undefined): Promise<Result<readonly string[], Failure>> {
  for (const path of bundle ? [bundle] : BUNDLES) {
    const found = await readCertificates(path);
    if (!found.ok) return found;
    if (found.value !== null) return ok(found.value);
  }
  return bundle ? unusable(`${bundle} is not there.`) : ok(rootCertificates);
}

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;

/** What OpenSSL makes of one file of revocation lists: null where it cannot load it, which libpq takes in silence. */
async function readList(path: string): Promise<readonly string[] | null> {
  const file = await readable(path);
  const blocks = file.ok ? [...(file.value?.toString("latin1").matchAll(PEM) ?? [])] : [];
  const lists = blocks.filter(([, kind]) => kind === "X509 CRL").map(([text]) => text);
  try {
    // Node takes one list of each text it is given.
    createSecureContext({ crl: lists });
  } catch {
    return null;
  }
  // A file of certificates alone is loaded too, and then there is no list of anybody.
  return blocks.some(([, kind = ""]) => /^(X509 CRL|(TRUSTED |X509 )?CERTIFICATE)$/.test(kind)) ? lists : null;
}

/**
 * The revocation lists of sslcrl and sslcrldir, as PEM, one a text. Null: none is asked for. As in libpq a file that
 * is not there, or that cannot be loaded, counts as not asked for, and so does a folder beside it; a folder alone
 * always asks, also one without lists.
 */
export async function readRevocations(
  file: string | null,
  folder: string | null,
): Promise<Result<readonly string[] | null, Failure>> {
  const lists: string[] = [];
  if (file !== null) {
    const read = await readList(file);
    if (read === null) return ok(null);
    lists.push(...read);
  }
  if (folder === null) return ok(lists);
  // OpenSSL looks lists up by the issuer's hash: <hash>.r<number>.
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((one) => /^[0-9a-f]{8}\.r\d+$/.test(one))) {
    const read = await readList(join(folder, name));
    lists.push(...(read ?? []));
  }
  return ok(lists);
}

/** A key that only its owner can read; one of root's may be readable by its group (libpq's rule, not on Windows). */
async function keyFault(path: string): Promise<string | null> {
  try {
    const { mode, uid, isFile } = await stat(path).then((found) => ({ ...found, isFile: found.isFile() }));
    if (!isFile) return `${path} is not a file.`;
    if (process.platform === "win32" || (mode & (uid === 0 ? 0o037 : 0o077)) === 0) return null;
    return `${path} can be read by others. libpq takes a key of mode 0600, or 0640 where root owns it.`;
  } catch (thrown) {
    const { errno } = failureOf(thrown);
    return errno === "ENOENT" ? `There is a client certificate, but ${path} is not there.` : `${path}: ${errno}.`;
  }
}

/**
 * The private key that goes with a client certificate, as PEM (or whatever a PEM reader makes of it). Like OpenSSL's,
 * the reader of DER takes no passphrase.
 */
export async function readKey(path: string): Promise<Result<string, Failure>> {
  const fault = await keyFault(path);
  if (fault) return unusable(fault);
  const file = await readable(path);
  if (!file.ok) return file;
  const bytes = file.value ?? Buffer.alloc(0);
  if (bytes.includes("-----BEGIN ")) return ok(bytes.toString("latin1"));
  for (const type of ["pkcs8", "sec1", "pkcs1"] as const) {
    try {
      const key = createPrivateKey({ key: bytes, format: "der", type });
      return ok(key.export({ format: "pem", type: "pkcs8" }).toString());
    } catch {
      // Of another type, then.
    }
  }
  return unusable(`${path} holds no private key.`);
}

/** Whether a certificate and a key belong together; a key that cannot be read is left to the handshake to name. */
export function belongTogether(certificate: string, key: string, passphrase: string | null): boolean {
  try {
    const own = createPrivateKey({ key, ...(passphrase === null ? {} : { passphrase }) });
    return new X509Certificate(certificate).checkPrivateKey(own);
  } catch {
    return true;
  }
}
