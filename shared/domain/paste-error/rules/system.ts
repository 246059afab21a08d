import type { TextRule } from "../text-rule";

/** Errors of the system, in libpq's, Python's and Node's words; everybody has them. */
export const systemRules: readonly TextRule[] = [
  // Python names no file: the frame above tells what was opened.
  {
    id: "encrypt.root-file-missing",
    confidence: "certain",
    says: /\bFileNotFoundError: \[Errno 2\]/,
    after: /load_verify_locations|sslrootcert/,
  },
  {
    id: "encrypt.certificate-file",
    confidence: "certain",
    says: /\bFileNotFoundError: \[Errno 2\]/,
    after: /load_cert_chain/,
  },
  {
    id: "reach.socket-missing",
    confidence: "certain",
    errno: "ENOENT",
    says: /\bFileNotFoundError: \[Errno 2\] No such file/,
    anybody: true,
    after: /create_unix_connection|sock\.connect\(address\)/,
  },
  {
    id: "reach.socket-denied",
    confidence: "certain",
    errno: "EACCES",
    says: /\bPermissionError: \[Errno 13\]/,
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
    says: /\.s\.PGSQL\.\d+.{1,80}: No such file or directory|connect ENOENT [^ ]{0,200}\.s\.PGSQL\.\d+|could not connect to server: No such file or directory|connection is bad: (?:.{0,200}: )?No such file or directory/,
  },
  {
    id: "reach.socket-denied",
    confidence: "certain",
    errno: "EACCES",
    says: /\.s\.PGSQL\.\d+.{1,80}: Permission denied|connect E(?:ACCES|PERM) [^ ]{0,200}\.s\.PGSQL\.\d+|could not connect to server: Permission denied|connection is bad: (?:.{0,200}: )?Permission denied/,
  },
  {
    id: "reach.refused",
    confidence: "certain",
    errno: "ECONNREFUSED",
    anybody: true,
    says: /\bECONNREFUSED\b|\[Errno (?:111|61|10061)\]|[Cc]onnection refused|Connection to \S{1,260}:\d{1,5} refused|actively refused it|(?<!\] )Connect call failed \(|WinError (?:1225|10061)\b|\(os error 111\)|0x0000274D\/10061/,
  },
  {
    id: "reach.timeout",
    confidence: "certain",
    errno: "ETIMEDOUT",
    anybody: true,
    also: ["speak.silent"],
    says: /\bETIMEDOUT\b|\[Errno (?:110|60|10060)\]|0x0000274C\/10060|Connection timed out|failed: Operation timed out|Operation timed out$|WinError (?:121|10060)\b|did not properly respond after a period of time|i\/o timeout|\bError: timeout expired/,
  },
  // Python's own clocks measure anything.
  {
    id: "reach.timeout",
    confidence: "certain",
    errno: "ETIMEDOUT",
    anybody: "named",
    also: ["speak.silent"],
    says: /(?:^|[^\w'"])TimeoutError:?[\s"'}\],]*(?:$|",")/,
  },
  {
    id: "reach.unreachable",
    confidence: "certain",
    errno: "ENETUNREACH",
    anybody: true,
    says: /\b(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)\b|\[Errno (?:113|101|99|65|51|49|10051|10065)\]|0x00002751\/10065|0x00002743\/10051|WinError (?:1231|1232|10051|10065)\b|No route to host|Network is unreachable|Cannot assign requested address|unreachable (?:network|host)/,
  },
  {
    id: "resolve.temporary",
    confidence: "certain",
    errno: "EAI_AGAIN",
    anybody: true,
    says: /\bEAI_AGAIN\b|Temporary failure in name resolution|\blookup \S{1,260} on \S{1,80}: (?:server misbehaving|read udp)|UnknownHostException: \S{1,260}: Temporary failure/,
  },
  {
    id: "resolve.not-found",
    confidence: "certain",
    errno: "ENOTFOUND",
    anybody: true,
    says: /getaddrinfo ENOTFOUND|\bENODATA\b|gaierror: .{0,60}(?:Name or service not known|nodename nor servname|No address associated|getaddrinfo failed)|Name or service not known|nodename nor servname provided|\[Errno 11001\] getaddrinfo failed|No such host is known|no such host\)?$|java\.net\.UnknownHostException: |UnknownHostException\b/,
  },
  {
    id: "read.unknown-parameter",
    confidence: "certain",
    anybody: true,
    says: /connect\(\) got an unexpected keyword argument '/,
  },
  {
    id: "read.invalid",
    confidence: "certain",
    anybody: true,
    says: /port must be 0-65535|Port (?:out of range|could not be cast)|Invalid IPv6 URL/,
  },
  {
    id: "read.invalid",
    confidence: "certain",
    after:
      /[/\\](?:asyncpg[/\\]connect_utils|dj_database_url|environ[/\\]environ|sqlalchemy[/\\]engine[/\\]url)\b|\.port\b/,
    anybody: true,
    says: /ValueError: invalid literal for int\(\) with base 10: '/,
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
    says: /\bECONNRESET\b|Connection terminated unexpectedly|Connection reset by peer|ConnectionResetError|forcibly closed by the remote host/,
  },
];
