import { SSLMODES } from "../../shared/domain/target";
import type { PostgresVersion } from "../servers/postgres";
import type { Kind } from "./world";

/** One string against one server. `@name` in it stands for a file of the world. */
export interface Cell {
  readonly server: Kind;
  readonly what: string;
  readonly user: string;
  /** Host and port: "*" is the server's port, "@silent" one that says nothing, "@socket" the socket's folder. */
  readonly at: string;
  readonly query: string;
  /** Folder of the world that is the home. */
  readonly home: string;
  /** "tls", "plain", or the id of the diagnosis. */
  readonly expected: string;
  /** First libpq that knows what the string asks for. */
  readonly since: number;
  /** Why psql comes to something else, where that is meant. */
  readonly choice?: string;
}

type Some = Partial<Omit<Cell, "server" | "query" | "expected">>;

const cell = (server: Kind, query: string, expected: string, more: Some = {}): Cell => ({
  server,
  what: query,
  user: "everyone",
  at: "localhost:*",
  query,
  home: "empty",
  since: 13,
  ...more,
  expected,
});

/** The six modes in a row, weakest first. */
const row = (server: Kind, what: string, expected: readonly string[], query = "", more: Some = {}): readonly Cell[] =>
  SSLMODES.map((mode, index) =>
    cell(server, `sslmode=${mode}${query}`, expected[index] ?? "?", { what: `${mode} · ${what}`, ...more }),
  );

const ROOT = "&sslrootcert=@ca.crt";
const [NONE, CA, NAME] = ["encrypt.not-supported", "encrypt.unknown-authority", "encrypt.name-mismatch"];
const [SELF, LATE, EARLY] = ["encrypt.self-signed", "encrypt.expired", "encrypt.not-yet-valid"];
const [RULE, ONLY_TLS, NO_ROOT] = ["authenticate.no-hba-entry", "encrypt.required", "encrypt.root-file-missing"];
const [CERT, FILE, PROTOCOL] = ["encrypt.client-certificate-required", "encrypt.certificate-file", "encrypt.protocol"];
const UNFIT = "encrypt.unfit";
const UNBOUND = "authenticate.unsupported-method";
const REJECTED = "encrypt.client-certificate-rejected";

const full = `sslmode=verify-full${ROOT}`;
const own = "&sslcert=@client.crt&sslkey=@client.key";
const certified = { user: "certified" };

const MODES: readonly Cell[] = [
  ...row("good", "root file", ["plain", "plain", "tls", "tls", "tls", "tls"], ROOT),
  ...row("good", "no root file", ["plain", "plain", "tls", "tls", NO_ROOT, NO_ROOT]),
  ...row("self-signed", "root file", ["plain", "plain", "plain", SELF, SELF, SELF], ROOT),
  ...row("self-signed", "no root file", ["plain", "plain", "tls", "tls", NO_ROOT, NO_ROOT]),
  ...row("self-signed", "root.crt at home", ["plain", "plain", "plain", SELF, SELF, SELF], "", { home: "rooted" }),
  // Whether TLS would get past the rules cannot be asked here: the certificate stops that too.
  ...row("self-signed", "TLS only", [RULE, SELF, SELF, SELF, SELF, SELF], ROOT, { user: "tlsonly" }),
  ...row("wrong name", "root file", ["plain", "plain", "tls", "tls", "tls", NAME], ROOT),
  ...row("expired", "root file", ["plain", "plain", "plain", LATE, LATE, LATE], ROOT),
  ...row("not yet valid", "root file", ["plain", "plain", "plain", EARLY, EARLY, EARLY], ROOT),
  ...row("for clients", "root file", ["plain", "plain", "plain", UNFIT, UNFIT, UNFIT], ROOT),
  ...row("Ed25519", "root file", ["plain", "plain", "tls", "tls", "tls", "tls"], ROOT),
  ...row("P-521", "root file", ["plain", "plain", "tls", "tls", "tls", "tls"], ROOT),
  ...row("RSA", "root file", ["plain", "plain", "tls", "tls", "tls", "tls"], ROOT),
  ...row("an intermediate", "root file", ["plain", "plain", "tls", "tls", "tls", "tls"], ROOT),
  ...row("no intermediate", "root file", ["plain", "plain", "plain", CA, CA, CA], ROOT),
  ...row("unknown authority", "root file", ["plain", "plain", "plain", CA, CA, CA], ROOT),
  ...row("TLS off", "root file", ["plain", "plain", "plain", NONE, NONE, NONE], ROOT),
  ...row("TLS off", "TLS only", [RULE, RULE, RULE, NONE, NONE, NONE], ROOT, { user: "tlsonly" }),
  ...row("old TLS", "root file", ["plain", "plain", "plain", PROTOCOL, PROTOCOL, PROTOCOL], ROOT),
  ...row("good", "TLS only", [ONLY_TLS, "tls", "tls", "tls", "tls", "tls"], ROOT, { user: "tlsonly" }),
  ...row("good", "plain only", ["plain", "plain", "plain", RULE, RULE, RULE], ROOT, { user: "plainonly" }),
  ...row("good", "certificate, none", [RULE, CERT, CERT, CERT, CERT, CERT], ROOT, certified),
  ...row("good", "certificate, given", [ONLY_TLS, "tls", "tls", "tls", "tls", "tls"], `${ROOT}${own}`, certified),
  ...row("good", "certificate or plain", ["plain", "plain", "plain", CERT, CERT, CERT], ROOT, { user: "either" }),
];

