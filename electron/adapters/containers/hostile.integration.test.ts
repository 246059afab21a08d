import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onlyIn, recordedContainer, serve } from "../../../e2e/containers/serve";
import { createScan } from "../../use-cases/scan";
import { createServerRegistry } from "../../use-cases/server-registry";
import { thisMachine } from "../detect/machine";
import { containersSource } from "./source";

const never = new AbortController().signal;
let folder: string;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aksara-hostile-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(folder, { recursive: true, force: true });
});

async function scan(environment: Readonly<Record<string, string>>) {
  const machine = thisMachine({
    environment: { HOME: folder, ...environment },
    files: onlyIn([folder, ...(environment.DOCKER_HOST ? [environment.DOCKER_HOST.replace("unix://", "")] : [])]),
    // Their ports are nowhere: nothing is knocked on.
    probe: async () => ({ kind: "refused" }),
  });
  const useCase = createScan({
    registry: createServerRegistry(),
    sources: [containersSource(machine)],
    probe: machine.probe,
    osUser: "me",
    localhost: async () => ["127.0.0.1"],
  });
  return useCase.run({ emit: () => undefined, signal: never });
}

async function scanAnswers(answer: RequestListener) {
  const served = await serve(answer);
  closing.push(served.close);
  return scan({ DOCKER_HOST: `unix://${served.socketPath}` });
}

/** A program that is no web server: it writes bytes to whoever connects. */
async function scanBytes(talk: (socket: Socket) => void) {
  const socketPath = path.join(folder, "raw.sock");
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  closing.push(() => server.close());
  return scan({ DOCKER_HOST: `unix://${socketPath}` });
}

const json =
  (value: unknown): RequestListener =>
  (_request, response) =>
    void response.end(JSON.stringify(value));

