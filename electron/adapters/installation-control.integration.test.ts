import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { appendFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asdfVersion } from "../../e2e/machines/asdf";
import { scanHere } from "../../e2e/machines/scan";
import { binariesOf } from "../../e2e/servers/binaries";
import { freePort } from "../../e2e/servers/free-port";
import type { Server } from "../../shared/domain/server";
import { INSTALLERS, thisMachine } from "./detect";
import { createInstallationControl } from "./installation-control";

/*
 * asdf's layout with the real programs of PostgreSQL 13, 15 and 18, all of it done by an ordinary user. The tests are one
 * life, in their order: each begins where the one before left the servers.
 */

const NOBODY = 65534;
const run = promisify(execFile);
const never = new AbortController().signal;

type Version = Awaited<ReturnType<typeof asdfVersion>>;
let root: string;
let v13: Version;
let v15: Version;
let v18: Version;
let port: number;

/** PostgreSQL refuses root: this file's own process becomes an ordinary user, for good. */
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "aksara-asdf-"));
  for (const version of [13, 15, 18] as const) await binariesOf(version);
  if (process.getuid?.() === 0) {
    chmodSync(root, 0o755);
    chownSync(root, NOBODY, NOBODY);
    process.setgroups?.([]);
    process.setgid?.(NOBODY);
    process.setuid?.(NOBODY);
  }
  [v13, v15, v18] = [await asdfVersion(root, 13), await asdfVersion(root, 15), await asdfVersion(root, 18)];
  port = await freePort();
});

const stop = ({ programs, dataDirectory }: Version) =>
  run(`${programs}/pg_ctl`, ["-D", dataDirectory, "-m", "immediate", "-w", "stop"]).catch(() => undefined);

afterAll(async () => {
  for (const version of [v13, v15, v18]) await stop(version);
  rmSync(root, { recursive: true, force: true });
});

const environment = () => ({ HOME: root, ASDF_DATA_DIR: root, PATH: process.env.PATH });

async function card(version: Version): Promise<Server> {
  const server = (await scanHere(root, { environment: environment() })).find(version.id);
  if (!server) throw new Error(`${version.id} was not found`);
  return server;
}

/** What the card's own action does, run as the window does: planned, shown, run. */
async function act(version: Version, action: "start" | "initialise") {
  return actOn(await card(version), action, environment());
}

async function actOn(server: Server, action: "start" | "initialise", own: ReturnType<typeof environment>) {
  const control = createInstallationControl(thisMachine({ environment: own }), INSTALLERS);
  const plan = await control.plan(server, action);
  const lines: string[] = [];
  const ran = await control.run(server, action, (line) => lines.push(line), never);
  return { plan, ran, lines };
}

const configure = ({ dataDirectory }: Version, at: number) =>
  appendFile(
    path.join(dataDirectory, "postgresql.conf"),
    `\nport = ${at}\nunix_socket_directories = '${root}'\nlisten_addresses = '127.0.0.1'\nfsync = off\n`,
  );

const postmaster = ({ dataDirectory }: Version): number =>
  Number(readFileSync(path.join(dataDirectory, "postmaster.pid"), "utf8").split("\n")[0]);

it("initialises what is installed and not initialised, with the command that was shown", async () => {
  expect(await card(v15)).toMatchObject({
    state: "uninitialised",
    reason: `Its data directory ${v15.dataDirectory} is not made yet.`,
    actions: ["initialise"],
    canStart: true,
  });
  const { plan, ran, lines } = await act(v15, "initialise");
  expect(plan).toMatchObject({
    ok: true,
    value: { commands: [`${v15.programs}/initdb -D ${v15.dataDirectory} -U postgres`], runnable: true },
  });
  expect(ran).toMatchObject({ ok: true, value: { server: { state: "stopped", version: "15", actions: ["start"] } } });
  expect(lines.join("\n")).toContain("Success");
});

it("starts it, and the card says where it answers", async () => {
  await configure(v15, port);
  const { ran } = await act(v15, "start");
  expect(ran).toMatchObject({ ok: true, value: { server: { state: "running", remedy: null } } });
  expect(await card(v15)).toMatchObject({
    state: "running",
    actions: [],
    endpoints: [
      { host: "127.0.0.1", port },
      { socketDirectory: root, port },
    ],
    evidence: expect.arrayContaining([{ kind: "pid", label: "Process", text: String(postmaster(v15)) }]),
  });
});

it("is one card, whatever else names it: its port, its socket, its process, the .env and PG* variables", async () => {
  await writeFile(path.join(root, ".env"), `DATABASE_URL=postgresql://a:b@127.0.0.1:${port}/x\n`);
  const { holding } = await scanHere(root, {
    environment: { ...environment(), PGHOST: root, PGPORT: String(port) },
    projectFolder: () => root,
  });
  expect(holding(port).map(({ id }) => id)).toEqual([v15.id]);
});