const NAMES: readonly Cell[] = [
  cell("good", full, "tls", { at: "127.0.0.1:*", what: "address among the names" }),
  cell("good", `${full}&hostaddr=127.0.0.1`, "tls", { at: "a.db.example:*", what: "wildcard" }),
  cell("good", `${full}&hostaddr=127.0.0.1`, NAME, { at: "a.b.db.example:*", what: "wildcard, two labels" }),
  cell("good", `${full}&hostaddr=127.0.0.1`, NAME, { at: "db.example:*", what: "wildcard, no label" }),
  cell("good", `${full}&hostaddr=127.0.0.1`, "tls", { at: "LOCALHOST:*", what: "another case" }),
  cell("good", full, "tls", { at: "[::1]:*", what: "IPv6 address among the names" }),
  cell("good", full, "tls", { at: "[0:0:0:0:0:0:0:1]:*", what: "IPv6 in another spelling" }),
  cell("good", full, "tls", { at: "127.1:*", what: "address as inet_aton reads it" }),
  cell("good", full, "tls", { at: "2130706433:*", what: "address as one number" }),
  cell("good", `${full}&hostaddr=::1`, "tls", { at: "a.db.example:*", what: "IPv6 by hostaddr" }),
  cell("good", `sslmode=require&hostaddr=127.0.0.1`, "tls", { at: "@socket:*", what: "hostaddr beside a socket" }),
  cell("good", `${full}&hostaddr=127.0.0.1`, NAME, { at: "@socket:*", what: "hostaddr beside a socket, verify-full" }),
  cell("good", "sslmode=require&hostaddr=localhost", "resolve.not-found", { what: "a name as hostaddr" }),
  cell("good", `${full}&hostaddr=127.0.0.1`, "tls", {
    at: ":*",
    what: "hostaddr alone",
    choice: "libpq wants a name to check; here the address is checked, which is as strict",
  }),
  cell("address as name", full, "tls", { at: "127.0.0.1:*", what: "address as common name" }),
  cell("address as name", full, "tls", { what: "its other name" }),
  cell("wrong name", `${full}&hostaddr=127.0.0.1`, "tls", { at: "other.example:*", what: "name by hostaddr" }),
  cell("wrong name", full, NAME, { at: "127.0.0.1:*", what: "address not among the names" }),
];

