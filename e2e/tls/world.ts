import { createPrivateKey } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import path from "node:path";
import { createAuthority, selfSigned, type TestCertificate } from "../servers/certificate";
import { type PostgresVersion, startPostgres, type TestServer } from "../servers/postgres";

const authority = createAuthority("Test authority");
const stranger = createAuthority("Unknown authority");
const between = createAuthority("Intermediate authority", authority);
const HERE = ["DNS:localhost", "DNS:*.db.example", "IP:127.0.0.1", "IP:::1"];
const underIt = between.sign({ commonName: "localhost", names: HERE });

/** The certificates a server shows, by what is the matter with them. */
const CERTIFICATES = {
  good: authority.sign({ commonName: "localhost", names: HERE }),
  "self-signed": selfSigned("localhost", HERE),
  "wrong name": authority.sign({ commonName: "localhost", names: ["DNS:other.example"] }),
  expired: authority.sign({ commonName: "localhost", names: HERE, days: [-9, -2] }),
  "not yet valid": authority.sign({ commonName: "localhost", names: HERE, days: [2, 9] }),
  "unknown authority": stranger.sign({ commonName: "localhost", names: HERE }),
  revoked: authority.sign({ commonName: "localhost", names: HERE }),
  "an intermediate": { ...underIt, certificate: `${underIt.certificate}${between.certificate}` },
  "no intermediate": underIt,
  Ed25519: authority.sign({ commonName: "localhost", names: HERE, key: "Ed25519" }),
  "P-521": authority.sign({ commonName: "localhost", names: HERE, key: "P-521" }),
  RSA: authority.sign({ commonName: "localhost", names: HERE, key: "RSA" }),
  "for clients": authority.sign({
    commonName: "localhost",
    names: HERE,
    extensions: ["extendedKeyUsage=clientAuth"],
  }),
  "address as name": authority.sign({ commonName: "127.0.0.1", names: ["DNS:localhost"] }),
} satisfies Record<string, TestCertificate>;

const client = authority.sign({ commonName: "certified" });
const foreign = stranger.sign({ commonName: "certified" });
const PASSPHRASE = "open sesame";
const nobody = `${authority.revoke()}${between.revoke()}`;
const revocations = authority.revoke(CERTIFICATES.revoked.certificate);
const underneath = `${revocations}${between.revoke(underIt.certificate)}`;
const ofRsa = authority.sign({ commonName: "certified", key: "RSA" });
for (const one of [authority, stranger, between]) one.remove();

export type Kind = keyof typeof CERTIFICATES | "old TLS" | "TLS off";
export const KINDS = [...(Object.keys(CERTIFICATES) as Kind[]), "old TLS", "TLS off"] as const;

const settingsOf = (kind: Kind): Readonly<Record<string, string>> => ({
  ssl: kind === "TLS off" ? "off" : "on",
  ssl_cert_file: kind in CERTIFICATES ? `${kind}.crt` : "good.crt",
  ssl_key_file: kind in CERTIFICATES ? `${kind}.key` : "good.key",
  ssl_min_protocol_version: kind === "old TLS" ? "TLSv1" : "TLSv1.2",
  ssl_max_protocol_version: kind === "old TLS" ? "TLSv1.1" : "",
});

const ROLES = ["everyone", "tlsonly", "plainonly", "certified", "either", "worded", "reader"];
const HBA = [
  "local all all trust",
  "hostssl all tlsonly all trust",
  "hostnossl all plainonly all trust",
  "hostssl all certified all cert",
  "hostssl all either all cert",
  "hostnossl all either all trust",
  "hostssl all worded all scram-sha-256",
  "hostnossl all worded all trust",
  "host all everyone,reader all trust",
];

/** Files a string may name: all of them lie in one folder, and three home folders beside them. */
function layOut(folder: string): void {
  const put = (name: string, text: string, mode = 0o600): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  put("ca.crt", authority.certificate);
  put("garbage.crt", "no certificate\n");
  put("intermediate.crt", between.certificate);
  put("self-signed.crt", CERTIFICATES["self-signed"].certificate);
  put("revocations.crl", revocations);
  put("nobody.crl", nobody);
  put("underneath.crl", underneath);
  put("broken.crl", `${nobody}-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n`);
  put("client.crt", client.certificate);
  put("client.key", client.key);
  put("open.key", client.key, 0o644);
  put("rsa.crt", ofRsa.certificate);
  put("rsa.key", ofRsa.key);
  put("other.key", foreign.key);
  const key = createPrivateKey(client.key);
  put("locked.key", `${key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE })}`);
  writeFileSync(path.join(folder, "client.der"), key.export({ type: "sec1", format: "der" }), { mode: 0o600 });
  const locked = key.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: PASSPHRASE });
  writeFileSync(path.join(folder, "locked.der"), locked, { mode: 0o600 });
  put("foreign.crt", foreign.certificate);
  put("foreign.key", foreign.key);
  mkdirSync(path.join(folder, "empty"), { recursive: true });
  put("rooted/.postgresql/root.crt", authority.certificate);
  put("certified/.postgresql/root.crt", authority.certificate);
  put("certified/.postgresql/postgresql.crt", client.certificate);
  put("certified/.postgresql/postgresql.key", client.key);
}

/** One server that can be made to show any certificate, and the files beside it. */
export interface TlsWorld {
  readonly server: TestServer;
  /** Port on 127.0.0.1 that takes connections and never says a word. */
  readonly silentPort: number;
  readonly folder: string;
  become(kind: Kind): Promise<void>;
  remove(): Promise<void>;
}

/** Accepts and says nothing; gives its port and a way to end it. */
async function startSilence(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const held = new Set<Socket>();
  const silent = createServer((socket) => {
    held.add(socket);
    socket
      .on("error", () => {})
      .on("close", () => held.delete(socket))
      .resume();
  });
  await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    stop: () => {
      silent.close();
      for (const socket of held) socket.destroy();
    },
  };
}

export async function startTlsWorld(version: PostgresVersion): Promise<TlsWorld> {
  const files: Record<string, string> = { "ca.crt": authority.certificate };
  for (const [name, { key, certificate }] of Object.entries(CERTIFICATES)) {
    files[`${name}.key`] = key;
    files[`${name}.crt`] = certificate;
  }
  const server = await startPostgres({
    version,
    hba: HBA,
    config: { ...settingsOf("good"), ssl_ca_file: "ca.crt", listen_addresses: "127.0.0.1,::1" },
    files,
  });
  for (const role of ROLES) await server.sql("postgres", `CREATE ROLE ${role} LOGIN PASSWORD 'right'`);
  await server.sql("postgres", "ALTER ROLE reader SET default_transaction_read_only = on");
  const folder = path.join(path.dirname(server.dataDirectory), "files");
  layOut(folder);
  const silence = await startSilence();
  let now: Kind = "good";
  return {
    server,
    silentPort: silence.port,
    folder,
    async become(kind) {
      if (kind === now) return;
      for (const [name, value] of Object.entries(settingsOf(kind))) {
        await server.sql("postgres", `ALTER SYSTEM SET ${name} = '${value}'`);
      }
      await server.restart();
      now = kind;
    },
    async remove() {
      silence.stop();
      await server.remove();
    },
  };
}
