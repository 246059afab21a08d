import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { containersSource, watchEngines } from "../../electron/adapters/containers";
import { localhostAddresses } from "../../electron/adapters/detect";
import { thisMachine } from "../../electron/adapters/detect/machine";
import type { DetectSource } from "../../electron/use-cases/detection";
import { createScan } from "../../electron/use-cases/scan";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import type { ScanEvent } from "../../shared/ipc/messages";
import { importImage, startEngine, type TestEngine, whyNoEngine } from "./engine";
import { IMAGE } from "./situations";

const run = promisify(execFile);
const never = new AbortController().signal;
const TLS_PORT = 23760;
const CARD = "docker:quiet";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aksara-home-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Environment = Readonly<Record<string, string>>;

async function scan(environment: Environment, more: readonly DetectSource[] = []) {
  const machine = thisMachine({ environment: { HOME: folder, ...environment } });
  const events: ScanEvent[] = [];
  const useCase = createScan({
    registry: createServerRegistry(),
    sources: [containersSource(machine), ...more],
    probe: machine.probe,
    osUser: machine.userName,
    localhost: localhostAddresses,
  });
  const outcome = await useCase.run({ emit: (event) => events.push(event), signal: never });
  return { ...outcome, events, ids: outcome.servers.map(({ id }) => id) };
}

