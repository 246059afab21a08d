import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContainerControl, watchEngines } from "../../electron/adapters/containers";
import { createDetectSources, localhostAddresses } from "../../electron/adapters/detect";
import { type Machine, thisMachine } from "../../electron/adapters/detect/machine";
import { createWireConnector } from "../../electron/adapters/postgres/connector";
import { createPrivateServer } from "../../electron/adapters/private-server";
import { createScan } from "../../electron/use-cases/scan";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import { endpointText } from "../../shared/domain/endpoint";
import type { Scan, Server } from "../../shared/domain/server";
import { importImage, startEngine, type TestEngine, whyNoEngine } from "./engine";
import { makeContainers, untilAnswers } from "./run";
import { IMAGE, PASSWORD, SITUATIONS, SPECIAL } from "./situations";

const never = new AbortController().signal;
const registry = createServerRegistry();
const connector = createWireConnector();
let engine: TestEngine;
let home: string;
let machine: Machine;

async function scan(): Promise<Scan> {
  const privateServer = createPrivateServer({ dataFolder: home, machine });
  const sources = createDetectSources(machine, privateServer);
  const useCase = createScan({
    registry,
    sources,
    probe: machine.probe,
    osUser: machine.userName,
    localhost: localhostAddresses,
  });
  return useCase.run({ emit: () => undefined, signal: never });
}

/** One row of one statement, signed in the first way the registry knows. */
async function ask(id: string, database: string, sql: string): Promise<unknown> {
  const access = registry.get(id)?.accesses[0];
  if (!access) return `no way in to ${id}`;
  const opened = await connector.connect(access, database, { timeoutMs: 10_000 });
  if (!opened.ok) return opened.error;
  const rows = await opened.value.query(sql);
  await opened.value.end();
  return rows.ok ? rows.value[0] : rows.error;
}

async function prepare(): Promise<void> {
  await importImage(engine, IMAGE);
  for (const name of ["postgis/postgis:15-3.4", "localhost:5000/team/my-db:1", "postgres:latest", "postgres:tmp"]) {
    await engine.docker("tag", IMAGE, name);
  }
  await engine.docker("network", "create", "appnet");
  const late = SITUATIONS.filter(({ name }) => name === "st-conflict");
  await makeContainers(
    engine,
    SITUATIONS.filter((one) => !late.includes(one)),
  );
  await makeContainers(engine, late);
  await engine.docker("rmi", "postgres:tmp");
  const places = SITUATIONS.flatMap(({ name, card, after }) => {
    const isUp = card?.state === "running" || after !== undefined;
    return isUp && name !== "st-conflict" ? (card?.at ?? []) : [];
  });
  await Promise.all(places.filter((place) => place !== "chosen").map(untilAnswers));
  const chosen = await Promise.all(["run-P", "run-random"].map((name) => engine.docker("port", name, "5432/tcp")));
  await Promise.all(
    chosen.map((text) => untilAnswers((text.split("\n")[0] as string).replace("0.0.0.0", "127.0.0.1"))),
  );
  for (const { name, after } of SITUATIONS) if (after) await engine.docker(after, name);
}

