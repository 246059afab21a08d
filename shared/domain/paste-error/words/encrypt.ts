import { copies } from "../../diagnose/remedies";
import { capital, type WordTable, where } from "./word";

const copy = (...args: Parameters<typeof copies>) => copies(...args).remedy;
const trust = copy("trust-certificate", "Trust the authority: add sslrootcert=<file> with its certificate (PEM)");

/** TLS: whether, and with which certificate. */
export const encryptWords: WordTable = {
  "encrypt.required": {
    title: () => "The server does not let this connection in without TLS",
    explanation: () =>
      "Its rules have no line for an unencrypted connection of this role. Whether they have one with TLS, a live check tells.",
    remedies: () => [copy("sslmode-require", "Encrypt: put sslmode=require into the string")],
  },
  "encrypt.not-supported": {
    title: () => "The string asks for encryption and the server has none",
    explanation: (names) =>
      `${capital(where(names))} answers that it has no TLS, and sslmode does not go on without it.`,
    remedies: () => [copy("sslmode-prefer", "For a server on this computer: sslmode=prefer")],
  },
  "encrypt.self-signed": {
    title: () => "The server's certificate is signed by itself",
    explanation: () => "No authority this computer trusts vouches for it, and the string (or the driver) wants one.",
    remedies: () => [trust],
  },
  "encrypt.unknown-authority": {
    title: () => "The server's certificate cannot be verified",
    explanation: () =>
      "It comes from an authority that is not trusted here. Some providers have one of their own and offer its certificate.",
    remedies: () => [trust],
  },
  "encrypt.name-mismatch": {
    title: ({ host }) => (host ? `The certificate is not for "${host}"` : "The certificate is for another name"),
    explanation: () => "sslmode=verify-full wants the name in the string to stand in the certificate.",
  },
  "encrypt.expired": {
    title: () => "The server's certificate has expired",
    explanation: () => "The server needs a new one; or this computer's clock is wrong.",
  },
  "encrypt.not-yet-valid": {
    title: () => "The server's certificate is not valid yet",
    explanation: () => "Most often this computer's clock is wrong.",
    remedies: () => [copy("check-clock", "Check the clock of this computer", { commands: ["date"] })],
  },
  "encrypt.revoked": {
    title: () => "The server's certificate was taken back",
    explanation: () =>
      "A revocation list holds it: its authority no longer vouches for it. The server needs a new one.",
  },
  "encrypt.revocation-unknown": {
    title: () => "Whether the server's certificate was taken back cannot be told",
    explanation: () => "A revocation list is wanted (sslcrl, ~/.postgresql/root.crl), and there is no current one.",
  },
  "encrypt.client-certificate-required": {
    title: () => "The server wants a client certificate",
    explanation: () => "Its rules let this role in only with a certificate made for it.",
    remedies: () => [copy("add-client-certificate", "Add sslcert=<file> and sslkey=<file> to the string")],
  },
  "encrypt.client-certificate-rejected": {
    title: () => "The server does not accept the client certificate",
    explanation: () => "It has expired, or comes from an authority the server does not trust.",
  },
  "encrypt.root-file-missing": {
    title: () => "The file with trusted certificates is missing",
    explanation: () =>
      "sslmode=verify-ca and verify-full check the server's certificate against it (sslrootcert, or ~/.postgresql/root.crt).",
  },
  "encrypt.certificate-file": {
    title: () => "A certificate or key file cannot be used",
    explanation: () =>
      "It is missing, unreadable or open to others. sslrootcert, sslcert and sslkey name such files, ~/.postgresql holds them.",
  },
  "encrypt.direct-not-supported": {
    title: () => "The server does not take TLS from the first byte",
    explanation: () => "sslnegotiation=direct needs PostgreSQL 17 or later with TLS turned on.",
    remedies: () => [copy("no-direct", "Take sslnegotiation out of the string")],
  },
  "encrypt.protocol": {
    title: () => "The encrypted conversation does not come about",
    explanation: () => "Server and client find no common TLS version or cipher, or something between them interferes.",
    remedies: () => [
      copy(
        "tls-versions",
        "Compare the server's TLS settings",
        { sql: ["SHOW ssl_min_protocol_version"] },
        "administrator",
      ),
    ],
  },
};
