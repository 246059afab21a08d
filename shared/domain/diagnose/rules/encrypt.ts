import { isLoopback, isSocket } from "../../endpoint";
import { ERRNO } from "../facts";
import { copies, edits, runs } from "../remedies";
import { says } from "../server-words";
import { lastStep, type Rule, type Situation, where } from "../situation";
import { TURN_TLS_ON } from "../statements";
import { certificateRules, withoutCheck } from "./certificate";

const errno = (s: Situation): string => s.failure.errno ?? "";
const isLocal = (s: Situation): boolean => isSocket(s.endpoint) || isLoopback(s.endpoint.host);

/** The "no entry" line of pg_hba.conf can mean "not without TLS": only another way in tells. */
const isRuleRefusal = (s: Situation): boolean =>
  s.failure.sqlstate === "28000" && s.failure.routine === "ClientAuthentication";
const wasPlain = (s: Situation): boolean => lastStep(s.steps, "sign-in")?.encrypted === false;
const isDirect = (s: Situation): boolean => s.target.parameters.sslnegotiation === "direct";

/** The certificate was shown and is a good one, but not one of the role's (its common name, or a map, says whose). */
const namesAnother = (s: Situation): boolean =>
  s.failure.sqlstate === "28000" &&
  s.failure.routine === "auth_failed" &&
  says(s.failure.message, "certificate-failed") &&
  (lastStep(s.steps, "encrypt")?.clientCertificate ?? false);

