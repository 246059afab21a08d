import { chmod, mkdtemp, readFile, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { asdfVersion } from "../../../e2e/machines/asdf";
import { lookForInstallations } from "../../../e2e/machines/look";
import { scanHere } from "../../../e2e/machines/scan";
import { type StartOptions, startPostgres, type TestServer } from "../../../e2e/servers/postgres";
import { localhostAddresses, thisMachine } from ".";

/* Real servers in the states that pass by quickly or seldom come, and several of them on one port number. */

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "aksara-states-"));
  // Servers run as another user where root runs the tests, and look for a file in here.
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function start(options: StartOptions): Promise<TestServer> {
  const server = await startPostgres(options);
  onTestFinished(() => server.remove());
  return server;
}

/** The server as asdf's of its version: its data directory is a link to where it really lies. */
async function asAsdf(server: TestServer) {
  const version = await asdfVersion(path.join(home, ".asdf"), server.version);
  await symlink(server.dataDirectory, version.dataDirectory);
  return version.id;
}

describe("a server", () => {
  it("is starting while it recovers, and runs afterwards", async () => {
    const go = path.join(home, "go");
    const server = await start({
      version: 15,
      running: false,
      config: { restore_command: `while [ ! -e '${go}' ]; do sleep 0.05; done; false` },
      files: { "recovery.signal": "" },
    });
    const id = await asAsdf(server);
    const started = server.start();
    await expect.poll(async () => (await scanHere(home)).find(id)?.state, { timeout: 20_000 }).toBe("starting");
    const card = (await scanHere(home)).find(id);
    expect(card).toMatchObject({ reason: "It is starting up.", actions: [] });
    expect(card?.remedy).toMatch(/^Wait until it is ready/);
    expect(card?.evidence?.some(({ label }) => label === "Process")).toBe(true);
    await writeFile(go, "");
    await started;
    expect((await scanHere(home)).find(id)).toMatchObject({ state: "running", remedy: null });
  });

  it("is timed out, not running and not stopped, while its process is halted", async () => {
    const server = await start({ version: 18 });
    const id = await asAsdf(server);
    const pid = server.pid() as number;
    process.kill(pid, "SIGSTOP");
    try {
      const { outcome, find } = await scanHere(home);
      expect(find(id)).toMatchObject({
        state: "unreachable",
        cause: "timed-out",
        reason: `Its process ${pid} lives and does not answer.`,
        actions: [],
      });
      expect(find(id)?.remedy).toContain("hangs or is halted");
      expect(outcome.problems).toEqual([]);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    expect((await scanHere(home)).find(id)).toMatchObject({ state: "running", cause: null });
  });

  it("is never taken for another state than it can be in, wherever its real pid file ends", async () => {
    const server = await start({ version: 18 });
    const id = await asAsdf(server);
    const pidFile = path.join(server.dataDirectory, "postmaster.pid");
    const whole = await readFile(pidFile, "utf8");
    const machine = thisMachine({ environment: { HOME: home } });
    const firstLine = whole.indexOf("\n");
    const ready = whole.indexOf("ready") + "ready".length;
    // Inside a line one place is as good as another.
    const isAtBreak = (n: number): boolean =>
      n <= firstLine || whole.slice(n - 1, n + 1).includes("\n") || n > ready - 6;
    const lengths = [...whole, ""].map((_, n) => n).filter(isAtBreak);
    const states: string[] = [];
    try {
      for (const length of lengths) {
        await writeFile(pidFile, whole.slice(0, length));
        const card = (await lookForInstallations(machine)).server(id);
        states.push(card.state);
        expect(card.reason?.split("\n").length ?? 1).toBe(1);
      }
    } finally {
      await writeFile(pidFile, whole);
    }
    expect(states).toEqual(lengths.map((n) => (n <= firstLine ? "broken" : n < ready ? "starting" : "running")));
  });

  it("is told as timed out where no installer knows it", async () => {
    const server = await start({ version: 15 });
    const pid = server.pid() as number;
    process.kill(pid, "SIGSTOP");
    try {
      const cards = (await scanHere(home)).holding(server.port);
      expect(cards.map(({ state, cause }) => [state, cause])).toContainEqual(["unreachable", "timed-out"]);
      expect(cards.every(({ remedy }) => remedy)).toBe(true);
    } finally {
      process.kill(pid, "SIGCONT");
    }
  });

  it("is stale when its pid file names a server that works on other data", async () => {
    const other = await start({ version: 15 });
    const stopped = await start({ version: 18, running: false });
    const id = await asAsdf(stopped);
    const pidFile = path.join(stopped.dataDirectory, "postmaster.pid");
    await writeFile(pidFile, `${other.pid()}\n${stopped.dataDirectory}\n1700000000\n${stopped.port}\n\n`);
    expect((await scanHere(home)).find(id)).toMatchObject({ state: "broken", cause: "stale-pid-file" });
    await unlink(pidFile);
    expect((await scanHere(home)).find(id)).toMatchObject({ state: "stopped" });
  });
});

describe("one port number", () => {
  it("is told apart by address, and the conflict says who answers under localhost", async () => {
    const four = await start({ version: 15 });
    const { port } = four;
    const six = await start({ version: 18, config: { port: String(port), listen_addresses: "::1" } });
    const silent = await start({ version: 13, config: { port: String(port), listen_addresses: "" } });
    const { outcome, holding } = await scanHere(home);
    const cards = holding(port);
    const by = (server: TestServer) => cards.filter(({ dataDirectory }) => dataDirectory === server.dataDirectory);
    expect(cards).toHaveLength(3);
    expect(by(four)[0]?.endpoints).toEqual([
      { host: "127.0.0.1", port },
      { socketDirectory: four.socketDirectory, port },
    ]);
    expect(by(six)[0]?.endpoints).toEqual([
      { host: "::1", port },
      { socketDirectory: six.socketDirectory, port },
    ]);
    expect(by(silent)[0]?.endpoints).toEqual([{ socketDirectory: silent.socketDirectory, port }]);

    const conflict = outcome.conflicts.find((one) => one.port === port);
    const ids = { "127.0.0.1": by(four)[0]?.id, "::1": by(six)[0]?.id };
    expect(new Map(conflict?.addresses.map(({ address, server }) => [address, server]))).toEqual(
      new Map(Object.entries(ids)),
    );
    // Whichever of the two this computer calls localhost first.
    const [first] = await localhostAddresses();
    expect(conflict?.answers).toBe(first === "::1" ? ids["::1"] : ids["127.0.0.1"]);
  });
});

describe.runIf(process.platform === "linux")("a socket with an abstract name", () => {
  it("is found and named as libpq takes it, though no folder holds it", async () => {
    const name = `@aksara-abstract-${process.pid}`;
    const server = await start({
      version: 18,
      config: { unix_socket_directories: name, listen_addresses: "" },
    });
    const cards = (await scanHere(home)).holding(server.port);
    expect(cards).toMatchObject([
      {
        state: "running",
        label: `On socket ${name}:${server.port}`,
        endpoints: [{ socketDirectory: name, port: server.port }],
        dataDirectory: server.dataDirectory,
      },
    ]);
    expect(cards[0]?.reason).toContain(`host=${name}`);
  });

  it("belongs to the card of its server where that has other addresses, too", async () => {
    const name = `@aksara-both-${process.pid}`;
    const server = await start({ version: 15, config: { unix_socket_directories: name } });
    const cards = (await scanHere(home)).holding(server.port);
    expect(cards).toHaveLength(1);
    expect(cards[0]?.endpoints).toEqual([
      { host: "127.0.0.1", port: server.port },
      { socketDirectory: name, port: server.port },
    ]);
  });
});
