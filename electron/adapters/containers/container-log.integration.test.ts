import type { RequestListener, ServerResponse } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { onlyIn, recordedContainer, serve } from "../../../e2e/containers/serve";
import type { Server } from "../../../shared/domain/server";
import { thisMachine } from "../detect/machine";
import { createReadContainerLog } from "./container-log";

/*
 * Engines that misbehave, and Podman: no real one does it here on demand, so a small server plays them. What a real
 * engine does is in e2e/containers/diagnosis.engine.test.ts.
 */

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

const { details } = recordedContainer("docker-20.10", "run-p");
const card = (id = "docker:run-p", origin: Server["origin"] = "docker"): Server => ({
  id,
  origin,
  label: id,
  version: "15",
  state: "running",
  endpoints: [],
  dataDirectory: null,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: true,
});

/** The engine describes its container, then `log` answers for the log. */
async function reader(log: (answer: ServerResponse) => void, described: RequestListener | null = null) {
  const served = await serve((request, answer) => {
    if (request.url?.includes("/logs?")) log(answer);
    else if (described) described(request, answer);
    else answer.end(JSON.stringify(details));
  });
  closing.push(served.close);
  const machine = thisMachine({
    environment: { HOME: served.folder, DOCKER_HOST: `unix://${served.socketPath}` },
    files: onlyIn([served.folder]),
  });
  return { read: createReadContainerLog(machine), requests: served.requests };
}

const never = new AbortController().signal;
const isEnough = (text: string): boolean => text.includes("DETAIL");

/** A frame of standard error. */
function frame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

describe("the log of a container", () => {
  it("is asked for by its end and from its last start on, and named by the command that shows it", async () => {
    const { read, requests } = await reader((answer) => void answer.end(frame("FATAL:  x\nDETAIL:  y\n")));
    expect(await read(card(), { isEnough, signal: never })).toEqual({
      file: "docker logs run-p",
      text: "FATAL:  x\nDETAIL:  y\n",
    });
    const asked = new URLSearchParams(requests.at(-1)?.replace(/^.*\?/, ""));
    expect(Object.fromEntries(asked)).toMatchObject({ stdout: "1", stderr: "1", tail: "500" });
    const started = Date.parse((details.State as { readonly StartedAt: string }).StartedAt);
    expect(Number(asked.get("since"))).toBe(Math.floor(started / 1000));
  });

  it("is waited for while a line is on its way, and no longer than till it is enough", async () => {
    let gone = (): void => {};
    const closed = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const { read } = await reader((answer) => {
      answer.once("close", gone);
      answer.write(frame("FATAL:  x\n"));
      setImmediate(() => answer.write(frame("DETAIL:  y\n")));
    });
    expect((await read(card(), { isEnough, signal: never }))?.text).toBe("FATAL:  x\nDETAIL:  y\n");
    await closed;
  });

  it("counts as far as it came where nothing more comes", async () => {
    const { read } = await reader((answer) => void answer.write(frame("LOG:  ready\n")));
    expect((await read(card(), { isEnough, signal: never }))?.text).toBe("LOG:  ready\n");
  });

  it("is kept to its end and given up where it does not end", async () => {
    let written = 0;
    const { read } = await reader((answer) => {
      const part = frame("x".repeat(60_000));
      const more = (): void => {
        written += part.length;
        if (!answer.destroyed) answer.write(part, more);
      };
      more();
    });
    const tail = await read(card(), { isEnough, signal: never });
    expect(tail?.text).toMatch(/^x{65536}$/);
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it("is let go of at once when somebody presses Cancel", async () => {
    // No clock ends it: only the signal can.
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const stop = new AbortController();
    const { read } = await reader((answer) => {
      answer.write(frame("LOG:  ready\n"));
      stop.abort();
    });
    await read(card(), { isEnough, signal: stop.signal });
    const { read: readAgain, requests } = await reader(() => {});
    expect(await readAgain(card(), { isEnough, signal: stop.signal })).toBeNull();
    expect(requests).toEqual([]);
  });

  it.each<readonly [string, RequestListener]>([
    ["knows no such container", (_request, answer) => void answer.writeHead(404).end('{"message":"no"}')],
    ["hangs up", (_request, answer) => void answer.destroy()],
    ["talks nonsense", (_request, answer) => void answer.end("<html>")],
    [
      "is Podman, and the card is Docker's",
      (_request, answer) => {
        answer.setHeader("Server", "Libpod/4.3.1 (linux)");
        answer.end(JSON.stringify(details));
      },
    ],
  ])("is none where the engine %s", async (_name, described) => {
    const { read } = await reader(() => {}, described);
    expect(await read(card(), { isEnough, signal: never })).toBeNull();
  });

  it("is none where the engine refuses it", async () => {
    const { read } = await reader((answer) => {
      answer.writeHead(501);
      answer.end('{"message":"configured logging driver does not support reading"}');
    });
    expect(await read(card(), { isEnough, signal: never })).toBeNull();
  });

  it.each(["apt:15/main", "docker:$(reboot)", "docker:run-p@colima"])("%s asks no engine", async (id) => {
    const { read, requests } = await reader(() => {});
    expect(await read(card(id), { isEnough, signal: never })).toBeNull();
    expect(requests).toEqual([]);
  });
});
