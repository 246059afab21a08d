import { execFile } from "node:child_process";
import { mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Changes, scanHere } from "../../../e2e/machines/scan";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../../../e2e/servers/debian-cluster";
import { startPostgres, type TestServer } from "../../../e2e/servers/postgres";
import { endpointText } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import { createInstallationControl } from "../installation-control";
import { INSTALLERS, thisMachine } from ".";

const never = new AbortController().signal;
const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aksara-detect-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const scan = (more: Changes = {}) => scanHere(folder, more);

describe.runIf(whyNoDebianCluster() === null)("Debian clusters", () => {
  let cluster: DebianCluster;
  beforeAll(async () => {
    cluster = await createDebianCluster({ running: false });
  });
  afterAll(() => cluster.drop());

  it("finds a stopped cluster, agrees with pg_lsclusters, and starts it by what it shows", async () => {
    const { find } = await scan();
    const server = find(cluster.id);
    const { stdout } = await run("pg_lsclusters", ["-h"]);
    const line = stdout.split("\n").find((text) => text.split(/\s+/)[1] === cluster.name);
    const [version, , port, status, , dataDirectory] = line?.split(/\s+/) ?? [];
    expect(status).toBe("down");
    expect(server).toMatchObject({
      label: `apt · cluster ${version}/${cluster.name}`,
      state: "stopped",
      dataDirectory,
      endpoints: [
        { host: "127.0.0.1", port: Number(port) },
        { socketDirectory: "/var/run/postgresql", port: Number(port) },
      ],
      canStart: true,
      actions: ["start"],
    });
    expect(server?.version).toMatch(new RegExp(`^${version}\\.\\d+$`));

    const started = await createInstallationControl(thisMachine(), INSTALLERS).run(
      server as Server,
      "start",
      () => undefined,
      never,
    );
    expect(started).toMatchObject({ ok: true, value: { server: { state: "running" } } });
  });

  it("shows a running cluster as one card with its socket and its ports, and how root gets in", async () => {
    const { holding, registry } = await scan();
    const cards = holding(cluster.port);
    expect(cards.map((server) => server.id)).toEqual([cluster.id]);
    expect(cards[0]).toMatchObject({ state: "running", credentialsKnown: true, startCommand: null });
    expect(cards[0]?.endpoints).toContainEqual({ host: "127.0.0.1", port: cluster.port });
    expect(cards[0]?.endpoints).toContainEqual({ socketDirectory: "/var/run/postgresql", port: cluster.port });
    expect(registry.get(cluster.id)?.accesses[0]).toMatchObject({
      kind: "psql",
      osUser: "postgres",
      port: cluster.port,
    });
  });

  it("folds the project's .env, PG* variables and a service that name it into its card", async () => {
    await writeFile(path.join(folder, ".env"), `DATABASE_URL=postgresql://app:s3cret@localhost:${cluster.port}/shop\n`);
    await writeFile(path.join(folder, ".pg_service.conf"), `[shop]\nhost=127.0.0.1\nport=${cluster.port}\nuser=app\n`);
    const environment = { HOME: folder, PGHOST: "/var/run/postgresql", PGPORT: String(cluster.port), PGUSER: "app" };
    const { outcome, holding, registry } = await scan({ environment, projectFolder: () => folder });
    expect(holding(cluster.port).map((server) => server.id)).toEqual([cluster.id]);
    const users = registry
      .get(cluster.id)
      ?.accesses.map((access) => (access.kind === "wire" ? access.user : access.osUser));
    expect(users).toEqual(["postgres", "app", "app", "app"]);
    expect(JSON.stringify(outcome)).not.toContain("s3cret");
  });

  it("offers an ordinary user the line to copy and passwordless ways in, nothing to run", async () => {
    const ordinary = { uid: 54321, userName: "somebody" };
    const { registry } = await scan(ordinary);
    const accesses = registry.get(cluster.id)?.accesses ?? [];
    expect(accesses.map((access) => access.kind === "wire" && [access.user, access.password])).toEqual([
      ["somebody", null],
      ["postgres", null],
    ]);
    await cluster.stop();
    const { find } = await scan(ordinary);
    expect(find(cluster.id)).toMatchObject({ state: "stopped", canStart: false });
    const line = `sudo pg_ctlcluster ${cluster.version} ${cluster.name} start`;
    expect(find(cluster.id)?.startCommand).toBe(line);
    const systemd = await scan({ ...ordinary, paths: { systemd: folder } });
    const unit = `sudo systemctl start postgresql@${cluster.version}-${cluster.name}`;
    expect(systemd.find(cluster.id)?.startCommand).toBe(unit);
    const refused = await createInstallationControl(thisMachine(ordinary), INSTALLERS).run(
      find(cluster.id) as Server,
      "start",
      () => undefined,
      never,
    );
    expect(refused).toMatchObject({ ok: false });
  });

  it("calls it broken while its data directory is away, of another version, or has a stale or damaged pid file", async () => {
    // Whatever the tests before did: files are moved about only under a stopped server.
    if ((await scan()).find(cluster.id)?.state === "running") await cluster.stop();
    const away = `${cluster.dataDirectory}.away`;
    await rename(cluster.dataDirectory, away);
    const missing = (await scan()).find(cluster.id);
    expect(missing).toMatchObject({ state: "broken", canStart: false, startCommand: null });
    expect(missing?.reason).toContain(cluster.dataDirectory);
    await symlink(cluster.dataDirectory, cluster.dataDirectory);
    expect((await scan()).find(cluster.id)?.reason).toContain("leads back to itself");
    await rm(cluster.dataDirectory);
    await rename(away, cluster.dataDirectory);

    const pidFile = path.join(cluster.dataDirectory, "postmaster.pid");
    const states: unknown[] = [];
    for (const content of [
      "2147483646\n",
      `${process.pid}\n${cluster.dataDirectory}\n`,
      "",
      "\0\0\0",
      "x".repeat(1_000_000),
    ]) {
      await writeFile(pidFile, content);
      const server = (await scan()).find(cluster.id);
      states.push([server?.state, server?.reason?.split("\n").length]);
    }
    await rm(pidFile);
    expect(states).toEqual(Array(5).fill(["broken", 1]));
    expect((await scan()).find(cluster.id)?.state).toBe("stopped");
  });
});