const FILES: readonly Cell[] = [
  cell("self-signed", "sslrootcert=@garbage.crt", "plain"),
  cell("good", "sslmode=require&sslrootcert=@garbage.crt", FILE),
  cell("good", "sslmode=require&sslrootcert=@nowhere.crt", "tls"),
  cell("good", "", "tls", { what: "certificate at home", home: "certified", ...certified }),
  cell("good", "sslmode=require&sslcert=@nowhere.crt&sslkey=@nowhere.key", "tls"),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@nowhere.key", FILE),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@open.key", FILE),
  cell("good", "sslcert=@client.crt&sslkey=@open.key", "plain"),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@other.key", FILE),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@rsa.key", FILE, certified),
  cell("good", "sslmode=require&sslcert=@rsa.crt&sslkey=@rsa.key", "tls", certified),
  cell("good", "sslmode=require&sslcert=@garbage.crt&sslkey=@client.key", FILE),
  cell("good", "sslcert=@garbage.crt&sslkey=@client.key", "plain"),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@locked.der&sslpassword=open%20sesame", FILE, certified),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@client.der", "tls", certified),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@locked.key", FILE, certified),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@locked.key&sslpassword=wrong", FILE, certified),
  cell("good", "sslmode=require&sslcert=@client.crt&sslkey=@locked.key&sslpassword=open%20sesame", "tls", certified),
  cell("good", "sslmode=require&sslcert=@foreign.crt&sslkey=@foreign.key", REJECTED),
  cell("good", "sslcert=@foreign.crt&sslkey=@foreign.key", REJECTED),
  cell("good", "sslcert=@foreign.crt&sslkey=@foreign.key&ssl_max_protocol_version=TLSv1.2", "plain"),
  cell("good", `sslmode=require${own}`, REJECTED, {
    what: "a certificate of another name",
    user: "either",
    choice: "psql says the same of a certificate that is missing",
  }),
  cell("good", "sslmode=require&sslcertmode=disable", CERT, { since: 16, home: "certified", ...certified }),
  cell("good", `sslmode=require&sslcertmode=require${own}`, "tls", { since: 16, ...certified }),
  cell("good", "sslmode=require&sslcertmode=require", FILE, { since: 16 }),
  ...row("good", "certificate required, none", [FILE, FILE, FILE, FILE, FILE, FILE], `${ROOT}&sslcertmode=require`, {
    since: 16,
  }),
  ...row(
    "good",
    "certificate required",
    [FILE, FILE, "tls", "tls", "tls", "tls"],
    `${ROOT}${own}&sslcertmode=require`,
    {
      since: 16,
    },
  ),
  cell("good", "sslcertmode=require", FILE, { since: 16, at: "@socket:*", what: "certificate over the socket" }),
  cell("for clients", `${ROOT.slice(1)}${own}&sslcertmode=require`, FILE, {
    since: 16,
    what: "certificate required, then in the clear",
    choice: "libpq counts the certificate of the handshake that failed for the connection in the clear after it",
  }),
  cell("good", `${full}&sslcrl=@revocations.crl`, "tls"),
  cell("revoked", full, "tls"),
  cell("revoked", `${full}&sslcrl=@revocations.crl`, "encrypt.revoked"),
  cell("revoked", `sslrootcert=@ca.crt&sslcrl=@revocations.crl`, "plain"),
  cell("revoked", `${full}&sslcrl=@nowhere.crl`, "tls"),
  cell("revoked", `${full}&sslcrl=@empty`, "tls", { what: "a folder as sslcrl" }),
  cell("revoked", `${full}&sslcrl=@broken.crl`, "tls"),
  cell("revoked", `${full}&sslcrl=@nowhere.crl&sslcrldir=@empty`, "tls", { since: 14 }),
  cell("good", `${full}&sslcrl=@ca.crt`, "encrypt.revocation-unknown"),
  cell("an intermediate", `${full}&sslcrl=@revocations.crl`, "encrypt.revocation-unknown"),
  cell("an intermediate", `${full}&sslcrl=@nobody.crl`, "tls"),
  cell("an intermediate", `${full}&sslcrl=@underneath.crl`, "encrypt.revoked"),
  cell("an intermediate", "sslmode=verify-full&sslrootcert=@intermediate.crt", CA),
  cell("no intermediate", "sslmode=verify-full&sslrootcert=@intermediate.crt", CA),
  cell("self-signed", "sslmode=verify-full&sslrootcert=@self-signed.crt", "tls"),
  cell("good", `${full}&sslcrldir=@empty`, "encrypt.revocation-unknown", { since: 14 }),
];

