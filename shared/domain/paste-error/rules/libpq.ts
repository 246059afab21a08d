import type { TextRule } from "../text-rule";

/** What libpq, psycopg and psql say of a string and a handshake (src/interfaces/libpq/fe-connect.c, fe-secure*.c). */
export const libpqRules: readonly TextRule[] = [
  {
    id: "read.unencoded-credentials",
    confidence: "likely",
    says: /could not translate host name "[^"]{0,200}[@#?][^"]{0,200}" to address/,
  },
  {
    id: "resolve.temporary",
    confidence: "certain",
    errno: "EAI_AGAIN",
    says: /could not translate host name "[^"]{1,260}" to address: (?:Temporary failure in name resolution|Try again)/,
  },
  {
    id: "resolve.not-found",
    confidence: "certain",
    errno: "ENOTFOUND",
    says: /could not translate host name "|failed to resolve host '|connection is bad: (?:.{0,200}: )?(?:Name or service not known|nodename nor servname|No address associated|Unknown host|No such host)/,
  },
  {
    id: "read.invalid",
    confidence: "certain",
    says: /invalid port number: "|invalid integer value "[^"]{0,80}" for connection option "port"|connection is bad: "\d+"(?=["'}\]]*(?:$|",))|invalid percent-encoded token: "|forbidden value %00|unexpected character "[^"]{0,4}" in position \d+ in URI|end of string reached when looking for matching "\]"|IPv6 host address may not be empty|could not match \d+ (?:port numbers|host names) to \d+|missing "=" after "|unterminated quoted string in connection info string|invalid URI (?:propagated|query parameter value)|Could not parse (?:rfc1738|SQLAlchemy) URL/,
  },
  {
    id: "read.unknown-parameter",
    confidence: "certain",
    says: /invalid URI query parameter: "|invalid connection option "|extra key\/value separator "="/,
  },
  {
    id: "read.invalid-parameter-value",
    confidence: "certain",
    says: /invalid (?:sslmode|sslnegotiation|channel_binding|target_session_attrs|gssencmode|load_balance_hosts|ssl_min_protocol_version|ssl_max_protocol_version|require_auth|sslcertmode) value: "|invalid integer value "[^"]{0,80}" for connection option "|weak sslmode "|`sslmode` parameter must be one of|invalid sslmode value/,
  },
  // psycopg 3.1 cuts the sentence and leaves the value.
  {
    id: "read.invalid-parameter-value",
    confidence: "likely",
    says: /connection is bad: "[^"]{0,80}"(?=["'}\]]*(?:$|",))/,
  },
  {
    id: "read.unsupported-scheme",
    confidence: "certain",
    says: /invalid DSN: scheme is expected to be either|Can't load plugin: sqlalchemy\.dialects:postgres\b|must start with the protocol `postgresql:\/\/`|invalid connection string scheme/,
  },
  {
    id: "encrypt.not-supported",
    confidence: "certain",
    says: /server does not support SSL, but SSL was required|The server does not support SSL connections/,
  },
  {
    id: "encrypt.not-supported",
    confidence: "likely",
    also: ["speak.not-postgresql"],
    says: /PostgreSQL server at "[^"]{1,260}" rejected SSL upgrade/,
  },
  {
    id: "encrypt.root-file-missing",
    confidence: "certain",
    says: /root certificate file "[^"]{0,300}" does not exist|could not (?:read|load) root certificate file|weak sslmode|cannot determine location of user PostgreSQL configuration directory/,
  },
  {
    id: "encrypt.certificate-file",
    confidence: "certain",
    says: /(?:certificate present, but not private key file|private key file "[^"]{1,300}" (?:has group or world access|must be owned)|could not load private key file|could not (?:read|load|open) certificate file)/,
  },
  {
    id: "encrypt.name-mismatch",
    confidence: "certain",
    says: /server certificate for "[^"]{0,260}"(?: \(and \d+ other names?\))? does not match host name|certificate is not valid for '/,
  },
  {
    id: "encrypt.name-mismatch",
    confidence: "certain",
    anybody: true,
    says: /Hostname mismatch, certificate|IP address mismatch, certificate|ERR_TLS_CERT_ALTNAME_INVALID|Hostname\/IP does not match certificate's altnames/,
  },
  {
    id: "encrypt.expired",
    confidence: "certain",
    anybody: true,
    says: /certificate (?:verify failed: certificate )?has expired|CERT_HAS_EXPIRED|sslv3 alert certificate expired/,
  },
  {
    id: "encrypt.not-yet-valid",
    confidence: "certain",
    anybody: true,
    says: /certificate is not yet valid|CERT_NOT_YET_VALID/,
  },
  {
    id: "encrypt.revoked",
    confidence: "certain",
    anybody: true,
    says: /certificate verify failed: certificate revoked|\bCERT_REVOKED\b/,
  },
  {
    id: "encrypt.revocation-unknown",
    confidence: "certain",
    anybody: true,
    says: /unable to get certificate CRL|UNABLE_TO_GET_CRL|CRL has expired|CRL_HAS_EXPIRED/,
  },
  {
    id: "encrypt.self-signed",
    confidence: "certain",
    anybody: true,
    says: /certificate verify failed: self[- ]signed certificate(?! in certificate chain)|DEPTH_ZERO_SELF_SIGNED_CERT/,
  },
  {
    id: "encrypt.unknown-authority",
    confidence: "certain",
    anybody: true,
    says: /self[- ]signed certificate in certificate chain|unable to get (?:local )?issuer certificate|unable to verify the first certificate|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)/,
  },
  {
    id: "encrypt.unknown-authority",
    confidence: "likely",
    anybody: true,
    also: ["encrypt.self-signed", "encrypt.expired"],
    says: /SSL error: certificate verify failed|CERTIFICATE_VERIFY_FAILED/,
  },
  {
    id: "encrypt.client-certificate-required",
    confidence: "likely",
    anybody: true,
    says: /alert certificate required|tlsv13 alert certificate required/,
  },
  {
    id: "encrypt.client-certificate-rejected",
    confidence: "certain",
    says: /SSL error: (?:tlsv1 alert unknown ca|sslv3 alert (?:bad certificate|certificate revoked|certificate unknown))/,
  },
  {
    id: "encrypt.direct-not-supported",
    confidence: "certain",
    says: /direct SSL connection was established without ALPN|direct SSL negotiation/,
  },
  {
    id: "encrypt.protocol",
    confidence: "likely",
    anybody: "named",
    says: /\[SSL: (?:UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|TLSV1_ALERT_PROTOCOL_VERSION|SSLV3_ALERT_HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS_AVAILABLE|WRONG_VERSION_NUMBER|VERSION_TOO_LOW)\]|ERR_SSL_(?:UNSUPPORTED_PROTOCOL|TLSV1_ALERT_PROTOCOL_VERSION|WRONG_VERSION_NUMBER|SSL\/TLS_ALERT_HANDSHAKE_FAILURE)/,
  },
  {
    id: "encrypt.protocol",
    confidence: "likely",
    says: /SSL error: (?:unsupported protocol|no protocols available|wrong version number|tlsv1 alert protocol version|sslv3 alert handshake failure|no shared cipher)|ssl_choose_client_version:unsupported protocol/,
  },
  {
    id: "speak.not-postgresql",
    confidence: "certain",
    says: /received invalid response to SSL negotiation: |expected authentication request from server, but received|received invalid response to GSSAPI negotiation|unexpected response from server; first received character was/,
  },
  {
    id: "speak.closed",
    confidence: "likely",
    also: ["server.session-ended"],
    says: /unexpected connection_lost\(\) call|server closed the connection unexpectedly|SSL SYSCALL error: (?:EOF detected|Success|Broken pipe)|input failed: EOF detected|could not send (?:SSL negotiation|startup) packet/,
  },
  {
    id: "server.session-ended",
    confidence: "likely",
    also: ["speak.closed"],
    says: /SSL connection has been closed unexpectedly|connection was closed in the middle of operation|Client has encountered a connection error and is not queryable|connection already closed|InterfaceError'?>?: connection is closed|OperationalError: the connection is (?:lost|closed)|cannot call \w{1,60}\.\w{1,60}\(\): connection (?:is closed|has been released)|could not (?:receive data from|send data to) server: /,
  },
  {
    id: "reach.timeout",
    confidence: "certain",
    errno: "ETIMEDOUT",
    also: ["speak.silent"],
    says: /failed: timeout expired|connection timeout expired|timeout exceeded when trying to connect|couldn't get a connection after [\d.]+ sec|Connection terminated due to connection timeout/,
  },
  {
    id: "database.session-attributes",
    confidence: "certain",
    says: /could not find a (?:suitable )?(?:server|host) (?:with|matching) target_session_attrs|[Nn]one of the hosts match the target attribute|session is (?:not )?read-only|could not make a (?:suitable|writable) connection to server|TargetServerAttributeNotMatched: |server is (?:not )?in hot standby mode/,
  },
  {
    id: "authenticate.unsupported-method",
    confidence: "certain",
    says: /channel binding (?:is )?required, but|authentication method requirement "[^"]{1,60}" failed/,
  },
];
