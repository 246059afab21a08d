import type { Socket } from "node:net";
import { ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";
import { ok, type Result } from "../../../shared/domain/result";
import { failureOf } from "./failure";
import { type Limit, within } from "./socket";

/** SSLRequest: length 8, code 80877103 (PostgreSQL manual, "SSL Session Encryption"). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export type TlsAnswer =
  | { readonly kind: "tls" | "plain" | "silent" }
  /** `errno`: ECONNRESET where the connection was cut, ECONNCLOSED where it was ended. */
  | { readonly kind: "closed"; readonly errno: string }
  | { readonly kind: "error" | "other"; readonly bytes: Buffer };

/** Asks for TLS and leaves the socket paused, so that nothing that follows the answer gets lost. */
export async function askForTls(socket: Socket, limit: Limit): Promise<Result<TlsAnswer, Failure>> {
  let onData: (bytes: Buffer) => void = () => {};
  let onEnd: () => void = () => {};
  let onError: (error: Error) => void = () => {};
  const answer = new Promise<TlsAnswer>((resolve, reject) => {
    onData = (bytes) => resolve(readTlsAnswer(bytes));
    onEnd = () => resolve({ kind: "closed", errno: ERRNO.closed });
    onError = (error) => {
      const { errno } = failureOf(error);
      if (errno === "ECONNRESET") resolve({ kind: "closed", errno });
      else reject(error);
    };
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

/**
 * Reads the answer to SSLRequest: one byte, S or N, and nothing with it. What comes along with an S was not encrypted
 * and may have been put there by somebody in between (CVE-2021-23222); and an SSH banner starts with S too.
 */
export function readTlsAnswer(bytes: Buffer): TlsAnswer {
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
