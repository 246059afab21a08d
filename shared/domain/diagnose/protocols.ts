/** What else answers on a port, by the first bytes it sends; one entry a protocol. `bytes` is latin1. */
const PROTOCOLS: readonly { readonly name: string; readonly matches: (bytes: string) => boolean }[] = [
  { name: "an SSH server", matches: (bytes) => bytes.startsWith("SSH-") },
  { name: "a web server (HTTP)", matches: (bytes) => /^HTTP\/\d/.test(bytes) || /^\s*<(!doctype|html)/i.test(bytes) },
  // Handshake packet: 3 bytes of length, sequence 0, protocol 10; or an error packet 0xff there.
  { name: "MySQL or MariaDB", matches: (bytes) => bytes[3] === "\x00" && (bytes[4] === "\x0a" || bytes[4] === "\xff") },
  { name: "Redis", matches: (bytes) => /^(\+PONG|-(ERR|NOAUTH|DENIED|WRONGPASS)\b)/.test(bytes) },
  { name: "memcached", matches: (bytes) => /^(CLIENT_)?ERROR\b.*\r\n/.test(bytes) },
  { name: "a mail server (SMTP)", matches: (bytes) => /^220[ -].*(E?SMTP|mail)/i.test(bytes) },
  { name: "an FTP server", matches: (bytes) => /^220[ -]/.test(bytes) },
  { name: "a mail server (IMAP)", matches: (bytes) => bytes.startsWith("* OK") },
  { name: "a mail server (POP3)", matches: (bytes) => bytes.startsWith("+OK") },
  { name: "RabbitMQ (AMQP)", matches: (bytes) => bytes.startsWith("AMQP") },
  { name: "a screen-sharing server (VNC)", matches: (bytes) => bytes.startsWith("RFB ") },
  {
    name: "a server that speaks TLS from the first byte",
    // A record: alert (21) or handshake (22), then version 3.0 to 3.4 (RFC 8446, section 5.1).
    matches: (bytes) => [21, 22].includes(bytes.charCodeAt(0)) && bytes.charCodeAt(1) === 3 && bytes.charCodeAt(2) <= 4,
  },
];

/** Names the protocol of the first bytes ("an SSH server"); null when it is none of those known. */
export const nameProtocol = (bytes: string): string | null =>
  PROTOCOLS.find((protocol) => protocol.matches(bytes))?.name ?? null;

/** The first bytes for people: printable characters, everything else as a dot, at most 60. */
export const showBytes = (bytes: string): string => bytes.slice(0, 60).replace(/[^\x20-\x7e]/g, ".");