describe("what answers is no engine", () => {
  it.each<readonly [string, RequestListener]>([
    ["an empty answer", (_request, response) => void response.end()],
    ["text", (_request, response) => void response.end("<html>It works</html>")],
    ["an object", json({ Id: "x" })],
    ["null", json(null)],
    ["half an answer", (_request, response) => void response.write("[{", () => response.destroy())],
    ["deeply nested lists", (_request, response) => void response.end("[".repeat(1_000_000))],
  ])("%s: one line, no crash", async (_name, answer) => {
    const { servers, problems } = await scanAnswers(answer);
    expect(servers).toEqual([]);
    expect(problems).toMatchObject([{ source: "containers", kind: "unreadable" }]);
    expect(problems[0]?.message.split("\n")).toHaveLength(1);
  });

  it.each<readonly [string, (socket: Socket) => void]>([
    ["bytes", (socket) => void socket.end(Buffer.from([0, 1, 2, 255, 10, 13, 10]))],
    ["wrong chunks", (socket) => void socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n")],
    ["endless headers", (socket) => void socket.end(`HTTP/1.1 200 OK\r\nA: ${"x".repeat(1_000_000)}`)],
    ["a closed connection", (socket) => socket.destroy()],
  ])("%s: one line, no crash", async (_name, talk) => {
    const { servers, problems } = await scanBytes(talk);
    expect(servers).toEqual([]);
    expect(problems).toMatchObject([{ source: "containers", kind: "unreadable" }]);
  });

  it("reads no more than it can hold", async () => {
    let written = 0;
    const { problems } = await scanAnswers((_request, response) => {
      const part = "x".repeat(1024 * 1024);
      const more = (): void => {
        written += part.length;
        if (!response.destroyed) response.write(part, more);
      };
      more();
    });
    expect(problems).toMatchObject([{ kind: "unreadable", message: expect.stringContaining("too long") }]);
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it("passes on the engine's words with its status", async () => {
    const { problems } = await scanAnswers((_request, response) => {
      response.statusCode = 500;
      response.end('{"message":"the disk\\nis full"}');
    });
    expect(problems).toMatchObject([
      { kind: "failed", message: expect.stringContaining("(status 500): the disk?is full") },
    ]);
  });
});

describe("odd containers", () => {
  const { listed: template, details } = recordedContainer("docker-20.10", "st-exited");
  const idOf = (index: number): string => index.toString(16).padStart(64, "0");
  const engineOf =
    (names: readonly string[]): RequestListener =>
    (request, response) => {
      const which = /^\/containers\/([0-9a-f]{64})\/json/.exec(request.url ?? "")?.[1];
      const index = which ? Number.parseInt(which, 16) : -1;
      if (which) {
        response.end(JSON.stringify({ ...details, Id: which, Name: `/${names[index]}` }));
        return;
      }
      const entries = names.map((name, at) => ({ ...template, Id: idOf(at), Names: [`/${name}`] }));
      response.end(request.url?.startsWith("/containers/json") ? JSON.stringify(entries) : "");
    };

  it("finds every one of 200", async () => {
    const { servers, problems } = await scanAnswers(engineOf(Array.from({ length: 200 }, (_, index) => `db-${index}`)));
    expect(new Set(servers.map(({ id }) => id)).size).toBe(200);
    expect(problems).toEqual([]);
  });

  it("shows names with control characters on one line and puts them into no command", async () => {
    const { servers } = await scanAnswers(engineOf(["a\u001b[31m\nb\u202e", "$(reboot)", "x".repeat(5000)]));
    expect(servers).toHaveLength(3);
    for (const server of servers) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(server.label + server.id).not.toMatch(/[\u0000-\u001f\u202e]/);
      expect(server.label.length).toBeLessThan(200);
    }
    expect(servers.flatMap(({ actions, startCommand }) => [...actions, startCommand]).join("")).not.toContain("reboot");
  });

  it("leaves out entries that are no containers and says how many", async () => {
    const { servers, problems } = await scanAnswers(json([null, 5, "x", {}, { Id: "../../etc" }, []]));
    expect(servers).toEqual([]);
    expect(problems).toMatchObject([{ kind: "unreadable", message: expect.stringContaining("6 containers") }]);
  });

  it("shows one that the engine lists and never describes", async () => {
    const { servers } = await scanAnswers((request, response) => {
      if (request.url?.startsWith("/containers/json"))
        response.end(JSON.stringify([{ ...template, State: "running" }]));
      else response.destroy();
    });
    expect(servers).toMatchObject([{ id: "docker:st-exited", state: "unreachable", actions: [] }]);
  });
});

describe("places", () => {
  it("is quiet where no engine is, and opens nothing", async () => {
    expect(await scan({})).toMatchObject({ servers: [], problems: [] });
  });

  it.each([
    ["ssh://me@far.example:22", "failed", "far.example"],
    ["not an address", "unreadable", "DOCKER_HOST"],
    ["unix:///nonexistent/docker.sock", "failed", "/nonexistent/docker.sock"],
    ["tcp://127.0.0.1:1", "failed", "127.0.0.1:1"],
  ])("says what DOCKER_HOST=%s means", async (DOCKER_HOST, kind, words) => {
    const { problems } = await scan({ DOCKER_HOST });
    expect(problems).toMatchObject([{ source: "containers", kind, message: expect.stringContaining(words) }]);
    expect(problems[0]?.message).not.toContain("me@");
  });

  it("says that a file is no socket, a link leads to itself, or a context is not described", async () => {
    const file = path.join(folder, "file.sock");
    await writeFile(file, "");
    expect((await scan({ DOCKER_HOST: `unix://${file}` })).problems).toMatchObject([{ kind: "unreadable" }]);
    const loop = path.join(folder, "loop.sock");
    await symlink(loop, loop);
    expect((await scan({ DOCKER_HOST: `unix://${loop}` })).problems).toMatchObject([{ kind: "unreadable" }]);
    await mkdir(path.join(folder, ".docker"));
    await writeFile(path.join(folder, ".docker", "config.json"), '{"currentContext":"lost"}');
    expect((await scan({})).problems).toMatchObject([{ kind: "unreadable" }]);
    await writeFile(path.join(folder, ".docker", "config.json"), "{broken");
    expect((await scan({})).problems).toEqual([]);
  });

  it("finds the sockets that Colima, OrbStack, Rancher Desktop and Docker Desktop keep in a person's home", async () => {
    const { listed: one } = recordedContainer("docker-20.10", "run-p");
    const places = [".colima/default", ".colima/work", ".orbstack/run", ".rd", ".docker/run"];
    for (const [index, place] of places.entries()) {
      await mkdir(path.join(folder, place), { recursive: true });
      const server = createServer((request, response) => {
        const entry = { ...one, Id: String(index + 1).repeat(64) };
        if (request.url?.startsWith("/containers/json")) response.end(JSON.stringify([entry]));
        else response.destroy();
      });
      await new Promise<void>((resolve) => server.listen(path.join(folder, place, "docker.sock"), resolve));
      closing.push(() => server.close());
    }
    const { servers } = await scan({});
    expect(servers.map(({ id }) => id).sort()).toEqual([
      "docker:run-p@colima",
      "docker:run-p@colima-work",
      "docker:run-p@desktop",
      "docker:run-p@orbstack",
      "docker:run-p@rancher",
    ]);
    expect(servers.find(({ id }) => id.endsWith("@orbstack"))?.label).toBe("Docker · run-p (orbstack)");
  });
});
