import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../../electron/adapters/postgres/failure";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { err } from "../../shared/domain/result";
import { freePort } from "../servers/free-port";
import { startPostgres, type TestServer } from "../servers/postgres";
import { endStubs } from "../servers/stub";
import { PEERS } from "./cases-peers";
import { STRINGS } from "./cases-strings";
import { startFullBacklog } from "./full-backlog";
import { climbed } from "./plain-diagnose";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();
afterEach(endStubs);
afterAll(() => verdicts.print("Strings, addresses and peers"));

const nobodyElse = { answersPostgres: async () => false };

describe("strings", () => {
  it.each(STRINGS.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    verdicts.judge("string", one, await climbed(one.dsn));
  });

  it("a name service that is down", async () => {
    // No name service here can be made to fall silent: what looks names up says so in its place.
    const addressesOf = async () => err(failure("EAI_AGAIN", "temporary failure"));
    const report = await climbed("postgresql://a:b@db.example/a", { openWire: createOpenWire({ addressesOf }) });
    verdicts.judge("mock", { name: "a name service that is down", expected: "resolve.temporary" }, report);
  });
});

describe("peers", () => {
  it.each(PEERS.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { port } = await one.start();
    const report = await climbed(`postgresql://a:b@127.0.0.1:${port}/a${one.query ?? ""}`, {
      ...nobodyElse,
      timeoutMs: 400,
    });
    verdicts.judge("stub", one, report);
    expect(report.diagnosis?.title).toContain(one.title ?? "");
  });
});

describe("addresses", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
  });
  afterAll(() => server?.remove());

  it("nothing listens", async () => {
    const report = await climbed(`postgresql://a:b@127.0.0.1:${await freePort()}/a`, nobodyElse);
    verdicts.judge("real", { name: "nothing listens", expected: "reach.refused" }, report);
  });

  it("PostgreSQL listens on the other loopback address", async () => {
    const report = await climbed(`postgresql://a:b@[::1]:${server.port}/a`);
    verdicts.judge("real", { name: "the other loopback address", expected: "reach.other-loopback" }, report);
  });

  it("PostgreSQL listens on another port", async () => {
    const answersPostgres = async (endpoint: { readonly port: number }) => endpoint.port === 5432;
    // Whether 5432 answers on this computer is not for the test to say.
    const report = await climbed(`postgresql://a:b@127.0.0.1:${await freePort()}/a`, { answersPostgres });
    verdicts.judge("real", { name: "another port", expected: "reach.wrong-port" }, report);
  });

  it("nothing comes back", async () => {
    const { port, end } = await startFullBacklog();
    try {
      const report = await climbed(`postgresql://a:b@127.0.0.1:${port}/a`, { ...nobodyElse, timeoutMs: 300 });
      verdicts.judge("real", { name: "nothing comes back", expected: "reach.timeout" }, report);
    } finally {
      await end();
    }
  });

  it("no way leads there", async () => {
    // Whether this computer has IPv6 is not for the test to say: what opens connections says so in its place.
    const openSocket = async () => err(failure("ENETUNREACH", "no route"));
    const openWire = createOpenWire({ openSocket });
    const report = await climbed("postgresql://a:b@[2001:db8::1]/a", { ...nobodyElse, openWire });
    verdicts.judge("mock", { name: "no way leads there", expected: "reach.unreachable" }, report);
  });
});

describe("sockets", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "aksara-socket-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const dsn = (directory: string): string => `postgresql://a:b@${encodeURIComponent(directory)}:5432/a`;

  it("none in the folder", async () => {
    const report = await climbed(dsn(folder), nobodyElse);
    verdicts.judge("real", { name: "no socket in the folder", expected: "reach.socket-missing" }, report);
  });

  it("no such folder", async () => {
    const report = await climbed(dsn(path.join(folder, "nowhere")), nobodyElse);
    verdicts.judge("real", { name: "no such folder", expected: "reach.socket-missing" }, report);
  });

  it("left behind by a server that crashed", async () => {
    const left = path.join(folder, "left");
    mkdirSync(left);
    writeFileSync(path.join(left, ".s.PGSQL.5432"), "");
    const report = await climbed(dsn(left), nobodyElse);
    verdicts.judge("real", { name: "a socket file nobody listens on", expected: "reach.refused" }, report);
  });

  it("closed to this user", async () => {
    const closed = path.join(folder, "closed");
    mkdirSync(closed);
    chmodSync(folder, 0o755);
    const listener = createServer();
    await new Promise<void>((resolve) => void listener.listen(path.join(closed, ".s.PGSQL.5432"), resolve));
    chmodSync(closed, 0o000);
    const isRoot = process.getuid?.() === 0;
    // Root may open everything; the system's "nobody" may not.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const report = await climbed(dsn(closed), nobodyElse);
      verdicts.judge("real", { name: "a folder closed to this user", expected: "reach.socket-denied" }, report);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(closed, 0o700);
      await new Promise((resolve) => listener.close(resolve));
    }
  });
});