const REST: readonly Cell[] = [
  cell("good", "sslrootcert=system", "tls", { since: 16 }),
  cell("wrong name", "sslrootcert=system", NAME, { since: 16 }),
  cell("unknown authority", "sslmode=verify-full&sslrootcert=system", CA, { since: 16 }),
  cell("TLS off", "sslrootcert=system", NONE, { since: 16 }),
  cell("good", "sslmode=require&ssl_max_protocol_version=TLSv1.2", "tls"),
  cell("good", "sslmode=require&ssl_min_protocol_version=TLSv1.3", "tls"),
  cell("old TLS", "sslmode=require&ssl_min_protocol_version=TLSv1.3", PROTOCOL),
  cell("good", `${full}&sslsni=0`, "tls", { since: 14 }),
  cell("good", "sslmode=verify-full&sslrootcert=@nowhere.crt", "plain", { at: "@socket:*", what: "over the socket" }),
  cell("TLS off", "sslmode=require", "plain", { at: "@socket:*", what: "over the socket" }),
  cell("good", "sslmode=require", "tls", { at: "127.0.0.1:1,localhost:*", what: "the second host" }),
  cell("good", "sslmode=require", RULE, { at: "localhost:*,@socket:*", user: "plainonly", what: "no third way" }),
  cell("good", "connect_timeout=2", "tls", { at: "127.0.0.1:@silent,localhost:*", what: "a host after a silent one" }),
  cell("good", "target_session_attrs=read-write", "tls", { what: "read-write" }),
  cell("good", "target_session_attrs=read-write", "database.session-attributes", {
    user: "reader",
    what: "read-write",
  }),
  cell("good", "target_session_attrs=read-only", "tls", { user: "reader", what: "read-only", since: 14 }),
  cell("good", "target_session_attrs=standby", "database.session-attributes", { what: "standby", since: 14 }),
  cell("good", "target_session_attrs=prefer-standby", "tls", { what: "prefer-standby", since: 14 }),
  cell("good", "target_session_attrs=prefer-standby", "plain", { user: "either", what: "prefer-standby", since: 14 }),
  cell("good", "target_session_attrs=standby", "database.session-attributes", {
    user: "either",
    what: "standby",
    since: 14,
  }),
  cell("good", "", "tls", { user: "worded:right", what: "password" }),
  cell("good", "channel_binding=require", "tls", { user: "worded:right" }),
  cell("good", "channel_binding=disable", "tls", { user: "worded:right" }),
  cell("good", "require_auth=scram-sha-256", "tls", { since: 16, user: "worded:right" }),
  cell("good", "require_auth=!md5,!password", "tls", { since: 16, user: "worded:right" }),
  cell("good", "sslmode=require&require_auth=md5,none", UNBOUND, { since: 16, user: "worded:right" }),
  cell("good", "sslmode=require&require_auth=none", "tls", { since: 16 }),
  cell("good", "sslmode=require&require_auth=!none", UNBOUND, { since: 16 }),
  cell("good", "sslmode=require&require_auth=scram-sha-256", UNBOUND, { since: 16 }),
  cell("good", "gssencmode=require", "encrypt.failed"),
  cell("good", "gssencmode=require&sslmode=disable", "encrypt.failed"),
  cell("good", "gssencmode=prefer", "tls"),
  cell("good", "channel_binding=require&sslmode=require", UNBOUND),
  cell("good", "channel_binding=require&sslmode=disable", UNBOUND),
  cell("good", "sslmode=allow", "plain", { user: "worded:wrong", what: "password" }),
  cell("good", "", "authenticate.password-rejected", {
    user: "worded:wrong",
    what: "wrong password, plain is open",
    choice: "a password that was refused is not sent again: libpq tries in the clear, and there none is asked for",
  }),
];

const direct = (version: PostgresVersion): readonly Cell[] => {
  const understood = (expected: string): string => (version >= 17 ? expected : "encrypt.direct-not-supported");
  const string = "sslnegotiation=direct&";
  return [
    cell("good", `${string}sslmode=require`, understood("tls"), { since: 17 }),
    cell("good", `${string}${full}`, understood("tls"), { since: 17, what: "direct · verify-full" }),
    cell("wrong name", `${string}${full}`, understood(NAME), { since: 17, what: "direct · verify-full" }),
    cell("TLS off", `${string}sslmode=require`, "encrypt.direct-not-supported", { since: 17 }),
    cell("good", `sslmode=require&sslnegotiation=postgres`, "tls", { since: 17 }),
  ];
};

/** Every cell for a version of the server. */
export const cellsFor = (version: PostgresVersion): readonly Cell[] => [
  ...MODES,
  ...NAMES,
  ...FILES,
  ...REST,
  ...direct(version),
];
