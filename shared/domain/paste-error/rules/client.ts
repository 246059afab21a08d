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
    says: /could not translate host name "[^"]{1,260}" to address: Temporary failure in name resolution/,
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
    says: /invalid port number: "|invalid integer value "[^"]{0,80}" for connection option "port"|connection is bad: "\d+"$|port must be 0-65535|Port (?:out of range|could not be cast)|invalid percent-encoded token: "|forbidden value %00|unexpected character "[^"]{0,4}" in position \d+ in URI|end of string reached when looking for matching "\]"|IPv6 host address may not be empty|could not match \d+ (?:port numbers|host names) to \d+|missing "=" after "|unterminated quoted string in connection info string|invalid URI (?:propagated|query parameter value)|Invalid IPv6 URL|Could not parse (?:rfc1738|SQLAlchemy) URL/,
  },
  {
    id: "read.unknown-parameter",
    confidence: "certain",
    says: /invalid URI query parameter: "|invalid connection option "|extra key\/value separator "="|connect\(\) got an unexpected keyword argument '/,
  },
  {
    id: "read.invalid-parameter-value",
    confidence: "certain",
    says: /invalid (?:sslmode|sslnegotiation|channel_binding|target_session_attrs|gssencmode|load_balance_hosts|ssl_min_protocol_version|ssl_max_protocol_version|require_auth|sslcertmode) value: "|invalid integer value "[^"]{0,80}" for connection option "|weak sslmode "|`sslmode` parameter must be one of|invalid sslmode value/,
  },
  // psycopg 3.1 cuts the sentence and leaves the value.
  { id: "read.invalid-parameter-value", confidence: "likely", says: /connection is bad: "[^"]{0,80}"$/ },
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
    says: /root certificate file "[^"]{0,300}" does not exist|could not (?:read|load) root certificate file|weak sslmode/,
  },
  {
    id: "encrypt.certificate-file",
    confidence: "certain",
    says: /(?:certificate present, but not private key file|private key file "[^"]{1,300}" (?:has group or world access|must be owned)|could not load private key file|could not (?:read|load|open) certificate file)/,
  },
  {
    id: "encrypt.name-mismatch",
    confidence: "certain",
    says: /server certificate for "[^"]{0,260}"(?: \(and \d+ other names?\))? does not match host name|certificate is not valid for '|Hostname mismatch, certificate|IP address mismatch, certificate|ERR_TLS_CERT_ALTNAME_INVALID|Hostname\/IP does not match certificate's altnames/,
  },
  {
    id: "encrypt.expired",
    confidence: "certain",
    says: /certificate (?:verify failed: certificate )?has expired|CERT_HAS_EXPIRED|sslv3 alert certificate expired/,
  },
  { id: "encrypt.not-yet-valid", confidence: "certain", says: /certificate is not yet valid|CERT_NOT_YET_VALID/ },
  {
    id: "encrypt.self-signed",
    confidence: "certain",
    says: /certificate verify failed: self[- ]signed certificate(?! in certificate chain)|DEPTH_ZERO_SELF_SIGNED_CERT/,
  },
  {
    id: "encrypt.unknown-authority",
    confidence: "certain",
    says: /self[- ]signed certificate in certificate chain|unable to get (?:local )?issuer certificate|unable to verify the first certificate|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)/,
  },
  {
    id: "encrypt.unknown-authority",
    confidence: "likely",
    also: ["encrypt.self-signed", "encrypt.expired"],
    says: /SSL error: certificate verify failed|CERTIFICATE_VERIFY_FAILED/,
  },
  {
    id: "encrypt.client-certificate-required",
    confidence: "likely",
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
    says: /unexpected connection_lost\(\) call|server closed the connection unexpectedly|Connection terminated unexpectedly|SSL SYSCALL error: EOF detected|SSL connection has been closed unexpectedly/,
  },
  {
    id: "server.session-ended",
    confidence: "likely",
    says: /connection was closed in the middle of operation|Client has encountered a connection error and is not queryable/,
  },
  {
    id: "reach.timeout",
    confidence: "certain",
    errno: "ETIMEDOUT",
    also: ["speak.silent"],
    says: /failed: timeout expired|connection timeout expired|timeout exceeded when trying to connect|couldn't get a connection after [\d.]+ sec|Connection terminated due to connection timeout/,
  },
  {
    id: "privileges.read-only",
    confidence: "certain",
    says: /could not find a (?:suitable )?(?:server|host) (?:with|matching) target_session_attrs|none of the hosts match the target attribute/,
  },
  {
    id: "authenticate.unsupported-method",
    confidence: "certain",
    says: /channel binding (?:is )?required, but|authentication method requirement "[^"]{1,60}" failed/,
  },
];

