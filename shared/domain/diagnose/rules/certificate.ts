import { isSocket } from "../../endpoint";
import { copies, edits, type RemedyDraft, trusts } from "../remedies";
import { lastStep, type Rule, type Situation } from "../situation";

const errno = (s: Situation): string => s.failure.errno ?? "";
const certificate = (s: Situation) => lastStep(s.steps, "encrypt")?.certificate ?? null;
const host = (s: Situation): string => (isSocket(s.endpoint) ? s.endpoint.socketDirectory : s.endpoint.host);

/** Goes on without looking at the certificate. */
export const withoutCheck: RemedyDraft = edits(
  "encrypt-only",
  "Encrypt without checking who answers (sslmode=require)",
  { sslmode: "require", drop: ["sslrootcert"] },
);

/** Trusts what the server showed where that is enough; otherwise somebody has to get its authority's certificate. */
const trust = (s: Situation): RemedyDraft => {
  const anchor = lastStep(s.steps, "encrypt")?.anchor;
  return anchor
    ? trusts(anchor)
    : copies(
        "get-authority",
        "Get the authority's certificate from whoever runs the server (it does not show it), and name the file with sslrootcert",
      );
};

/** How to know that a certificate is the server's, before it is trusted. */
const compare = (s: Situation): string => {
  const anchor = lastStep(s.steps, "encrypt")?.anchor;
  return anchor
    ? ` Before you trust it, compare its fingerprint with the one whoever runs the server has: SHA-256 ${anchor.fingerprint}.`
    : "";
};

/** What can be wrong with the certificate a server shows; the errno is OpenSSL's name for it. */
export const certificateRules: readonly Rule[] = [
  {
    id: "encrypt.self-signed",
    fits: (s) => (errno(s) === "DEPTH_ZERO_SELF_SIGNED_CERT" ? "certain" : null),
    says: (s) => ({
      title: "The server's certificate is signed by itself",
      explanation: `It says "${certificate(s)?.subject ?? "?"}", and no authority this computer trusts vouches for it. sslmode=${s.sslmode} wants one.${compare(s)}`,
      remedies: [trust(s), withoutCheck],
    }),
  },
  {
    id: "encrypt.unknown-authority",
    fits: (s) =>
      /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE_FAILURE)$/.test(
        errno(s),
      )
        ? "certain"
        : null,
    says: (s) => ({
      title: "The server's certificate comes from an authority that is not trusted here",
      explanation: `It is signed by "${certificate(s)?.issuer ?? "?"}", which is not among the trusted certificates.${compare(s)}`,
      remedies: [trust(s), withoutCheck],
    }),
  },
  {
    id: "encrypt.name-mismatch",
    fits: (s) => (errno(s) === "ERR_TLS_CERT_ALTNAME_INVALID" ? "certain" : null),
    says: (s) => {
      const names = certificate(s)?.names ?? [];
      return {
        title: `The certificate is not for "${host(s)}"`,
        explanation: `It is valid for ${names.join(", ") || "no name at all"}. sslmode=verify-full wants the host's name there.`,
        remedies: [
          ...names
            .filter((name) => !name.includes("*"))
            .slice(0, 2)
            .map((name, index) =>
              edits(`use-name-${index + 1}`, `Use the name ${name}`, {
                endpoint: { host: name, port: s.endpoint.port },
              }),
            ),
          edits("sslmode-verify-ca", "Check the authority, not the name: sslmode=verify-ca", { sslmode: "verify-ca" }),
        ],
      };
    },
  },
  {
    id: "encrypt.expired",
    fits: (s) => (errno(s) === "CERT_HAS_EXPIRED" ? "certain" : null),
    says: (s) => ({
      title: "The server's certificate has expired",
      explanation: `It was valid until ${certificate(s)?.validTo ?? "?"}. The server needs a new one; or this computer's clock is wrong.`,
      remedies: [copies("renew", "Have the certificate renewed"), withoutCheck],
    }),
  },
  {
    id: "encrypt.not-yet-valid",
    fits: (s) => (errno(s) === "CERT_NOT_YET_VALID" ? "certain" : null),
    says: (s) => ({
      title: "The server's certificate is not valid yet",
      explanation: `It is valid from ${certificate(s)?.validFrom ?? "?"}. Most often this computer's clock is wrong.`,
      remedies: [copies("check-clock", "Check the clock of this computer", { commands: ["date"] })],
    }),
  },
  {
    id: "encrypt.unfit",
    fits: (s) =>
      /^(INVALID_PURPOSE|CERT_REJECTED|PATH_LENGTH_EXCEEDED|UNSPECIFIED)$/.test(errno(s)) ? "certain" : null,
    says: (s) => ({
      title: "The server's certificate is not fit for a server",
      explanation:
        errno(s) === "INVALID_PURPOSE"
          ? `"${certificate(s)?.subject ?? "?"}" is made for something else: its extended key usage leaves out servers.`
          : `"${certificate(s)?.subject ?? "?"}" comes from a known authority, and still does not count here (${errno(s)}): a key or a signature that is too weak, or an authority that may not sign it.`,
      remedies: [copies("renew", "Have a certificate made for the server (extendedKeyUsage=serverAuth)"), withoutCheck],
    }),
  },
  {
    id: "encrypt.revoked",
    fits: (s) => (errno(s) === "CERT_REVOKED" ? "certain" : null),
    says: (s) => ({
      title: "The server's certificate was taken back",
      explanation: `The revocation list that the string or ~/.postgresql names holds it: "${certificate(s)?.issuer ?? "?"}" no longer vouches for it.`,
      remedies: [copies("renew", "Have a new certificate made for the server")],
    }),
  },
  {
    id: "encrypt.revocation-unknown",
    fits: (s) => (/CRL/.test(errno(s)) ? "certain" : null),
    says: (s) => ({
      title: "Whether the server's certificate was taken back cannot be told",
      explanation: `A revocation list is wanted (sslcrl, sslcrldir or ~/.postgresql/root.crl), and there is no current one of "${certificate(s)?.issuer ?? "?"}" (${errno(s)}).`,
      remedies: [
        copies("get-revocations", "Get the authority's current revocation list"),
        edits("no-revocations", "Ask for no list: take sslcrl and sslcrldir out", { drop: ["sslcrl", "sslcrldir"] }),
      ],
    }),
  },
];
