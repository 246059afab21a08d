import type { Socket } from "node:net";
import {
  connect,
  createSecureContext,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from "node:tls";
import { type CertificateFacts, ERRNO, type Failure, type TrustAnchor } from "../../../shared/domain/diagnose/facts";
import { failure, failureOf } from "./failure";
import { isNamed, literalAddress, readNames } from "./peer-name";
import { type Limit, within } from "./socket";
import type { TlsPlan } from "./tls-plan";

/** An encrypted conversation, or why there is none; the certificate is told either way when the server showed one. */
export type Encrypted =
  | ({ readonly ok: true; readonly socket: TLSSocket } & Shown)
  | ({ readonly ok: false; readonly failure: Failure } & Shown);

/** What the server showed of itself. */
interface Shown {
  readonly certificate: CertificateFacts | null;
  readonly anchor: TrustAnchor | null;
}

const NOTHING_SHOWN: Shown = { certificate: null, anchor: null };

/** PostgreSQL's name among application protocols; servers from release 17 on answer it. */
const PROTOCOL = "postgresql";

/**
 * What Electron's BoringSSL can verify, in its own order. Left alone it offers neither Ed25519 nor P-521, and servers
 * with such a certificate end the handshake; OpenSSL offers both by itself.
 */
const SIGALGS = [
  ...["ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256", "rsa_pkcs1_sha256", "ecdsa_secp384r1_sha384"],
  ...["rsa_pss_rsae_sha384", "rsa_pkcs1_sha384", "rsa_pss_rsae_sha512", "rsa_pkcs1_sha512"],
  ...["ecdsa_secp521r1_sha512", "ed25519", "rsa_pkcs1_sha1"],
].join(":");

let signatures: { readonly sigalgs?: string } | null = null;

/** SIGALGS in Electron, unless its BoringSSL no longer knows one of them; elsewhere and then the library's own list. */
function ownSignatures(): { readonly sigalgs?: string } {
  if (!process.versions.electron) return {};
  try {
    // With a list of authorities, be it empty, the system's are not loaded for this.
    createSecureContext({ sigalgs: SIGALGS, ca: [] });
    return { sigalgs: SIGALGS };
  } catch {
    return {};
  }
}

/** What a handshake needs besides the plan. */
export interface Handshake {
  /** The name the string gives, also where it gives the address besides. */
  readonly host: string;
  /** True where the handshake itself is the first message (sslnegotiation=direct). */
  readonly direct: boolean;
}

/** The TLS handshake on an open socket. On failure nothing stays open. */
export async function encrypt(
  socket: Socket,
  { host, direct }: Handshake,
  plan: TlsPlan,
  limit: Limit,
): Promise<Encrypted> {
  let secure: TLSSocket;
  signatures ??= ownSignatures();
  try {
    secure = connect({
      socket,
      // Server Name Indication takes names, never addresses (RFC 6066, section 3); host is empty over a socket.
      ...(plan.sni && host !== "" && literalAddress(host) === null ? { servername: host } : {}),
      ...signatures,
      ...(plan.ca ? { ca: [...plan.ca] } : {}),
      ...(plan.crl ? { crl: [...plan.crl] } : {}),
      ...(plan.client ? { cert: plan.client.cert, key: plan.client.key } : {}),
      ...(plan.client?.passphrase ? { passphrase: plan.client.passphrase } : {}),
      minVersion: plan.minVersion,
      maxVersion: plan.maxVersion,
      ALPNProtocols: [PROTOCOL],
      // The verdict is read below, before anything is sent: so the certificate can be shown when it fails.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
  } catch (thrown) {
    socket.destroy();
    // OpenSSL's words about a key or certificate that was just read; they hold nothing of its content.
    return { ok: false, failure: failure(ERRNO.certificateFile, failureOf(thrown).message), ...NOTHING_SHOWN };
  }
  // Stays for good: an error without a listener would end the process.
  secure.on("error", () => {});
  const shaken = await within(
    new Promise<void>((resolve, reject) => {
      secure.once("secureConnect", resolve);
      secure.once("error", reject);
      secure.once("close", () => reject(Object.assign(new Error("Closed in the handshake."), { code: ERRNO.closed })));
    }),
    limit,
    "The TLS handshake did not end in time.",
  );
  const peer = shaken.ok ? secure.getPeerCertificate(true) : null;
  const refused = shaken.ok ? (verdict(secure, host, plan, peer) ?? strangers(secure, direct)) : shaken.error;
  const shown = peer?.subject ? describe(peer) : NOTHING_SHOWN;
  if (!refused) return { ok: true, socket: secure, ...shown };
  secure.destroy();
  socket.destroy();
  return { ok: false, failure: refused, ...shown };
}

/** Without SSLRequest only the protocol's name shows that PostgreSQL is meant, and no other service behind one port. */
const strangers = (secure: TLSSocket, direct: boolean): Failure | null =>
  direct && secure.alpnProtocol !== PROTOCOL
    ? failure(ERRNO.protocol, "What answers speaks TLS, but does not say that it is PostgreSQL (ALPN).")
    : null;

const first = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

const namesOf = (peer: PeerCertificate) => readNames(peer.subjectaltname, first(peer.subject?.CN));

function verdict(secure: TLSSocket, host: string, plan: TlsPlan, peer: PeerCertificate | null): Failure | null {
  if (plan.verify === "none") return null;
  if (!secure.authorized) {
    const code = String(secure.authorizationError ?? "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    return failure(code, `The certificate is not accepted: ${code}.`);
  }
  // A folder of revocation lists that holds none says nothing about anybody.
  if (plan.crl?.length === 0) return failure("UNABLE_TO_GET_CRL", "There is no revocation list in sslcrldir.");
  if (plan.verify === "authority") return null;
  if (peer && isNamed(namesOf(peer), host)) return null;
  return failure("ERR_TLS_CERT_ALTNAME_INVALID", `The certificate is not for ${host}.`);
}

const isSelfSigned = ({ subject, issuer }: PeerCertificate): boolean =>
  JSON.stringify(subject) === JSON.stringify(issuer);

/** The certificates a server showed, its own first; the last one may be its authority's. */
function chainOf(peer: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain = [peer];
  for (let next = peer.issuerCertificate; next && !chain.includes(next); next = next.issuerCertificate)
    chain.push(next);
  return chain;
}

function describe(peer: DetailedPeerCertificate): Shown {
  const { commonName, dns, addresses } = namesOf(peer);
  const names = [...dns, ...addresses];
  const chain = chainOf(peer);
  const top = chain[chain.length - 1] ?? peer;
  const certificate = {
    subject: commonName,
    issuer: first(peer.issuer.CN),
    names: names.length > 0 || commonName === null ? names : [commonName],
    validFrom: peer.valid_from ?? null,
    validTo: peer.valid_to ?? null,
    selfSigned: isSelfSigned(peer),
    chain: chain.map((one) => first(one.subject.CN) ?? one.fingerprint256),
  };
  // A certificate ends a chain of trust only where it signs itself.
  return { certificate, anchor: isSelfSigned(top) ? anchorOf(top, top === peer) : null };
}

const anchorOf = (top: PeerCertificate, own: boolean): TrustAnchor => ({
  own,
  subject: first(top.subject.CN),
  fingerprint: top.fingerprint256,
  pem: `-----BEGIN CERTIFICATE-----\n${top.raw.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
});
