/** A failure as fields; the same shape as the session port's, so both can be handed on as they are. */
export interface Failure {
  readonly sqlstate: string | null;
  /** An errno name ("ECONNREFUSED"), OpenSSL's code ("CERT_HAS_EXPIRED") or one of the names in ERRNO. */
  readonly errno: string | null;
  readonly severity: string | null;
  readonly routine: string | null;
  /** The server's or the system's own words, possibly localised. */
  readonly message: string;
  readonly detail: string | null;
}

/** Names for what no errno covers. They stand where an errno name would. */
export const ERRNO = {
  /** The server asks for a password and the string has none. */
  passwordMissing: "ENOPASSWORD",
  /** The server asks for an authentication method that needs more than a password (GSS, SSPI, ...). */
  unsupportedMethod: "EAUTHMETHOD",
  /** The server ended the conversation without an error message. */
  closed: "ECONNCLOSED",
  /** Bytes arrived that are not PostgreSQL's protocol. */
  protocol: "EPROTOCOL",
  /** TLS is wanted and the server answers "N". */
  tlsRefused: "ETLSREFUSED",
  /** sslmode=verify-ca or verify-full, and the file of trusted certificates is not there. */
  rootFileMissing: "ENOROOTFILE",
  /** A certificate or key file is there and cannot be used. */
  certificateFile: "ECERTFILE",
  /** The session is not of the kind that target_session_attrs asks for. */
  sessionAttributes: "ESESSIONATTRS",
  /** The caller asked to stop. */
  cancelled: "ECANCELED",
} as const;

/** One address of the host, and what came of opening it. */
export interface ReachAttempt {
  /** A literal address, or the path of a socket file. */
  readonly address: string;
  readonly port: number;
  /** Null: it is open. */
  readonly errno: string | null;
  readonly durationMs: number;
}

/** The certificate a server showed, for people: names and dates, never key material. */
export interface CertificateFacts {
  readonly subject: string | null;
  readonly issuer: string | null;
  /** DNS names and addresses it is valid for. */
  readonly names: readonly string[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly selfSigned: boolean;
  /** Whose certificates the server showed, its own first, each signed by the next. */
  readonly chain: readonly string[];
}

/** The certificate that would have to be trusted for the server's own to be accepted; the server showed it. */
export interface TrustAnchor {
  /** True when it is the server's own, false when it is its authority's. */
  readonly own: boolean;
  readonly subject: string | null;
  /** SHA-256 over the certificate, "AB:CD:..." as openssl prints it. */
  readonly fingerprint: string;
  /** The certificate itself, as files hold it. */
  readonly pem: string;
}

/** How the server asked who signs in (PostgreSQL manual, "Message Formats", Authentication...). */
export interface AskedMethod {
  /** "scram-sha-256", "md5", "password" (in the clear), "gssapi", ... */
  readonly method: string;
  /** SASL mechanisms the server offers, best first; empty for other methods. */
  readonly mechanisms: readonly string[];
  /** Rounds of the stored SCRAM secret; null until the server has told them. */
  readonly iterations: number | null;
}

/** One try to sign in; a mode like "prefer" can make two. */
export interface SignInAttempt {
  readonly encrypted: boolean;
  /** Null: signed in. */
  readonly failure: Failure | null;
  /** True when the server asked for a password before it answered. */
  readonly passwordAsked: boolean;
  /** Null where it asked for nothing. */
  readonly asked: AskedMethod | null;
  /** True when the server accepted who signs in; a failure after that is about the database, roles or limits. */
  readonly authenticated: boolean;
  /** Up to that acceptance, or to the failure. */
  readonly durationMs: number;
  /** From that acceptance to the session, or to the failure. */
  readonly afterMs: number;
}

/**
 * What the server's first bytes are: `tls` ("S") and `plain` ("N") answer the request for TLS, `startup` is an
 * answer to a session's first message, `error` an error message instead of either.
 */
export type SpeakAnswer = "tls" | "plain" | "startup" | "error" | "other" | "closed" | "silent";

/** What the wire tells, stage by stage, in order. A `failure` ends the climb unless another attempt follows. */
export type WireStep =
  | {
      readonly kind: "resolve";
      readonly host: string;
      readonly addresses: readonly string[];
      readonly failure: Failure | null;
      readonly durationMs: number;
    }
  | {
      readonly kind: "reach";
      readonly attempts: readonly ReachAttempt[];
      /** Index in `attempts` of the one that is open; null when none is. */
      readonly answered: number | null;
      readonly failure: Failure | null;
      readonly durationMs: number;
    }
  | {
      readonly kind: "speak";
      readonly answer: SpeakAnswer;
      /** The first bytes of an answer that is no PostgreSQL, one character a byte (latin1), at most 200. */
      readonly bytes: string;
      readonly failure: Failure | null;
      readonly durationMs: number;
    }
  | {
      readonly kind: "encrypt";
      /** False: the conversation goes on in the clear. */
      readonly encrypted: boolean;
      readonly protocol: string | null;
      readonly cipher: string | null;
      /** "none": encrypted but nobody looked at the certificate. */
      readonly verified: "none" | "authority" | "authority-and-name";
      readonly certificate: CertificateFacts | null;
      /** True when a certificate of this side's was at hand to be shown. */
      readonly clientCertificate: boolean;
      /** Null where nothing the server showed can be trusted by itself: its authority is missing. */
      readonly anchor: TrustAnchor | null;
      readonly failure: Failure | null;
      readonly durationMs: number;
    }
  | ({ readonly kind: "sign-in" } & SignInAttempt);
