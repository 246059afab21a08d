import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PrivateServer } from "../../use-cases/detection";
import { createWireConnector } from "../postgres/connector";
import { createPrivateServer } from ".";

const never = new AbortController().signal;

let root: string;
let dataFolder: string;
let told: string[];
const tell = (line: string): void => void told.push(line);
const fresh = (): PrivateServer => createPrivateServer({ dataFolder });

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "aksara-private-"));
  dataFolder = root;
  told = [];
});

afterEach(async () => {
  await fresh().remove(() => undefined, never);
  await rm(root, { recursive: true, force: true });
});

async function ask(server: PrivateServer, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { finding } = await server.status();
  const access = finding?.accesses[0];
  if (!access) throw new Error("no way in");
  const session = await createWireConnector().connect(access, "postgres", { timeoutMs: 5000 });
  if (!session.ok) throw new Error(session.error.message);
  const rows = await session.value.query(sql);
  await session.value.end();
  if (!rows.ok) throw new Error(rows.error.message);
  return rows.value;
}

/** Holds a port of 127.0.0.1 until it is closed. */
function hold(port: number): Promise<NetServer> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

describe("private server", () => {
  it("is absent until it is made, and then goes through its whole life across instances", async () => {
    expect(await fresh().status()).toMatchObject({ kind: "absent", finding: null });

    const made = await fresh().create(tell, never);
    expect(made).toMatchObject({ ok: true, value: { server: { id: "private:18", state: "running" } } });
    expect(told.join("\n")).toContain("PostgreSQL takes connections");

    const again = fresh();
    const status = await again.status();
    expect(status).toMatchObject({ kind: "present", state: "running" });
    expect(status.finding?.server).toMatchObject({
      origin: "private",
      label: "Private PostgreSQL 18",
      credentialsKnown: true,
      actions: ["stop", "delete"],
    });
    expect(status.finding?.server.version).toMatch(/^18\.\d+$/);
    const rows = await ask(again, "select current_user, current_setting('listen_addresses') as listens");
    expect(rows).toEqual([{ current_user: "postgres", listens: "127.0.0.1" }]);
    await ask(again, "create table kept (n int)");
    const port = status.finding?.server.endpoints[0]?.port;

    expect(await again.stop(tell, never)).toMatchObject({ ok: true, value: { server: { state: "stopped" } } });
    expect(await fresh().status()).toMatchObject({ state: "stopped", finding: { server: { canStart: true } } });
    expect(await fresh().start(tell, never)).toMatchObject({ ok: true, value: { server: { state: "running" } } });
    expect((await fresh().status()).finding?.server.endpoints[0]?.port).toBe(port);
    expect(await ask(fresh(), "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);

    expect(await fresh().remove(tell, never)).toEqual({ ok: true, value: null });
    expect(await fresh().status()).toMatchObject({ kind: "absent" });
    expect(existsSync(status.folder)).toBe(false);
  });

  it("refuses a wrong password over TCP and keeps the password in a file only its maker reads", async () => {
    const made = await fresh().create(tell, never);
    const access = made.ok ? made.value.accesses[0] : undefined;
    if (access?.kind !== "wire") throw new Error("no way in");
    const refused = await createWireConnector().connect({ ...access, password: null }, "postgres", { timeoutMs: 5000 });
    expect(refused.ok).toBe(false);
    const { folder } = await fresh().status();
    const password = (await readFile(path.join(folder, "superuser-password"), "utf8")).trim();
    expect(password.length).toBeGreaterThanOrEqual(32);
    expect(told.join("\n")).not.toContain(password);
    expect((await readdir(folder)).sort()).not.toContain("password-for-initdb");
  });

  it("takes another port when its own is taken while it was stopped", async () => {
    await fresh().create(tell, never);
    const before = (await fresh().status()).finding?.server.endpoints[0]?.port ?? 0;
    await fresh().stop(tell, never);
    const other = await hold(before);
    try {
      const started = await fresh().start(tell, never);
      expect(started).toMatchObject({ ok: true, value: { server: { state: "running" } } });
      expect(started.ok && started.value.server.endpoints[0]?.port).not.toBe(before);
      expect(told.join("\n")).toContain(`Port ${before} is taken`);
    } finally {
      other.close();
    }
  });

  it("leaves nothing behind when it is cancelled while the data directory is being made", async () => {
    const cancel = new AbortController();
    const made = await fresh().create((line) => {
      told.push(line);
      if (line.includes("creating")) cancel.abort();
    }, cancel.signal);
    expect(made).toMatchObject({ ok: false, error: { kind: "cancelled" } });
    expect(await readdir(dataFolder)).toEqual([]);
    expect(await fresh().status()).toMatchObject({ kind: "absent" });
  });

  it("leaves nothing behind when it is cancelled while the server starts for the first time", async () => {
    const cancel = new AbortController();
    const made = await fresh().create(
      (line) => line.startsWith("Starting PostgreSQL") && cancel.abort(),
      cancel.signal,
    );
    expect(made).toMatchObject({ ok: false, error: { kind: "cancelled" } });
    expect(await readdir(dataFolder)).toEqual([]);
  });

  it("clears away what a killed attempt left, and its lock", async () => {
    const { folder } = await fresh().status();
    await mkdir(path.join(`${folder}.unfinished`, "data", "base"), { recursive: true });
    const marker = { madeBy: "aksara-database-setup", major: "18" };
    await writeFile(path.join(`${folder}.unfinished`, "aksara-private-server.json"), JSON.stringify(marker));
    await writeFile(`${folder}.lock`, "2147483646\n");
    expect(await fresh().create(tell, never)).toMatchObject({ ok: true });
    expect(existsSync(`${folder}.unfinished`)).toBe(false);
  });

  it("lets two copies of the app create it at once: both end with the same running server", async () => {
    const [one, two] = await Promise.all([fresh().create(tell, never), fresh().create(tell, never)]);
    expect(one).toMatchObject({ ok: true, value: { server: { state: "running" } } });
    expect(two.ok && two.value.pid).toBe(one.ok && one.value.pid);
  });

  it("refuses to touch a folder of its name that it did not make", async () => {
    const { folder } = await fresh().status();
    await mkdir(folder);
    await writeFile(path.join(folder, "precious.txt"), "mine");
    for (const act of ["create", "start", "stop", "remove"] as const) {
      expect(await fresh()[act](tell, never)).toMatchObject({ ok: false, error: { kind: "exists" } });
    }
    expect(await readFile(path.join(folder, "precious.txt"), "utf8")).toBe("mine");
  });

  it("finds a server that was killed as stopped, and starts it again", async () => {
    const made = await fresh().create(tell, never);
    process.kill((made.ok && made.value.pid) || Number.NaN, "SIGKILL");
    await expect.poll(async () => (await fresh().status()).state).toBe("stopped");
    expect(await fresh().start(tell, never)).toMatchObject({ ok: true, value: { server: { state: "running" } } });
  });

  it("says what is broken when its data directory is gone, and can then only be deleted", async () => {
    await fresh().create(tell, never);
    await fresh().stop(tell, never);
    const { folder } = await fresh().status();
    await rm(path.join(folder, "data"), { recursive: true });
    const { finding } = await fresh().status();
    expect(finding?.server).toMatchObject({ state: "broken", actions: ["delete"], canStart: false });
    expect(finding?.server.reason).toContain("data directory");
    expect(await fresh().start(tell, never)).toMatchObject({ ok: false });
  });

  it("shows the folder before it deletes and the exact start command before it starts", async () => {
    const create = await fresh().plan("create");
    const { folder } = await fresh().status();
    expect(create.ok && create.value.commands.join("\n")).toContain(`--pgdata=${folder}.unfinished/data`);
    await fresh().create(tell, never);
    const remove = await fresh().plan("delete");
    expect(remove.ok && remove.value.commands).toContain(`rm -r ${folder}`);
    expect(remove.ok && remove.value.note).toContain(folder);
  });

  it("works in a folder with spaces, quotes and a name too long for a socket", async () => {
    await chmod(dataFolder, 0o711);
    dataFolder = path.join(dataFolder, `it's "a" long, ${"long ".repeat(20)}name`);
    expect(await fresh().create(tell, never)).toMatchObject({ ok: true });
    expect((await fresh().status()).finding?.server.endpoints).toHaveLength(1);
  });

  it("says so when the folder cannot be made", async () => {
    await chmod(dataFolder, 0o711);
    await writeFile(path.join(dataFolder, "file"), "");
    const server = createPrivateServer({ dataFolder: path.join(dataFolder, "file", "below") });
    expect(await server.create(tell, never)).toMatchObject({ ok: false, error: { kind: "unwritable" } });
  });

  it.runIf(process.getuid?.() === 0)(
    "lives outside a folder that only root may enter, and cleans up there",
    async () => {
      const closed = path.join(dataFolder, "closed", "data");
      await mkdir(path.dirname(closed), { mode: 0o700 });
      const server = createPrivateServer({ dataFolder: closed });
      const { folder } = await server.status();
      expect(folder.startsWith(dataFolder)).toBe(false);
      expect(await server.create(tell, never)).toMatchObject({ ok: true, value: { server: { state: "running" } } });
      expect(await server.remove(tell, never)).toMatchObject({ ok: true });
      expect(existsSync(path.dirname(folder))).toBe(false);
    },
  );
});