/** Does something with the rights of a user who is in no group that matters; the tests run as root. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const nobody = 65534;
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([nobody]);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(groups);
  }
}

/** A certificate authority, a server's and a client's certificate, as dockerd's manual makes them. */
async function makeCertificates(where: string): Promise<void> {
  const openssl = (...words: string[]) => run("openssl", words, { cwd: where });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  await openssl("req", "-x509", ...key, "-keyout", "ca-key.pem", "-out", "ca.pem", "-subj", "/CN=test authority");
  for (const [name, use] of [
    ["server", "serverAuth"],
    ["client", "clientAuth"],
  ]) {
    const extensions = `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${use}\n`;
    await writeFile(path.join(where, `${name}.ext`), extensions);
    await openssl("req", ...key, "-keyout", `${name}-key.pem`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days", "2"];
    await openssl("x509", "-req", "-in", `${name}.csr`, ...signed, "-out", `${name}.pem`, "-extfile", `${name}.ext`);
  }
  await run("cp", ["client.pem", "cert.pem"], { cwd: where });
  await run("cp", ["client-key.pem", "key.pem"], { cwd: where });
}

describe.runIf(whyNoEngine() === null)("engines that are there and in trouble", () => {
  let engine: TestEngine;
  let certificates: string;

  beforeAll(async () => {
    certificates = await mkdtemp(path.join(tmpdir(), "aksara-tls-"));
    await makeCertificates(certificates);
    const file = (name: string): string => path.join(certificates, name);
    const tls = ["--tlsverify", "--tlscacert", file("ca.pem"), "--tlscert", file("server.pem")];
    engine = await startEngine({
      bridge: false,
      flags: [...tls, "--tlskey", file("server-key.pem"), "-H", `tcp://127.0.0.1:${TLS_PORT}`],
    });
    await importImage(engine, IMAGE);
    const settings = ["-e", "POSTGRES_PASSWORD=x", "-p", "127.0.0.1:55470:5432"];
    await engine.docker("create", "--pull=never", "--name", "quiet", ...settings, IMAGE);
  });
  afterAll(async () => {
    await engine?.kill();
    await rm(certificates, { recursive: true, force: true });
  });

  it("is asked over tcp with the certificates of DOCKER_CERT_PATH, and refuses without them", async () => {
    const DOCKER_HOST = `tcp://127.0.0.1:${TLS_PORT}`;
    const known = await scan({ DOCKER_HOST, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certificates });
    expect(known).toMatchObject({ ids: [CARD], problems: [] });
    const unknown = await scan({ DOCKER_HOST });
    expect(unknown).toMatchObject({ ids: [], problems: [{ source: "containers" }] });
    const distrusted = await scan({ DOCKER_HOST, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: folder });
    expect(distrusted).toMatchObject({ ids: [], problems: [{ source: "containers" }] });
  });

  it("is found by the client's current context, and once although two ways lead to it", async () => {
    await engine.docker("context", "create", "elsewhere", "--docker", `host=${engine.host}`);
    const configured = path.dirname(engine.socketPath);
    const byContext = await scan({ DOCKER_CONFIG: configured, DOCKER_CONTEXT: "elsewhere" });
    expect(byContext).toMatchObject({ ids: [CARD], problems: [] });
    await run("ln", ["-s", engine.socketPath, "/run/docker.sock"]);
    const twice = await scan({ DOCKER_HOST: engine.host });
    const usual = await scan({});
    await rm("/run/docker.sock");
    expect(twice).toMatchObject({ ids: [CARD], problems: [] });
    expect(usual).toMatchObject({ ids: [CARD], problems: [] });
  });

  it("is folded when tcp and a socket lead to it, whoever answers first", async () => {
    await run("ln", ["-s", engine.socketPath, "/run/docker.sock"]);
    const DOCKER_HOST = `tcp://127.0.0.1:${TLS_PORT}`;
    const both = await scan({ DOCKER_HOST, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certificates });
    await rm("/run/docker.sock");
    expect(both).toMatchObject({ ids: [CARD], problems: [] });
  });

  describe("behind a proxy that imitates Engine 29", () => {
    // No engine above API 1.41 is in Debian 12: the proxy refuses what Engine 29 refuses, in its words.
    let proxy: Server;
    let proxyFolder: string;
    let socketPath: string;
    let refuses: (url: string) => boolean;
    beforeAll(async () => {
      proxyFolder = await mkdtemp(path.join(tmpdir(), "aksara-proxy-"));
      socketPath = path.join(proxyFolder, "docker.sock");
      proxy = createServer((asked, answer) => {
        if (refuses(asked.url ?? "")) {
          answer.statusCode = 400;
          answer.end('{"message":"client version 1.24 is too old. Minimum supported API version is 1.44"}');
          return;
        }
        const onward = request({ socketPath: engine.socketPath, method: asked.method, path: asked.url }, (got) => {
          answer.writeHead(got.statusCode ?? 502, got.headers);
          got.pipe(answer);
        });
        asked.pipe(onward);
      });
      await new Promise<void>((resolve) => proxy.listen(socketPath, resolve));
    });
    afterAll(async () => {
      proxy?.close();
      await rm(proxyFolder, { recursive: true, force: true });
    });

    it("is asked without a version where that is allowed", async () => {
      const asked: string[] = [];
      refuses = (url) => {
        asked.push(url);
        return /^\/v1\.([0-3]\d|4[0-3])\//.test(url);
      };
      expect(await scan({ DOCKER_HOST: `unix://${socketPath}` })).toMatchObject({ ids: [CARD], problems: [] });
      expect(asked.filter((url) => url.startsWith("/v"))).toEqual([]);
    });

    it("is asked with the version it names where one is demanded", async () => {
      refuses = (url) => url !== "/version" && !url.startsWith("/v1.41/");
      expect(await scan({ DOCKER_HOST: `unix://${socketPath}` })).toMatchObject({ ids: [CARD], problems: [] });
    });
  });

  it("says which group to join when this user may not ask it", async () => {
    const { ids, problems } = await asNobody(() => scan({ HOME: "/nonexistent", DOCKER_HOST: engine.host }));
    expect(ids).toEqual([]);
    expect(problems).toMatchObject([{ kind: "no-permission", message: expect.stringContaining("usermod -aG docker") }]);
  });

  it("delays nothing else while it hangs, and says so within its time", async () => {
    const other: DetectSource = {
      id: "other",
      title: "Other",
      timeLimitMs: 1000,
      explains: true,
      async *find() {
        yield { kind: "problem", problem: { source: "other", kind: "failed", message: "It spoke." } };
      },
    };
    engine.freeze();
    const { events, problems } = await scan({ DOCKER_HOST: engine.host }, [other]);
    engine.thaw();
    expect(problems).toMatchObject([{ source: "other" }, { source: "containers", kind: "timed-out" }]);
    const order = events.map(({ kind, problem }) => `${kind} ${problem?.source ?? ""}`.trim());
    expect(order.indexOf("source-done")).toBeLessThan(order.indexOf("problem containers"));
    expect(await scan({ DOCKER_HOST: engine.host })).toMatchObject({ ids: [CARD], problems: [] });
  });

  it("is stopped when only its socket is left, and is heard of when it goes", async () => {
    const stop = new AbortController();
    const changes = watchEngines(stop.signal, thisMachine({ environment: { HOME: folder, DOCKER_HOST: engine.host } }));
    await changes.next();
    const gone = changes.next();
    await engine.kill();
    expect(await gone).toMatchObject({ done: false });
    stop.abort();
    const { ids, problems } = await scan({ DOCKER_HOST: engine.host });
    expect(ids).toEqual([]);
    expect(problems).toMatchObject([{ kind: "failed", message: expect.stringContaining("does not run") }]);
  });
});
