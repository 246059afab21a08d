import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { startPostgres } from "../../../e2e/servers/postgres";
import type { Server } from "../../../shared/domain/server";
import { readSigns, thisMachine } from ".";

const known = (port: number, dataDirectory: string): Server => ({
  id: "a",
  origin: "process",
  label: "a",
  version: null,
  state: "running",
  endpoints: [{ host: "127.0.0.1", port }],
  dataDirectory,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: false,
});

it("stays equal while a known server runs, and changes when it stops", async () => {
  const server = await startPostgres({ version: 15 });
  try {
    const servers = [known(server.port, server.dataDirectory)];
    const running = await readSigns(thisMachine(), servers);
    expect(await readSigns(thisMachine(), servers)).toBe(running);
    await server.stop();
    expect(await readSigns(thisMachine(), servers)).not.toBe(running);
  } finally {
    await server.remove();
  }
});

it("changes when a cluster is configured and when a socket appears", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "aksara-signs-"));
  try {
    const machine = thisMachine({ paths: { clusters: path.join(folder, "etc"), socketDirectories: [folder] } });
    const before = await readSigns(machine, []);
    await mkdir(path.join(folder, "etc", "15", "main"), { recursive: true });
    const configured = await readSigns(machine, []);
    expect(configured).not.toBe(before);
    await writeFile(path.join(folder, ".s.PGSQL.5999"), "");
    expect(await readSigns(machine, [])).not.toBe(configured);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
