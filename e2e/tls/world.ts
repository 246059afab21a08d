import { createPrivateKey } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import path from "node:path";
import { createWireConnector } from "../../electron/adapters/postgres/connector";
import { answersPostgres, hearLine } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createDiagnose } from "../../electron/use-cases/diagnose";
import { openDsn } from "../../electron/use-cases/open-dsn";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import { err, problem } from "../../shared/domain/result";
import { createAuthority, selfSigned, type TestCertificate } from "../servers/certificate";
import { type PostgresVersion, startPostgres, type TestServer } from "../servers/postgres";

const authority = createAuthority("Test authority");
const stranger = createAuthority("Unknown authority");
const HERE = ["DNS:localhost", "DNS:*.db.example", "IP:127.0.0.1"];

/** The certificates a server shows, by what is the matter with them. */
const CERTIFICATES = {
  good: authority.sign({ commonName: "localhost", names: HERE }),
  "self-signed": selfSigned("localhost", HERE),
  "wrong name": authority.sign({ commonName: "localhost", names: ["DNS:other.example"] }),
  expired: authority.sign({ commonName: "localhost", names: HERE, days: [-9, -2] }),
  "not yet valid": authority.sign({ commonName: "localhost", names: HERE, days: [2, 9] }),
  "unknown authority": stranger.sign({ commonName: "localhost", names: HERE }),
  revoked: authority.sign({ commonName: "localhost", names: HERE }),
  "address as name": authority.sign({ commonName: "127.0.0.1", names: ["DNS:localhost"] }),
} satisfies Record<string, TestCertificate>;

const client = authority.sign({ commonName: "certified" });
const foreign = stranger.sign({ commonName: "certified" });
const PASSPHRASE = "open sesame";
const revocations = authority.revoke(CERTIFICATES.revoked.certificate);
authority.remove();
stranger.remove();

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
  put("revocations.crl", revocations);
  put("client.crt", client.certificate);
  put("client.key", client.key);
  put("open.key", client.key, 0o644);
  put("other.key", foreign.key);
  const key = createPrivateKey(client.key);
  put("locked.key", `${key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE })}`);
  writeFileSync(path.join(folder, "client.der"), key.export({ type: "sec1", format: "der" }), { mode: 0o600 });
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
    config: { ...settingsOf("good"), ssl_ca_file: "ca.crt" },
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

const SSL = "SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()";

/** What our own connections make of a string: "tls", "plain", or the id of the diagnosis. */
export async function askOurs(dsn: string, home: string, bundle: string): Promise<string> {
  const signal = new AbortController().signal;
  const connector = createWireConnector({ home, bundle });
  const opened = await openDsn(dsn, { connector, osUser: "nobody-here", timeoutMs: 20_000, signal });
  if (opened.ok) {
    const { session } = opened.value;
    const answer = await session.query(SSL);
    await session.end();
    return answer.ok && answer.value[0]?.ssl === true ? "tls" : "plain";
  }
  const diagnose = createDiagnose({
    registry: createServerRegistry(),
    openWire: createOpenWire({ home, bundle }),
    answersPostgres,
    hearLine,
    openAdministrator: async () => err(problem("no-permission", "Nobody is signed in.")),
    prepareServer: async () => err(problem("no-permission", "No.")),
    secrets: { newPassword: () => "unused", verifier: () => null },
    env: {},
    osUser: "nobody-here",
  });
  const { report } = await diagnose.run(dsn, { emit: () => {}, signal });
  return report.diagnosis?.id ?? "(it connects after all)";
}
