import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { passwordFrom } from "../../shared/domain/password";
import type { SecretSource } from "../use-cases/secret-source";

/** PostgreSQL's own count and salt length (src/include/common/scram-common.h). */
const ITERATIONS = 4096;
const SALT_BYTES = 16;

/**
 * A SCRAM-SHA-256 secret in the form pg_authid keeps: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`
 * (RFC 5802, section 3; RFC 7677; PostgreSQL manual, pg_authid). ASCII only: SASLprep leaves ASCII as it is.
 */
export function scramVerifier(password: string, salt: Uint8Array, iterations = ITERATIONS): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString("base64")}$${storedKey}:${serverKey}`;
}

const isAscii = (text: string): boolean => [...text].every((letter) => (letter.codePointAt(0) ?? 0) < 0x80);

/** Passwords and verifiers from the system's random source. */
export function createSecrets(): SecretSource {
  return {
    newPassword: () => passwordFrom((count) => randomBytes(count)),
    verifier: (password) => (isAscii(password) ? scramVerifier(password, randomBytes(SALT_BYTES)) : null),
    tag: () => randomBytes(4).toString("hex"),
  };
}
