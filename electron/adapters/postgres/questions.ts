import { type AskedMethod, ERRNO } from "../../../shared/domain/diagnose/facts";
import { isErrorMessage } from "./ssl-request";

/** An error that carries a name of its own; it ends the socket it is thrown on. */
export const coded = (errno: string, message: string): Error => Object.assign(new Error(message), { code: errno });

/** Authentication requests node-postgres can answer: ok, password, MD5, and SCRAM's three. */
const ANSWERABLE = new Set([0, 3, 5, 10, 11, 12]);
const METHODS: Readonly<Record<number, string>> = { 2: "Kerberos V5", 6: "SCM", 7: "GSSAPI", 9: "SSPI" };

/** So many bytes tell whether PostgreSQL answers: a kind, a length and the first of what follows. */
export const ENOUGH = 6;

/** The first bytes of a server's answer to a startup message: R, E, or (protocol negotiation, notice) v, N. */
export function mayBePostgres(bytes: Buffer): boolean {
  const first = String.fromCharCode(bytes[0] ?? 0);
  if (!"REvN".includes(first)) return false;
  // A slow peer sends them one by one.
  if (bytes.length < ENOUGH) return bytes.length < 2 || bytes[1] === 0 || first === "E";
  if (first === "E") return isErrorMessage(bytes);
  // Every message goes on with a length that is small here; banners have text in its place.
  return bytes.readUInt32BE(1) < 30_000;
}

/** The method an authentication request asks for; null for any other message. */
const methodOf = (bytes: Buffer): number | null =>
  bytes[0] === 0x52 && bytes.length >= 9 ? bytes.readUInt32BE(5) : null;

const NAMES: Readonly<Record<number, string>> = {
  3: "password",
  5: "md5",
  7: "gssapi",
  9: "sspi",
  10: "scram-sha-256",
};
/** Text in a message starts after its kind, its length and the method; each such number takes four bytes. */
const TEXT_AT = 9;

/** What the server asks, kept up to date with the next of its messages; neither salt nor proof is looked at. */
export function heardQuestion(asked: AskedMethod | null, bytes: Buffer): AskedMethod | null {
  const method = methodOf(bytes);
  if (method === null || method === 0 || method === 12) return asked;
  const words = bytes.subarray(TEXT_AT, 1 + bytes.readUInt32BE(1)).toString("latin1");
  if (method === 11) {
    const rounds = /(?:^|,)i=(\d{1,9})(?:,|$)/.exec(words)?.[1];
    return asked && { ...asked, iterations: rounds === undefined ? null : Number(rounds) };
  }
  const mechanisms = method === 10 ? words.split("\0").filter((name) => /^[A-Z0-9_-]{1,20}$/.test(name)) : [];
  return {
    method: NAMES[method] ?? METHODS[method]?.toLowerCase() ?? `method ${method}`,
    mechanisms,
    iterations: null,
  };
}

/** Throws at a question that cannot be answered here (GSSAPI, ...). */
export function refuseUnanswerable(bytes: Buffer): void {
  const method = methodOf(bytes);
  if (method === null || ANSWERABLE.has(method)) return;
  throw coded(ERRNO.unsupportedMethod, `The server asks for ${METHODS[method] ?? `authentication method ${method}`}.`);
}