const rules: readonly Rule[] = [
  {
    id: "encrypt.required",
    fits: (s) => (isRuleRefusal(s) && wasPlain(s) && s.around.otherWay === "let-in" ? "certain" : null),
    says: (s) => ({
      title: "The server takes encrypted connections only",
      explanation: `Its rules (pg_hba.conf) have no line for ${s.user} without TLS, and one with it. The string says sslmode=${s.sslmode}.`,
      remedies: [edits("sslmode-require", "Encrypt: sslmode=require", { sslmode: "require" })],
    }),
  },
  {
    id: "encrypt.not-supported",
    fits: (s) => (errno(s) === ERRNO.tlsRefused ? "certain" : null),
    says: (s) => ({
      title: "The string asks for encryption and the server has none",
      explanation: `${where(s)} answers that TLS is off; sslmode=${s.sslmode} does not go on without it.`,
      remedies: [
        ...(isLocal(s)
          ? [edits("sslmode-prefer", "Encrypt only where the server can: sslmode=prefer", { sslmode: "prefer" })]
          : []),
        runs("turn-tls-on", "Turn TLS on there", {
          database: "postgres",
          statements: TURN_TLS_ON,
          needs: "superuser",
        }),
        ...(isLocal(s)
          ? []
          : [edits("sslmode-prefer", "Go on unencrypted where needed: sslmode=prefer", { sslmode: "prefer" })]),
      ],
    }),
  },
  {
    id: "encrypt.root-file-missing",
    fits: (s) => (errno(s) === ERRNO.rootFileMissing ? "certain" : null),
    says: (s) => ({
      title: "The file with trusted certificates is missing",
      explanation: `${s.failure.message} sslmode=${s.sslmode} checks the server's certificate against it.`,
      remedies: [
        copies("get-root-file", "Get the authority's certificate and save it there, or name it with sslrootcert"),
        withoutCheck,
      ],
      // asyncpg opens a file that is named, and looks for the one in ~/.postgresql (connect_utils.py).
      exception: s.target.parameters.sslrootcert ? "FileNotFoundError" : "ClientConfigurationError",
    }),
  },
  {
    id: "encrypt.certificate-file",
    fits: (s) => (errno(s) === ERRNO.certificateFile ? "certain" : null),
    says: (s) => ({
      title: "A certificate or key file cannot be used",
      explanation: s.failure.message,
      remedies: [
        copies(
          "check-files",
          "Check the files that sslrootcert, sslcert, sslkey and sslcrl name, or ~/.postgresql holds",
        ),
      ],
    }),
  },
  {
    id: "encrypt.client-certificate-rejected",
    fits: (s) =>
      namesAnother(s) ||
      /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(EXPIRED|REVOKED|UNKNOWN)|UNSUPPORTED_CERTIFICATE)$/.test(errno(s))
        ? "certain"
        : null,
    says: (s) => ({
      title: "The server does not accept the client certificate",
      explanation: namesAnother(s)
        ? `The certificate is good, and made for another name: the server lets ${s.user} in only with one whose common name is ${s.user}, unless a line of pg_ident.conf maps it.`
        : `${where(s)} ends the handshake over the certificate that sslcert or ~/.postgresql gives: it has expired, or comes from an authority the server does not trust.`,
      remedies: namesAnother(s)
        ? [copies("other-client-certificate", `Get a certificate made for ${s.user}`)]
        : [
            copies("other-client-certificate", "Get a certificate from the server's own authority (its ssl_ca_file)"),
            edits("no-client-certificate", "Show none: take sslcert and sslkey out", { drop: ["sslcert", "sslkey"] }),
          ],
    }),
  },
  {
    id: "encrypt.client-certificate-required",
    fits: (s) => {
      if (errno(s).endsWith("ALERT_CERTIFICATE_REQUIRED")) return "likely";
      // A server without any algorithm in common says the same.
      if (errno(s).endsWith("ALERT_HANDSHAKE_FAILURE")) return "possible";
      if (s.failure.sqlstate !== "28000" || wasPlain(s)) return null;
      if (isRuleRefusal(s) && says(s.failure.message, "client-certificate")) return "certain";
      if (namesAnother(s)) return null;
      return s.failure.routine === "auth_failed" && says(s.failure.message, "certificate-failed") ? "certain" : null;
    },
    says: (s) => ({
      title: "The server wants a client certificate",
      explanation: `Its rules let ${s.user} in only with a certificate made for that role.`,
      remedies: [copies("add-client-certificate", "Add sslcert=<file> and sslkey=<file> to the string")],
    }),
  },
  {
    id: "encrypt.direct-not-supported",
    fits: (s) =>
      isDirect(s) && (/^(ECONNRESET|EPIPE|ERR_SSL_|EPROTO)/.test(errno(s)) || errno(s) === ERRNO.closed)
        ? "likely"
        : null,
    says: (s) => ({
      title: "The server does not take TLS from the first byte",
      explanation: `${where(s)} ends the connection at the handshake. sslnegotiation=direct needs PostgreSQL 17 or later with TLS turned on.`,
      remedies: [edits("no-direct", "Ask for TLS first, as every release understands", { drop: ["sslnegotiation"] })],
    }),
  },
  {
    id: "encrypt.protocol",
    fits: (s) => {
      if (/^ERR_SSL_.*(PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|CIPHER)/.test(errno(s))) return "certain";
      const broken = /^(ERR_SSL_|EPROTO|ECONNRESET)/.test(errno(s));
      return broken || errno(s) === ERRNO.closed || errno(s) === "ETIMEDOUT" ? "possible" : null;
    },
    says: (s) => ({
      title: "The encrypted conversation does not come about",
      explanation: `Server and client find no common TLS version or cipher, or something between them interferes (${errno(s)}).`,
      remedies: [
        copies(
          "tls-versions",
          "Compare the server's TLS settings",
          { sql: ["SHOW ssl_min_protocol_version", "SHOW ssl_max_protocol_version"] },
          "administrator",
        ),
      ],
      exception: "SSLError",
    }),
  },
];

/** What a handshake can fail with. */
export const encryptRules: readonly Rule[] = [
  ...rules.filter((rule) => rule.id !== "encrypt.required"),
  ...certificateRules,
];

/** What a server demands of the encryption once somebody signs in. */
export const encryptionDemandRules: readonly Rule[] = rules.filter((rule) =>
  [
    ...["encrypt.required", "encrypt.certificate-file"],
    ...["encrypt.client-certificate-required", "encrypt.client-certificate-rejected"],
  ].includes(rule.id),
);
