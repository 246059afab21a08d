import { chmodSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asdfVersion } from "../../../e2e/machines/asdf";
import { type Changes, scanHere } from "../../../e2e/machines/scan";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../../../e2e/servers/debian-cluster";
import { startPostgres } from "../../../e2e/servers/postgres";

/* What a person without any rights over the servers sees. Root lays it all out, and looks with nobody's eyes. */

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "aksara-ordinary-"));
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A scan whose every look at the file system and at processes is an ordinary user's. */
async function scanAsNobody(more: Changes = {}) {
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([]);
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await scanHere(home, { uid: NOBODY, userName: "nobody", ...more });
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(groups);
  }
}

describe.runIf(whyNoDebianCluster() === null)("a Debian cluster of the user postgres", () => {
  let cluster: DebianCluster;
  beforeAll(async () => {
    cluster = await createDebianCluster({ running: false });
  });
  afterAll(() => cluster.drop());

  it("is stopped, not closed, though its data directory may not be looked into", async () => {
    expect((await scanAsNobody()).find(cluster.id)).toMatchObject({
      state: "stopped",
      actions: ["start"],
      canStart: false,
      startCommand: expect.stringContaining("sudo "),
    });
  });

  it("runs on the addresses that its user holds and its configuration asks for", async () => {
    await cluster.start();
    const { find, holding } = await scanAsNobody();
    expect(holding(cluster.port).map(({ id }) => id)).toEqual([cluster.id]);
    expect(find(cluster.id)).toMatchObject({ state: "running", credentialsKnown: false });
    expect(find(cluster.id)?.endpoints).toContainEqual({ host: "127.0.0.1", port: cluster.port });
    expect(find(cluster.id)?.endpoints).toContainEqual({ socketDirectory: "/var/run/postgresql", port: cluster.port });
  });

  it("has no log that may be read, and says where it is", async () => {
    await cluster.stop();
    chmodSync(cluster.logFile, 0o640);
    const evidence = (await scanAsNobody()).find(cluster.id)?.evidence ?? [];
    expect(evidence).toContainEqual({ kind: "path", label: "Log", text: cluster.logFile });
  });
});

describe.runIf(isRoot)("what belongs to others", () => {
  it("is a data directory without permission: not broken, not absent, with its owner to ask", async () => {
    const server = await startPostgres({ version: 15, running: false });
    try {
      const version = await asdfVersion(path.join(home, ".asdf"), 15);
      await symlink(server.dataDirectory, version.dataDirectory);
      const card = (await scanAsNobody()).find(version.id);
      expect(card).toMatchObject({
        state: "no-permission",
        reason: `Your user may not look into ${version.dataDirectory}.`,
        actions: [],
        dataDirectory: null,
      });
      expect(card?.remedy).toContain("owns it, or an administrator can look into it, and start it: sudo -u ");
      expect(card?.evidence).toContainEqual({ kind: "path", label: "Data directory", text: version.dataDirectory });
    } finally {
      await server.remove();
    }
  });

  it("is one line for every folder and file of each source that is closed", async () => {
    await mkdir(path.join(home, "etc"));
    for (const closed of ["etc/16", "run"]) await mkdir(path.join(home, closed), { mode: 0o700 });
    const open = path.join(home, "etc", "15");
    await mkdir(path.join(open, "main"), { recursive: true });
    await writeFile(path.join(open, "main", "postgresql.conf"), "port = 5999\n", { mode: 0o600 });
    await mkdir(path.join(open, "inner"), { mode: 0o700 });
    await writeFile(path.join(open, "inner", "postgresql.conf"), "");
    for (const file of [".env", ".pg_service.conf"]) await writeFile(path.join(home, file), "x=1\n", { mode: 0o600 });
    const { outcome, find } = await scanAsNobody({
      projectFolder: () => home,
      paths: {
        clusters: path.join(home, "etc"),
        socketDirectories: [path.join(home, "run")],
        proc: path.join(home, "proc"),
      },
    });
    expect(
      outcome.problems.map(({ source, kind, message }) => [source, kind, message.split("\n").length]).sort(),
    ).toEqual(["apt", "env", "service-file", "sockets"].map((source) => [source, "no-permission", 1]));
    expect(find("apt:15/main")).toMatchObject({
      state: "no-permission",
      reason: `Your user may not read ${path.join(open, "main", "postgresql.conf")}.`,
      remedy: expect.stringContaining("administrator"),
    });
    expect(find("apt:15/inner")).toMatchObject({ state: "no-permission" });
    expect(outcome.servers.every(({ actions }) => actions.length === 0)).toBe(true);
  });

  it("is the whole configuration of the clusters: one line, and nothing else is held up", async () => {
    const etc = path.join(home, "etc");
    await mkdir(etc, { mode: 0o700 });
    await chown(etc, 0, 0);
    const { outcome } = await scanAsNobody({ paths: { clusters: etc, socketDirectories: [] } });
    expect(outcome.problems).toEqual([
      { source: "apt", kind: "no-permission", message: `Your user may not look into ${etc}.` },
    ]);
  });
});
