import { readFile } from "node:fs/promises";
import { isIP, type Socket } from "node:net";
import { join } from "node:path";
import { checkServerIdentity, connect, type PeerCertificate, rootCertificates, type TLSSocket } from "node:tls";
import { type CertificateFacts, ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";
import { err, ok, type Result } from "../../../shared/domain/result";
import type { Sslmode } from "../../../shared/domain/target";
import { failure, failureOf } from "./failure";
import { type Limit, within } from "./socket";

/** SSLRequest: length 8, code 80877103 (PostgreSQL manual, "SSL Session Encryption"). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export type TlsAnswer =
  | { readonly kind: "tls" | "plain" | "closed" | "silent" }
  | { readonly kind: "error" | "other"; readonly bytes: Buffer };

/** Asks for TLS. A real answer is one byte, S or N: an SSH banner starts with S too, but goes on. */
export async function askForTls(socket: Socket, limit: Limit): Promise<Result<TlsAnswer, Failure>> {
  let onData: (bytes: Buffer) => void = () => {};
  let onEnd: () => void = () => {};
  let onError: (error: Error) => void = () => {};
  const answer = new Promise<TlsAnswer>((resolve, reject) => {
    onData = (bytes) => resolve(readAnswer(bytes));
    onEnd = () => resolve({ kind: "closed" });
    onError = (error) => (failureOf(error).errno === "ECONNRESET" ? resolve({ kind: "closed" }) : reject(error));
    socket.once("data", onData);
    socket.once("end", onEnd);
    socket.once("error", onError);
    socket.write(SSL_REQUEST);
  });
  const settled = await within(answer, limit, "No answer in time.");
  socket.pause();
  socket.off("data", onData);
  socket.off("end", onEnd);
  socket.off("error", onError);
  return !settled.ok && settled.error.errno === "ETIMEDOUT" ? ok({ kind: "silent" }) : settled;
}

function readAnswer(bytes: Buffer): TlsAnswer {
  if (bytes.length === 1 && bytes[0] === 0x53) return { kind: "tls" };
  if (bytes.length === 1 && bytes[0] === 0x4e) return { kind: "plain" };
  return { kind: isErrorMessage(bytes) ? "error" : "other", bytes };
}

/** "E", then a plausible length and a field (protocol 3), or text up to a zero byte (before 7.4, and failing forks). */
export function isErrorMessage(bytes: Buffer): boolean {
  if (bytes[0] !== 0x45) return false;
  if (bytes.length >= 6 && bytes.readUInt32BE(1) < 30_000 && /[A-Z]/.test(String.fromCharCode(bytes[5] ?? 0)))
    return true;
  return bytes.length > 2 && bytes.at(-1) === 0 && /^[^\r]*$/.test(bytes.toString("latin1"));
}

/** What the sslmode and the files it needs come to; read before anything is sent. */
export interface TlsPlan {
  readonly verify: "none" | "authority" | "authority-and-name";
  /** Trusted certificates as PEM; null: nothing is verified. */
  readonly ca: readonly string[] | null;
  readonly cert: string | null;
  readonly key: string | null;
  readonly passphrase: string | null;
}

const readable = async (path: string): Promise<Result<string | null, Failure>> => {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (thrown) {
    const { errno } = failureOf(thrown);
    if (errno === "ENOENT" || errno === "ENOTDIR") return ok(null);
    return err(failure(ERRNO.certificateFile, `${path} cannot be read (${errno}).`));
  }
};

/**
 * Reads the files sslrootcert, sslcert and sslkey name, or libpq's defaults in ~/.postgresql
 * (PostgreSQL manual, "SSL Support"). `require` verifies the authority only where a root file exists.
 */
export async function planTls(
  sslmode: Sslmode,
  parameters: Readonly<Record<string, string>>,
  home: string,
): Promise<Result<TlsPlan, Failure>> {
  const inHome = (name: string): string => join(home, ".postgresql", name);
  const wanted = sslmode === "verify-full" || sslmode === "verify-ca";
  const rootFile = parameters.sslrootcert || inHome("root.crt");
  let ca: readonly string[] | null = null;
  if (rootFile === "system") ca = rootCertificates;
  else if (wanted || sslmode === "require") {
    const root = await readable(rootFile);
    if (!root.ok) return root;
    if (root.value !== null) ca = [root.value];
    else if (wanted) return err(failure(ERRNO.rootFileMissing, `The file ${rootFile} is not there.`));
  }
  const cert = await readable(parameters.sslcert || inHome("postgresql.crt"));
  if (!cert.ok) return cert;
  const key = await readable(parameters.sslkey || inHome("postgresql.key"));
  if (!key.ok) return key;
  if (parameters.sslcert && cert.value === null) {
    return err(failure(ERRNO.certificateFile, `The file ${parameters.sslcert} is not there.`));
  }
  const both = cert.value !== null && key.value !== null;
  const verify =
    ca === null ? "none" : sslmode === "verify-full" || rootFile === "system" ? "authority-and-name" : "authority";
  return ok({
    verify,
    ca,
    cert: both ? cert.value : null,
    key: both ? key.value : null,
    passphrase: parameters.sslpassword ?? null,
  });
}

/** An encrypted conversation, or why there is none; the certificate is told either way when the server showed one. */
export type Encrypted =
  | { readonly ok: true; readonly socket: TLSSocket; readonly certificate: CertificateFacts | null }
  | { readonly ok: false; readonly failure: Failure; readonly certificate: CertificateFacts | null };

/** The TLS handshake on an open socket that answered S. `host` is the name the string gives; null on a socket file. */
export async function encrypt(socket: Socket, host: string | null, plan: TlsPlan, limit: Limit): Promise<Encrypted> {
  let secure: TLSSocket;
  try {
    secure = connect({
      socket,
      // Server Name Indication takes names, never addresses (RFC 6066, section 3).
      ...(host !== null && isIP(host) === 0 ? { servername: host } : {}),
      ...(plan.ca ? { ca: [...plan.ca] } : {}),
      ...(plan.cert && plan.key ? { cert: plan.cert, key: plan.key } : {}),
      ...(plan.passphrase ? { passphrase: plan.passphrase } : {}),
      // The verdict is read below, before anything is sent: so the certificate can be shown when it fails.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
  } catch (thrown) {
    return { ok: false, failure: failure(ERRNO.certificateFile, failureOf(thrown).message), certificate: null };
  }
  const shaken = await within(
    new Promise<void>((resolve, reject) => {
      secure.once("secureConnect", resolve);
      secure.once("error", reject);
      secure.once("close", () => reject(Object.assign(new Error("Closed in the handshake."), { code: ERRNO.closed })));
    }),
    limit,
    "The TLS handshake did not end in time.",
  );
  secure.removeAllListeners("close");
  secure.on("error", () => {});
  const peer = shaken.ok ? secure.getPeerCertificate() : null;
  const certificate = peer ? describe(peer) : null;
  const refused = shaken.ok ? verdict(secure, host, plan, peer) : shaken.error;
  if (refused) {
    secure.destroy();
    socket.destroy();
    return { ok: false, failure: refused, certificate };
  }
  return { ok: true, socket: secure, certificate };
}

function verdict(secure: TLSSocket, host: string | null, plan: TlsPlan, peer: PeerCertificate | null): Failure | null {
  if (plan.verify === "none") return null;
  if (!secure.authorized) {
    const code = String(secure.authorizationError ?? "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    return failure(code, `The certificate is not accepted: ${code}.`);
  }
  if (plan.verify === "authority" || host === null || !peer) return null;
  if (!peer.subjectaltname && peer.subject.CN === host) return null;
  const wrong = checkServerIdentity(host, peer);
  return wrong ? failure("ERR_TLS_CERT_ALTNAME_INVALID", wrong.message) : null;
}

function describe(peer: PeerCertificate): CertificateFacts | null {
  if (!peer.subject) return null;
  const one = (value: string | string[] | undefined): string | null =>
    (Array.isArray(value) ? value[0] : value) ?? null;
  const names = (peer.subjectaltname ?? "")
    .split(", ")
    .filter((name) => name !== "")
    .map((name) => name.replace(/^(DNS|IP Address):/, ""));
  return {
    subject: one(peer.subject.CN),
    issuer: one(peer.issuer.CN),
    names: names.length > 0 ? names : [one(peer.subject.CN) ?? ""].filter((name) => name !== ""),
    validFrom: peer.valid_from ?? null,
    validTo: peer.valid_to ?? null,
    selfSigned: JSON.stringify(peer.subject) === JSON.stringify(peer.issuer),
  };
}
