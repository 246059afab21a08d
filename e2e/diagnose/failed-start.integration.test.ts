import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type App, compose } from "../../electron/compose";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../servers/debian-cluster";
import { createVerdicts } from "./verdicts";
import { job } from "./world";

/** What a person breaks in a configuration, and what the server says as it ends. */
const BROKEN = [
  ["postgresql.conf", "shared_preload_libraries = 'not_there'", 'could not access file "not_there"'],
  ["postgresql.conf", "shared_buffers = '900TB'", "contains errors"],
  ["postgresql.conf", "listen_addresses = '192.0.2.7'", "could not create any TCP/IP sockets"],
  ["pg_hba.conf", "host all nonsense", "could not load"],
] as const;

describe.skipIf(whyNoDebianCluster() !== null)("a cluster that ends while it starts", () => {
  const verdicts = createVerdicts();
  let cluster: DebianCluster;
  let home: string;
  let app: App;
  let restore = (): void => {};

  beforeAll(async () => {
    cluster = await createDebianCluster({ running: false });
    home = await mkdtemp(path.join(tmpdir(), "aksara-failed-start-"));
    app = compose({ env: { PATH: process.env.PATH, HOME: home, AKSARA_DATABASE_SETUP_HOME: home } });
  });
  afterEach(() => restore());
  afterAll(async () => {
    verdicts.print("Ended at its start");
    await cluster?.drop();
    await rm(home, { recursive: true, force: true });
  });

  /** Adds a line to a configuration file; `restore` takes it out. */
  function spoil(name: string, line: string): void {
    const file = path.join(cluster.configDirectory, name);
    const before = readFileSync(file, "utf8");
    restore = () => writeFileSync(file, before);
    appendFileSync(file, `${line}\n`);
  }

  async function climbed(address = "127.0.0.1") {
    await app.scan.run(job());
    return app.diagnose.run(`postgresql://app:right@${address}:${cluster.port}/app`, job());
  }

  it.each(BROKEN)("by %s: %s", async (name, line, words) => {
    spoil(name, line);
    await expect(cluster.start()).rejects.toThrow();
    const socket = encodeURIComponent(cluster.socketDirectory);
    const { report } = await climbed(line.startsWith("listen_addresses") ? socket : undefined);
    verdicts.judge(cluster.version, { name: line, expected: "install.failed-start" }, report);
    expect(report.diagnosis).toMatchObject({ confidence: "certain", explanation: expect.stringContaining(words) });
  });

  it("is started by its remedy once its configuration is right again", async () => {
    spoil("postgresql.conf", "shared_preload_libraries = 'not_there'");
    await expect(cluster.start()).rejects.toThrow();
    const { runId, report } = await climbed();
    expect(report.diagnosis?.remedies.map(({ id }) => id)).toContain("start-server");
    restore();
    expect(await app.diagnose.runRemedy(runId, "start-server", job())).toMatchObject({ ok: true });
    const after = await climbed();
    verdicts.judge(cluster.version, { name: "started", expected: "authenticate.role-missing" }, after.report);
  });
});
