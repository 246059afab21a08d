import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clustersIn } from "../../../e2e/machines/clusters";
import { localFiles, type MachineFiles } from "./files";

/* A computer that holds more than anybody has, or does not answer: what cannot be had here is a fake port or file system. */

let folder: string;
let { apt, data, make: cluster, scan } = clustersIn("");
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aksara-overload-"));
  ({ apt, data, make: cluster, scan } = clustersIn(folder));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("much of everything", () => {
  it("finds 500 clusters without opening hundreds of files at a time", async () => {
    for (let index = 0; index < 500; index += 1) await cluster(`c${index}`);
    let open = 0;
    let most = 0;
    const files: MachineFiles = {
      ...localFiles,
      async readText(name, limit) {
        most = Math.max(most, ++open);
        const read = await localFiles.readText(name, limit);
        open--;
        return read;
      },
    };
    const { outcome } = await scan({ files });
    expect(outcome.servers.filter(({ state }) => state === "stopped")).toHaveLength(500);
    expect(outcome.problems).toEqual([]);
    expect(most).toBeLessThan(200);
  });

  it.runIf(process.platform === "linux")("knocks on 1,000 ports of a server's user, some at a time", async () => {
    const uid = process.getuid?.() ?? 0;
    const proc = path.join(folder, "proc");
    await mkdir(path.join(proc, "net"), { recursive: true });
    await mkdir(path.join(proc, "4711"));
    await writeFile(path.join(proc, "4711", "stat"), "4711 (postgres) S 1 4711 0\n");
    const lines = Array.from({ length: 1000 }, (_, index) => {
      const port = (20_000 + index).toString(16).toUpperCase().padStart(4, "0");
      return `  ${index}: 0100007F:${port} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  ${uid}        0 ${index + 1} 1 0`;
    });
    await writeFile(
      path.join(proc, "net", "tcp"),
      ["  sl  local_address rem_address", ...lines, "garbage", ""].join("\n"),
    );
    let now = 0;
    let most = 0;
    let knocks = 0;
    const { outcome } = await scan({
      async probe({ port }) {
        knocks++;
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
        return { kind: port === 20_999 ? "postgresql" : "refused" };
      },
    });
    expect([knocks, most <= 32]).toEqual([1000, true]);
    expect(outcome).toMatchObject({ servers: [{ state: "running", endpoints: [{ port: 20_999 }] }], problems: [] });
  });
});

describe("a file system that never answers", () => {
  const never = new Promise<never>(() => undefined);
  const hanging = (stuck: (name: string) => boolean): MachineFiles => ({
    ...localFiles,
    readText: (name, limit) => (stuck(name) ? never : localFiles.readText(name, limit)),
    lookAt: (name) => (stuck(name) ? never : localFiles.lookAt(name)),
    listFolder: (name) => (stuck(name) ? never : localFiles.listFolder(name)),
  });

  it("under one cluster's data is that cluster's card; the others are found", async () => {
    for (const name of ["a", "hangs", "z"]) await cluster(name);
    const { outcome, find } = await scan({ files: hanging((name) => name.startsWith(data("hangs"))) });
    expect([find("apt:15/a")?.state, find("apt:15/z")?.state]).toEqual(["stopped", "stopped"]);
    expect(find("apt:15/hangs")).toMatchObject({
      state: "unreachable",
      cause: "timed-out",
      evidence: expect.arrayContaining([expect.objectContaining({ label: "Configuration" })]),
    });
    expect(find("apt:15/hangs")?.remedy).toContain("network share");
    expect(outcome.problems).toEqual([]);
  });

  it("in the list of clusters is cut off at the source's limit, with what was found and one line", async () => {
    for (const name of ["a", "hangs", "z"]) await cluster(name);
    await writeFile(path.join(folder, ".env"), "DATABASE_URL=postgresql://a:b@127.0.0.1:1/x\n");
    const { outcome } = await scan({ files: hanging((name) => name.startsWith(apt("hangs"))) });
    expect(outcome.servers.map(({ id }) => id).sort()).toEqual(["apt:15/a", "apt:15/z", "env:DATABASE_URL"]);
    expect(outcome.problems).toMatchObject([{ source: "apt", kind: "timed-out" }]);
  });
});