describe("listeners without an installation", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
  });
  afterAll(() => server.stop());

  it("finds a server on a port of its own choice as one card, with its version and data directory", async () => {
    const cards = (await scan()).holding(server.port);
    expect(cards).toHaveLength(1);
    expect(cards[0]).toMatchObject({ state: "running", credentialsKnown: false });
    expect(cards[0]?.version).toMatch(/^18/);
    expect(cards[0]?.endpoints).toContainEqual({ host: "127.0.0.1", port: server.port });
  });

  it("knocks once a scan, at one of its addresses, whoever asks", async () => {
    await writeFile(path.join(folder, ".env"), `DATABASE_URL=postgresql://a:b@127.0.0.1:${server.port}/x\n`);
    const knocks: string[] = [];
    const { probe } = thisMachine();
    const { holding } = await scan({
      projectFolder: () => folder,
      probe(endpoint, timeoutMs) {
        if (endpoint.port === server.port) knocks.push(endpointText(endpoint));
        return probe(endpoint, timeoutMs);
      },
    });
    expect(holding(server.port)).toHaveLength(1);
    expect(knocks).toHaveLength(1);
  });

  it("finds a port the .env names where nothing tells who listens", async () => {
    await writeFile(path.join(folder, ".env"), `DATABASE_URL=postgresql://a:b@127.0.0.1:${server.port}/x\n`);
    const { holding } = await scan({
      platform: "darwin",
      projectFolder: () => folder,
      paths: { socketDirectories: [] },
    });
    expect(holding(server.port).map(({ id, credentialsKnown }) => [id, credentialsKnown])).toEqual([
      [`port:127.0.0.1:${server.port}`, true],
    ]);
  });
});
