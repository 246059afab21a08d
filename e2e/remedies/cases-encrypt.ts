import { writeFileSync } from "node:fs";
import path from "node:path";
import { probePostgres } from "../../electron/adapters/postgres/probe";
import { at } from "../diagnose/case";
import { selfSigned } from "../servers/certificate";
import type { TestServer } from "../servers/postgres";
import type { Clear, RemedyCase } from "./case";

const beside = (server: TestServer, name: string): string => path.join(path.dirname(server.dataDirectory), name);
const other = selfSigned("other.example");
const stranger = selfSigned("app");

/** Sets what the configuration says and waits until `holds`; reset afterwards. */
async function configured(
  server: TestServer,
  settings: Readonly<Record<string, string>>,
  hasTls: boolean,
): Promise<Clear> {
  const settle = async (tls: boolean): Promise<void> => {
    const [before] = await server.sql("postgres", "SELECT pg_conf_load_time()::text AS loaded");
    await server.sql("postgres", "SELECT pg_reload_conf()");
    await untilReloaded(server, String(before?.loaded));
    const answer = await probePostgres({ host: server.host, port: server.port }, 5_000);
    if (answer.kind !== "postgresql" || answer.tls !== tls) throw new Error("TLS is not as it was set");
  };
  for (const [name, value] of Object.entries(settings))
    await server.sql("postgres", `ALTER SYSTEM SET ${name} = ${value}`);
  await settle(hasTls);
  return async () => {
    for (const name of Object.keys(settings)) await server.sql("postgres", `ALTER SYSTEM RESET ${name}`);
    await settle(true);
  };
}

/** Each session is a new one: it has what its postmaster had read when it began. */
async function untilReloaded(server: TestServer, before: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const [now] = await server.sql("postgres", "SELECT pg_conf_load_time()::text AS loaded");
    if (now?.loaded !== before) return;
  }
  throw new Error("the server does not read its configuration");
}

const withoutTls = (server: TestServer): Promise<Clear> => configured(server, { ssl: "off" }, false);

/** The server shows a certificate of an authority, and the authority's own. */
const withChain = (server: TestServer): Promise<Clear> =>
  configured(server, { ssl_cert_file: "'chain.crt'", ssl_key_file: "'chain.key'" }, true);

const clientFiles = async (server: TestServer): Promise<Clear> => {
  writeFileSync(beside(server, "stranger.crt"), stranger.certificate);
  writeFileSync(beside(server, "stranger.key"), stranger.key, { mode: 0o600 });
  return async () => {};
};

const otherRoot = async (server: TestServer): Promise<Clear> => {
  writeFileSync(beside(server, "other.crt"), other.certificate);
  return async () => {};
};

/** Encryption and certificates. */
export const ENCRYPT: readonly RemedyCase[] = [
  {
    name: "the server wants TLS: encrypt",
    expected: "encrypt.required",
    remedy: "sslmode-require",
    dsn: (s) => at(s, "tlsonly:right", "open", "?sslmode=disable"),
  },
  {
    name: "the server's rules want none: do not encrypt",
    expected: "authenticate.no-hba-entry",
    remedy: "sslmode-disable",
    dsn: (s) => at(s, "plainonly:right", "open", "?sslmode=require"),
  },
  {
    name: "the server has no TLS: encrypt where it can",
    expected: "encrypt.not-supported",
    remedy: "sslmode-prefer",
    dsn: (s) => at(s, "app:right", "app", "?sslmode=require"),
    breaks: withoutTls,
  },
  {
    name: "the server has no TLS: turn it on",
    expected: "encrypt.not-supported",
    remedy: "turn-tls-on",
    dsn: (s) => at(s, "app:right", "app", "?sslmode=require"),
    breaks: withoutTls,
    shows: [/^ALTER SYSTEM SET ssl = on$/, /^SELECT pg_reload_conf\(\)$/],
  },
  {
    name: "its own certificate is trusted",
    expected: "encrypt.self-signed",
    remedy: "trust-certificate",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-ca&sslrootcert=${beside(s, "other.crt")}`),
    breaks: otherRoot,
    shows: [/SHA-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}\n.*127\.0\.0\.1\.crt$/],
  },
  {
    name: "its authority is trusted",
    expected: "encrypt.unknown-authority",
    remedy: "trust-certificate",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-ca&sslrootcert=${beside(s, "other.crt")}`),
    breaks: async (server) => {
      await otherRoot(server);
      return withChain(server);
    },
    shows: [/^# The test's authority, SHA-256 /],
  },
  {
    name: "nobody looks at the certificate",
    expected: "encrypt.self-signed",
    remedy: "encrypt-only",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-ca&sslrootcert=${beside(s, "other.crt")}`),
    breaks: otherRoot,
  },
  {
    name: "no file of trusted certificates: encrypt without it",
    expected: "encrypt.root-file-missing",
    remedy: "encrypt-only",
    dsn: (s) => at(s, "app:right", "app", "?sslmode=verify-full&sslrootcert=/nowhere/root.crt"),
  },
  {
    name: "the certificate's name",
    expected: "encrypt.name-mismatch",
    remedy: "use-name-1",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-full&sslrootcert=${beside(s, "authority.crt")}`),
    breaks: withChain,
  },
  {
    name: "the authority without the name",
    expected: "encrypt.name-mismatch",
    remedy: "sslmode-verify-ca",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-full&sslrootcert=${beside(s, "root.crt")}`),
  },
  {
    name: "a client certificate nobody trusts is left out",
    expected: "encrypt.client-certificate-rejected",
    remedy: "no-client-certificate",
    dsn: (s) =>
      at(
        s,
        "app:right",
        "app",
        `?sslmode=require&sslcert=${beside(s, "stranger.crt")}&sslkey=${beside(s, "stranger.key")}`,
      ),
    breaks: clientFiles,
  },
  {
    name: "TLS from the first byte is too new for it",
    expected: "encrypt.direct-not-supported",
    remedy: "no-direct",
    dsn: (s) => at(s, "app:right", "app", "?sslmode=require&sslnegotiation=direct"),
    versions: (version) => version < 17,
  },
];