/** Errors of the system, in libpq's, Python's and Node's words; everybody has them. */
export const systemRules: readonly TextRule[] = [
  // Python names no file: the frame above tells what was opened.
  {
    id: "encrypt.root-file-missing",
    confidence: "certain",
    says: /^FileNotFoundError: \[Errno 2\]/,
    after: /load_verify_locations|sslrootcert/,
  },
  {
    id: "encrypt.certificate-file",
    confidence: "certain",
    says: /^FileNotFoundError: \[Errno 2\]/,
    after: /load_cert_chain/,
  },
  {
    id: "reach.socket-missing",
    confidence: "certain",
    errno: "ENOENT",
    says: /^FileNotFoundError: \[Errno 2\] No such file/,
    anybody: true,
    after: /create_unix_connection|sock\.connect\(address\)/,
  },
  {
    id: "reach.socket-denied",
    confidence: "certain",
    errno: "EACCES",
    says: /^PermissionError: \[Errno 13\]/,
    anybody: true,
    after: /create_unix_connection|sock\.connect\(address\)/,
  },
  {
    id: "encrypt.root-file-missing",
    confidence: "likely",
    anybody: true,
    says: /ENOENT: no such file or directory, open '[^']{1,300}\.(?:crt|pem|cer|ca)'/,
  },
  {
    id: "reach.socket-missing",
    confidence: "certain",
    errno: "ENOENT",
    says: /\.s\.PGSQL\.\d+.{1,80}: No such file or directory|connect ENOENT [^ ]{0,200}\.s\.PGSQL\.\d+|connections on Unix domain socket "[^"]{1,200}\.s\.PGSQL\.\d+"\?|connection is bad: (?:.{0,200}: )?No such file or directory/,
  },
  {
    id: "reach.socket-denied",
    confidence: "certain",
    errno: "EACCES",
    says: /\.s\.PGSQL\.\d+.{1,80}: Permission denied|connect E(?:ACCES|PERM) [^ ]{0,200}\.s\.PGSQL\.\d+|connection is bad: (?:.{0,200}: )?Permission denied/,
  },
  {
    id: "reach.refused",
    confidence: "certain",
    errno: "ECONNREFUSED",
    anybody: true,
    says: /\bECONNREFUSED\b|Connection refused|actively refused it|Connect call failed \(|WinError 1225|\(os error 111\)|0x0000274D\/10061/,
  },
  {
    id: "reach.timeout",
    confidence: "certain",
    errno: "ETIMEDOUT",
    anybody: true,
    also: ["speak.silent"],
    says: /\bETIMEDOUT\b|Connection timed out|failed: Operation timed out|Operation timed out$|WinError 121\b|did not properly respond after a period of time|i\/o timeout|^Error: timeout expired|(?:^|[. ])TimeoutError(?:: |$)/,
  },
  {
    id: "reach.unreachable",
    confidence: "certain",
    errno: "ENETUNREACH",
    anybody: true,
    says: /\b(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)\b|No route to host|Network is unreachable|Cannot assign requested address|unreachable (?:network|host)/,
  },
  {
    id: "resolve.temporary",
    confidence: "certain",
    errno: "EAI_AGAIN",
    anybody: true,
    says: /\bEAI_AGAIN\b|Temporary failure in name resolution/,
  },
  {
    id: "resolve.not-found",
    confidence: "certain",
    errno: "ENOTFOUND",
    anybody: true,
    says: /getaddrinfo ENOTFOUND|\bENODATA\b|gaierror: .{0,60}(?:Name or service not known|nodename nor servname|No address associated|getaddrinfo failed)|Name or service not known|nodename nor servname provided|No such host is known|no such host$/,
  },
  {
    id: "read.invalid",
    confidence: "likely",
    anybody: true,
    says: /TypeError(?: \[ERR_INVALID_URL\])?: Invalid URL|ERR_INVALID_URL/,
  },
  {
    id: "speak.closed",
    confidence: "likely",
    errno: "ECONNRESET",
    anybody: true,
    says: /\bECONNRESET\b|Connection reset by peer|ConnectionResetError|forcibly closed by the remote host/,
  },
];
