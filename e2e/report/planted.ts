import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { selfSigned } from "../servers/certificate";
import { allSpellings, CANARIES } from "./canaries";
import { startEngine } from "./planted-engine";

/** A computer with something private in every place that a report could take from. */
export interface Planted {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  readonly project: string;
  readonly port: number;
  /** Connection strings that fail each in its own way, with what they are to reach. */
  readonly strings: Readonly<Record<string, string>>;
  /** The project's own string. */
  readonly envUrl: string;
  remove(): Promise<void>;
}

const encoded = encodeURIComponent;

/** ErrorResponse with a message of its own: no real server repeats a password, one that does shows what is taken out. */
function refusal(message: string, detail: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C28P01\0M${message}\0D${detail}\0Rauth_failed\0\0`, "utf8");
  const head = Buffer.from("E\0\0\0\0", "latin1");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** A server with a certificate that repeats everything there is to know, in every spelling. */
async function startParrot(more: readonly string[]): Promise<{ readonly port: number; close(): Promise<void> }> {
  const pair = selfSigned(CANARIES.certificateSubject, [`DNS:${CANARIES.certificateName}`, `IP:${CANARIES.address}`]);
  const texts = [...Object.values(CANARIES), ...more].flatMap(allSpellings);
  const message = `password authentication failed for "${texts.join('" and ')}"; ${texts.join(" ")}; log: ${texts.join("|")}`;
  const held = new Set<Socket>();
  const answer = (socket: Socket): void => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(refusal(message.slice(0, 20_000), texts.join(", ").slice(0, 8_000))));
  };
  const inner = createTlsServer({ key: pair.key, cert: pair.certificate }, answer);
  inner.on("tlsClientError", () => {});
  const server = createServer((socket) => {
    held.add(socket);
    socket.on("error", () => {});
    socket.once("data", (asked: Buffer) => {
      if (asked.length !== 8) return void socket.end(refusal(message.slice(0, 20_000), ""));
      socket.write("S");
      inner.emit("connection", socket);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    async close() {
      for (const socket of held) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Plants every canary in its place. */
export async function plant(): Promise<Planted> {
  const around = mkdtempSync(path.join(tmpdir(), "aksara-planted-"));
  chmodSync(around, 0o755);
  const home = path.join(around, CANARIES.home);
  const project = path.join(home, CANARIES.project);
  mkdirSync(project, { recursive: true });
  const parrot = await startParrot([home, project]);
  const containers = await startEngine(around, parrot.port);
  const { port } = parrot;
  const envUrl = `postgresql://${CANARIES.stringUser}:${encoded(CANARIES.envPassword)}@127.0.0.1:${port}/${CANARIES.stringDatabase}`;
  const put = (file: string, text: string, mode = 0o600): void => writeFileSync(file, text, { mode });
  put(
    path.join(project, ".env"),
    [
      `# ${CANARIES.envComment} PASSWORD=${CANARIES.envToken}`,
      `DATABASE_URL=${envUrl}`,
      `STRIPE_SECRET_KEY=${CANARIES.envToken}`,
      `AKSARA_POOL_MIN_SIZE=3`,
      `AKSARA_POOL_MAX_SIZE=11`,
      `AKSARA_STUDIO_SECRET_TOKEN=${CANARIES.envToken}`,
      `MY_SETTING=${CANARIES.envSetting}`,
      `REDIS_URL=redis://:${encoded(CANARIES.otherUrlPassword)}@${CANARIES.otherUrlHost}:6379`,
      `${CANARIES.envSetting}`,
      "",
    ].join("\n"),
  );
  put(
    path.join(project, "pyproject.toml"),
    `[project]\nname = "${CANARIES.project}"\ndependencies = ["aksara-framework"]\n`,
  );
  put(
    path.join(project, "main.py"),
    [
      "from aksara import Aksara",
      `# ${CANARIES.envComment}`,
      `FALLBACK = "postgresql://${CANARIES.mainUser}:${encoded(CANARIES.mainPassword)}@${CANARIES.mainHost}/x"`,
      "app = Aksara(database_url=settings.database_url, min_pool_size=5, max_pool_size=47)",
      "",
    ].join("\n"),
  );
  put(
    path.join(home, ".pgpass"),
    `${CANARIES.passfileHost}:5432:*:${CANARIES.passfileUser}:${CANARIES.passfilePassword}\n` +
      `127.0.0.1:*:*:${CANARIES.passfileUser}:${CANARIES.passfilePassword}\n`,
  );
  put(
    path.join(home, ".pg_service.conf"),
    `[${CANARIES.serviceName}]\nhost=${CANARIES.serviceHost}\npassword=${CANARIES.servicePassword}\nuser=${CANARIES.variableUser}\n`,
  );
  const query = `application_name=${CANARIES.stringParameter}&options=${encoded(`-c search_path=${CANARIES.stringOptions}`)}&sslrootcert=${encoded(CANARIES.rootCertificate)}&sslpassword=${encoded(CANARIES.keyPassword)}`;
  const signIn = `${CANARIES.stringUser}:${encoded(CANARIES.stringPassword)}`;
  const here = `127.0.0.1:${port}/${CANARIES.stringDatabase}`;
  return {
    home,
    project,
    port,
    envUrl,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: home,
      USER: CANARIES.osUser,
      AKSARA_DATABASE_SETUP_HOME: path.join(home, "data"),
      DOCKER_HOST: `unix://${containers.socket}`,
      PGPASSWORD: CANARIES.variablePassword,
      PGAPPNAME: CANARIES.stringParameter,
      DATABASE_URL: `postgresql://${CANARIES.variableUser}:${encoded(CANARIES.otherUrlPassword)}@${CANARIES.otherUrlHost}/x`,
      DEPLOY_TOKEN: CANARIES.variableToken,
    },
    strings: {
      "a server that repeats it all": `postgresql://${signIn}@${here}?sslmode=disable&application_name=${CANARIES.stringParameter}`,
      "a certificate that does not fit": `postgresql://${signIn}@${here}?sslmode=verify-full&${query}`,
      "TLS, then the same": `postgresql://${signIn}@${here}?sslmode=require`,
      "no such host": `postgresql://${signIn}@${CANARIES.stringHost}:5432/${CANARIES.stringDatabase}`,
      "a password with raw signs": `postgresql://${CANARIES.stringUser}:${CANARIES.stringPassword}@${here}`,
      "a scheme of another kind": `mysql://${signIn}@${here}?x=${CANARIES.stringParameter}`,
      "a parameter nobody knows": `postgresql://${signIn}@${here}?${CANARIES.stringParameter}=${CANARIES.stringOptions}&sslmode=${CANARIES.stringOptions}`,
      "a service": `postgresql:///${CANARIES.stringDatabase}?service=${CANARIES.serviceName}`,
      "a password from the password file": `postgresql://${CANARIES.passfileUser}@${here}?sslmode=disable`,
      "keywords and values": `host=127.0.0.1 port=${port} user=${CANARIES.stringUser} password='${CANARIES.stringPassword}' dbname=${CANARIES.stringDatabase}`,
      "an address": `postgresql://${signIn}@[${CANARIES.addressSix}]:${port}/${CANARIES.stringDatabase}?connect_timeout=2`,
      "a socket at home": `postgresql://${signIn}@${encoded(home)}/${CANARIES.stringDatabase}`,
    },
    async remove() {
      await parrot.close();
      await containers.close();
      rmSync(around, { recursive: true, force: true });
    },
  };
}