it("says why a start fails whose port another server holds, who that is, and shows the log", async () => {
  await act(v18, "initialise");
  await configure(v18, port);
  expect(await card(v18)).toMatchObject({
    state: "stopped",
    cause: "port-taken",
    reason: expect.stringContaining(`Port ${port} is held by asdf · PostgreSQL 15.`),
    remedy: "Stop asdf · PostgreSQL 15 first, or give this server another port.",
  });
  const { ran, lines } = await act(v18, "start");
  expect(ran).toMatchObject({
    ok: false,
    error: {
      kind: "command-failed",
      message: expect.stringContaining(
        `127.0.0.1:${port} is held by another PostgreSQL (process ${postmaster(v15)}, data in ${v15.dataDirectory})`,
      ),
      next: "Stop that one first, or give this server another port.",
    },
  });
  expect(lines.join("\n")).toContain("FATAL");
});

it("keeps the failed start on the card once the port is free, until a start goes well", async () => {
  await stop(v15);
  const failed = await card(v18);
  expect(failed).toMatchObject({ state: "stopped", cause: "failed-start", actions: ["start"] });
  expect(failed.reason).toMatch(/^Its last start failed: .+\.$/);
  expect(failed.remedy).toContain("end of its log");
  expect(failed.evidence?.find(({ kind }) => kind === "log")?.text).toContain("FATAL");
  const { ran } = await act(v18, "start");
  expect(ran).toMatchObject({ ok: true, value: { server: { state: "running", cause: null } } });
  await stop(v18);
});

it("says that another program holds the port where it is no PostgreSQL", async () => {
  const other = createServer((socket) => socket.resume().end("not a database\n"));
  other.listen(port, "127.0.0.1");
  await once(other, "listening");
  try {
    const held = `127.0.0.1:${port} is held by another program`;
    expect(await card(v18)).toMatchObject({
      state: "stopped",
      cause: "port-taken",
      reason: expect.stringContaining(`${held}.`),
      remedy: "Stop that program first, or give this server another port.",
      actions: ["start"],
    });
    const { ran } = await act(v18, "start");
    expect(ran).toMatchObject({ ok: false, error: { message: expect.stringContaining(held) } });
  } finally {
    other.close();
    await once(other, "close");
  }
});

it("calls a killed server broken, names its process, and the start it offers recovers it", async () => {
  const { ran } = await act(v18, "start");
  expect(ran.ok).toBe(true);
  const pid = postmaster(v18);
  process.kill(pid, "SIGKILL");
  // Its children let go of its memory a moment later; a start before that is refused.
  while ((await card(v18)).cause !== "stale-pid-file") await wait(20);
  expect(await card(v18)).toMatchObject({
    state: "broken",
    cause: "stale-pid-file",
    reason: expect.stringContaining(`postmaster.pid names process ${pid}, which does not run any more`),
    evidence: expect.arrayContaining([{ kind: "pid", label: "Process in postmaster.pid", text: String(pid) }]),
    actions: ["start"],
  });
  await expect.poll(async () => (await act(v18, "start")).ran.ok, { timeout: 20_000 }).toBe(true);
  expect((await card(v18)).state).toBe("running");
  await stop(v18);
});

it.each([
  ["mise", "mise:15", { MISE_DATA_DIR: "mise" }],
  ["conda", "conda:shop", { CONDA_PREFIX: "shop" }],
])("starts %s's layout of the same server by its own card", async (name, id, variables) => {
  const folder = name === "mise" ? path.join(root, "mise", "installs", "postgres", "15") : path.join(root, "shop");
  await mkdir(folder, { recursive: true });
  await symlink(v15.programs, path.join(folder, "bin"));
  await symlink(v15.dataDirectory, path.join(folder, "data"));
  const below = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, path.join(root, value)]));
  const own = { ...environment(), ASDF_DATA_DIR: path.join(root, "none"), PGDATA: v15.dataDirectory, ...below };
  const server = (await scanHere(root, { environment: own })).find(id);
  expect(server).toMatchObject({ state: "stopped", canStart: true });
  const { ran } = await actOn(server as Server, "start", own);
  expect(ran).toMatchObject({ ok: true, value: { server: { id, state: "running" } } });
  await stop(v15);
});

it("calls data of another version broken, with the server's own words after a start that was tried by hand", async () => {
  await run(`${v13.programs}/initdb`, ["-D", v13.dataDirectory, "-U", "postgres"]);
  const both = await asdfVersion(path.join(root, "mixed"), 15);
  await run("mv", [v13.dataDirectory, both.dataDirectory]);
  await configure(both, port);
  await expect(
    run(`${both.programs}/pg_ctl`, ["-D", both.dataDirectory, "-l", both.logFile, "-w", "start"]),
  ).rejects.toThrow();
  const mixed = { environment: { ...environment(), ASDF_DATA_DIR: path.join(root, "mixed") } };
  const server = (await scanHere(root, mixed)).find(both.id);
  expect(server).toMatchObject({
    state: "broken",
    cause: "incompatible-data",
    reason: `${both.dataDirectory} was made by PostgreSQL 13, the programs are version 15.`,
    actions: [],
    startCommand: null,
  });
  expect(server?.remedy).toContain("pg_upgrade");
  expect(server?.evidence?.find(({ kind }) => kind === "log")?.text).toContain(
    "FATAL:  database files are incompatible with server",
  );
});

it("runs nothing when the machine is no longer as it was shown", async () => {
  const control = createInstallationControl(thisMachine({ environment: environment() }), INSTALLERS);
  const server = { ...(await card(v15)), startCommand: "pg_ctl -D /somewhere/else start" };
  const ran = await control.run(server, "start", () => undefined, never);
  expect(ran).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
});