describe.runIf(whyNoEngine() === null)("containers of a real Docker Engine", () => {
  let found: Scan;
  const cardOf = (name: string): Server | undefined => found.servers.find(({ id }) => id === `docker:${name}`);

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), "aksara-home-"));
    engine = await startEngine();
    machine = thisMachine({
      environment: { HOME: home, DOCKER_HOST: engine.host },
      // What this computer has besides the engine stays out of the picture.
      paths: { clusters: home, programs: home, socketDirectories: [home] },
    });
    await prepare();
    found = await scan();
  });
  afterAll(async () => {
    // Its containers end with the namespaces; stopping each takes longer than all the tests.
    await engine?.kill();
    await rm(home, { recursive: true, force: true });
  });

  it.each(SITUATIONS.map((situation) => [situation.name, situation] as const))("%s", (name, { card: expected }) => {
    const card = cardOf(name);
    if (expected === null) return expect(card).toBeUndefined();
    expect(card).toMatchObject({
      origin: "docker",
      label: `Docker · ${expected.label ?? name}`,
      version: "15",
      state: expected.state,
      cause: expected.cause ?? null,
      credentialsKnown: expected.credentials ?? true,
      actions: expected.actions ?? [],
    });
    if (expected.at[0] === "chosen") expect(card?.endpoints).toMatchObject([{ host: "127.0.0.1" }]);
    else expect(card?.endpoints.filter(({ port }) => port > 0).map(endpointText)).toEqual(expected.at);
  });

  it("makes one card of each, listeners folded in, and complains of nothing", () => {
    const expected = SITUATIONS.filter(({ card }) => card !== null).map(({ name }) => `docker:${name}`);
    expect(found.servers.map(({ id }) => id).sort()).toEqual(expected.sort());
    expect(found.problems).toEqual([]);
  });

  it("signs in to each that runs with what its environment says, letters that need quoting included", async () => {
    const running = SITUATIONS.filter(({ card }) => card?.state === "running");
    const users = await Promise.all(
      running.map(async ({ name }) => [name, await ask(`docker:${name}`, "postgres", "select current_user as who")]),
    );
    const expected = running.map(({ name }) => [name, { who: name === "run-special" ? SPECIAL.user : "postgres" }]);
    expect(users).toEqual(expected);
    expect(await ask("docker:run-special", SPECIAL.database, "select current_database() as name")).toEqual({
      name: SPECIAL.database,
    });
  });

  it("says where a card comes from: container, image, compose project, and why the one without a password ended", () => {
    expect(cardOf("app-db-1")?.evidence).toContainEqual({
      kind: "container",
      label: "Compose",
      text: "app/db in /home/user/app",
    });
    expect(cardOf("run-p")?.evidence?.[0]?.text).toMatch(/^run-p \([0-9a-f]{12}\)$/);
    const ended = cardOf("run-nopass");
    expect(ended?.reason).toContain("POSTGRES_PASSWORD");
    expect(ended?.evidence?.at(-1)).toMatchObject({ kind: "log", text: expect.stringContaining("is not specified") });
  });

  it("shows the port two containers want as a conflict, with the one that answers", () => {
    const conflict = found.conflicts.find(({ port }) => port === 55432);
    expect(conflict).toMatchObject({ answers: "docker:run-p" });
    expect([...(conflict?.servers ?? [])].sort()).toEqual(["docker:run-p", "docker:st-conflict"]);
  });

  describe("actions", () => {
    const run = async (name: string, action: "start" | "unpause", signal = never, hear = () => {}) => {
      const control = createContainerControl(machine);
      const card = cardOf(name) as Server;
      const plan = await control.plan(card, action);
      const lines: string[] = [];
      const tell = (line: string): void => {
        lines.push(line);
        hear();
      };
      const outcome = await control.run(card, action, tell, signal);
      if (outcome.ok) registry.put({ server: outcome.value.server, accesses: outcome.value.accesses });
      return { plan: plan.ok ? plan.value : plan.error, lines, outcome };
    };

    it("starts one that was stopped by what it shows, tells its log, and ends when PostgreSQL answers", async () => {
      const { plan, lines, outcome } = await run("st-exited", "start");
      expect(plan).toMatchObject({ commands: ["docker start st-exited"], runnable: true });
      expect(outcome).toMatchObject({ ok: true, value: { server: { state: "running", actions: [], cause: null } } });
      expect(lines.join("\n")).toContain("database system is ready to accept connections");
      expect(await ask("docker:st-exited", "myapp", "select 1 as one")).toEqual({ one: 1 });
    });

    it("waits for the first start to make the database", async () => {
      const { outcome } = await run("st-created", "start");
      expect(outcome).toMatchObject({ ok: true, value: { server: { state: "running" } } });
      expect(await ask("docker:st-created", "myapp", "select 1 as one")).toEqual({ one: 1 });
    });

    it("lets a paused one go on", async () => {
      const { plan, outcome } = await run("st-paused", "unpause");
      expect(plan).toMatchObject({ commands: ["docker unpause st-paused"], runnable: true });
      expect(outcome).toMatchObject({ ok: true, value: { server: { state: "running" } } });
      expect(await ask("docker:st-paused", "myapp", "select 1 as one")).toEqual({ one: 1 });
    });

    it("says who holds the port when the engine cannot start one for it", async () => {
      const { outcome } = await run("st-conflict", "start");
      expect(outcome).toMatchObject({
        ok: false,
        error: {
          kind: "command-failed",
          code: "EADDRINUSE",
          message: expect.stringContaining("port 55432 is taken by the container run-p"),
        },
      });
    });

    it("refuses what is no longer as it was", async () => {
      const { outcome } = await run("st-killed", "unpause");
      expect(outcome).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    });

    it("says that another program has its port, before a start, after one that failed, and no longer than that", async () => {
      const other = createServer((socket) => socket.on("error", () => undefined).resume());
      other.listen(55454, "127.0.0.1");
      await once(other, "listening");
      const reason = async () => {
        found = await scan();
        expect(cardOf("st-killed")).toMatchObject({ state: "stopped", actions: expect.arrayContaining(["start"]) });
        return { cause: cardOf("st-killed")?.cause, reason: cardOf("st-killed")?.reason };
      };
      const before = "Port 55454 is taken by another program. It was killed (exit code 137).";
      expect(await reason()).toEqual({ cause: "port-taken", reason: before });
      const { outcome } = await run("st-killed", "start");
      expect(outcome).toMatchObject({ ok: false, error: { code: "EADDRINUSE" } });
      const after = "Its last start failed: port 55454 is taken by another program.";
      expect(await reason()).toEqual({ cause: "port-taken", reason: after });
      other.close();
      await once(other, "close");
      expect(await reason()).toMatchObject({ cause: "failed-start" });
    });

    it("can be cancelled before and while a container starts", async () => {
      const before = new AbortController();
      before.abort();
      const early = await run("st-killed", "start", before.signal);
      expect(early).toMatchObject({ lines: [], outcome: { ok: false, error: { kind: "cancelled" } } });
      expect(await engine.docker("inspect", "-f", "{{.State.Running}}", "st-killed")).toBe("false");
      const during = new AbortController();
      const late = await run("st-killed", "start", during.signal, () => during.abort());
      expect(late).toMatchObject({ lines: ["st-killed"], outcome: { ok: false, error: { kind: "cancelled" } } });
      expect(await engine.docker("inspect", "-f", "{{.State.Running}}", "st-killed")).toBe("true");
      await engine.docker("kill", "st-killed");
    });

    it("writes the lines that publish a port, which keep data and password and show neither", async () => {
      await engine.docker(
        "exec",
        "run-nopub",
        "psql",
        "-U",
        "postgres",
        "-d",
        "myapp",
        "-c",
        "create table kept (i int)",
      );
      const plan = await createContainerControl(machine).plan(cardOf("run-nopub") as Server, "publish");
      if (!plan.ok) throw new Error(plan.error.message);
      expect(plan.value).toMatchObject({ runnable: false, note: expect.stringContaining("volume without a name") });
      expect(plan.value.commands.join("\n")).not.toContain(PASSWORD);
      await engine.shell(plan.value.commands);
      const port = /127\.0\.0\.1:(\d+):5432/.exec(plan.value.commands.join("\n"))?.[1];
      await untilAnswers(`127.0.0.1:${port}`);
      found = await scan();
      expect(cardOf("run-nopub")).toMatchObject({ state: "running", credentialsKnown: true });
      expect(await ask("docker:run-nopub", "myapp", "select count(*)::int as rows from kept")).toEqual({ rows: 0 });
    });

    it("names an image whose tag is gone by its id, so that nothing is fetched", async () => {
      const plan = await createContainerControl(machine).plan(cardOf("run-untagged") as Server, "publish");
      expect(plan.ok && plan.value.commands.at(-1)).toMatch(/ sha256:[0-9a-f]{64} postgres$/);
    });

    it("writes a compose service's lines for its file", async () => {
      const plan = await createContainerControl(machine).plan(cardOf("app-db-1") as Server, "publish");
      expect(plan).toMatchObject({ ok: true, value: { runnable: false } });
      const lines = plan.ok ? plan.value.commands : [];
      expect(lines[0]).toBe("# In /home/user/app/compose.yaml, below services: db:");
      expect(lines.at(-1)).toBe("docker compose -p app -f /home/user/app/compose.yaml up -d db");
    });
  });

  it("tells data of another version apart from a server that merely ended", async () => {
    const spoil = ["--volumes-from", "st-killed", IMAGE, "bash", "-c", "echo 14 > $PGDATA/PG_VERSION"];
    await engine.docker("run", "--rm", ...spoil);
    await engine.docker("start", "-a", "st-killed").catch(() => undefined);
    found = await scan();
    expect(cardOf("st-killed")).toMatchObject({
      state: "broken",
      cause: "incompatible-data",
      reason: "Its data was made by PostgreSQL 14, the image is version 15.",
      actions: [],
    });
  });

  it("shows no secret that a container writes into its log", async () => {
    const settings = ["-e", `POSTGRES_PASSWORD=${PASSWORD}`, "-p", "127.0.0.1:55460:5432"];
    const command = ["bash", "-c", `echo "signs in with ${PASSWORD}"; echo postgresql://u:${PASSWORD}@db/x; exit 4`];
    await engine.docker("run", "--name", "st-loud", ...settings, IMAGE, ...command).catch(() => undefined);
    found = await scan();
    expect(cardOf("st-loud")).toMatchObject({ state: "broken", reason: expect.stringContaining("exit code 4") });
    expect(JSON.stringify(found)).toContain("signs in with ***");
    expect(JSON.stringify(found)).not.toContain(PASSWORD);
    expect(JSON.stringify(found)).not.toContain("p@ss=w");
  });

  it("tells of a container that starts or stops, without being asked", async () => {
    const stop = new AbortController();
    const changes = watchEngines(stop.signal, machine);
    // The first one says that it listens.
    await changes.next();
    const change = changes.next();
    await engine.docker("pause", "run-p");
    expect(await change).toEqual({ done: false, value: undefined });
    stop.abort();
    await engine.docker("unpause", "run-p");
    for await (const _ of changes) {
      // What was told before the end.
    }
  });
});
