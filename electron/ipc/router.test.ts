import { describe, expect, it, vi } from "vitest";
import { calls, type JobMessage, jobs } from "../../shared/ipc/contract";
import { RefusedCall } from "./refused-call";
import { createRouter, type Handlers } from "./router";

/** Handlers of which only the given ones may be reached. */
function handlers(some: { calls?: Record<string, unknown>; jobs?: Record<string, unknown> }): Handlers {
  const never = (name: string) => () => Promise.reject(new Error(`${name} was reached`));
  return {
    calls: { ...Object.fromEntries(Object.keys(calls).map((name) => [name, never(name)])), ...some.calls },
    jobs: { ...Object.fromEntries(Object.keys(jobs).map((name) => [name, never(name)])), ...some.jobs },
  } as unknown as Handlers;
}

/** Starts a job and collects its messages up to its end. */
function runJob(router: ReturnType<typeof createRouter>, name: string, input: unknown) {
  const messages: JobMessage[] = [];
  let jobId = "";
  const ended = new Promise<JobMessage[]>((resolve) => {
    jobId = router.start(name, input, (message) => {
      messages.push(message);
      if (message.kind === "end") resolve(messages);
    });
  });
  return { jobId, ended };
}

describe("calls", () => {
  it("answers what the handler answers", async () => {
    const router = createRouter(handlers({ calls: { "database.newPassword": async () => "abc" } }));
    expect(await router.call("database.newPassword", undefined)).toBe("abc");
  });

  it.each([
    ["an unknown name", "fs.readFile", undefined],
    ["a name of Object.prototype", "constructor", undefined],
    ["a name that is no text", 7, undefined],
    ["a missing input", "settings.setTheme", undefined],
    ["a value outside the list", "settings.setTheme", { theme: "pink" }],
    ["an address as a link", "link.open", { link: "https://example.com" }],
    ["a path as a preview", "export.write", { path: "/etc/passwd" }],
    ["an over-long string", "clipboard.copy", { text: "x".repeat(100_001) }],
  ])("refuses %s before any handler is reached", async (_what, name, input) => {
    const router = createRouter(handlers({}));
    await expect(router.call(name, input)).rejects.toBeInstanceOf(RefusedCall);
  });

  it("drops keys the contract does not know", async () => {
    const copy = vi.fn(async () => ({ ok: true, value: null }));
    const router = createRouter(handlers({ calls: { "clipboard.copy": copy } }));
    await router.call("clipboard.copy", { text: "a", path: "/etc/passwd" });
    expect(copy).toHaveBeenCalledWith({ text: "a" });
  });

  it("does not pass on the text of an unexpected error, which could hold what was typed", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = async () => {
      throw new TypeError("bad postgresql://u:hunter2@h/d");
    };
    const router = createRouter(handlers({ calls: { "app.info": broken } }));
    await expect(router.call("app.info", undefined)).rejects.toThrow(/app\.info: TypeError/);
    await expect(router.call("app.info", undefined)).rejects.not.toThrow(/hunter2/);
    expect(JSON.stringify(quiet.mock.calls)).not.toContain("hunter2");
    quiet.mockRestore();
  });
});

describe("jobs", () => {
  it("sends events in order and one end", async () => {
    const job = async (_input: unknown, ctx: { emit(event: unknown): void }) => {
      ctx.emit(1);
      ctx.emit(2);
      return "three";
    };
    const { jobId, ended } = runJob(
      createRouter(handlers({ jobs: { "servers.scan": job } })),
      "servers.scan",
      undefined,
    );
    expect(await ended).toEqual([
      { jobId, kind: "event", event: 1 },
      { jobId, kind: "event", event: 2 },
      { jobId, kind: "end", end: { kind: "done", value: "three" } },
    ]);
  });

  it("ends a cancelled job as cancelled and lets no late event through", async () => {
    let late = (): void => {};
    const job = (_input: unknown, ctx: { emit(event: unknown): void; signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        late = () => ctx.emit("late");
        ctx.signal.addEventListener("abort", () => reject(new Error("stopped")));
      });
    const router = createRouter(handlers({ jobs: { "servers.scan": job } }));
    const { jobId, ended } = runJob(router, "servers.scan", undefined);
    router.cancel(jobId);
    const messages = await ended;
    late();
    expect(messages).toEqual([{ jobId, kind: "end", end: { kind: "cancelled" } }]);
  });

  it("stops every job when the window goes", async () => {
    const job = (_input: unknown, ctx: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => ctx.signal.addEventListener("abort", () => reject(new Error("stopped"))));
    const router = createRouter(handlers({ jobs: { "servers.scan": job, "setup.auto": job } }));
    const first = runJob(router, "servers.scan", undefined);
    const second = runJob(router, "setup.auto", undefined);
    router.cancelAll();
    const ends = [...(await first.ended), ...(await second.ended)].map(
      (message) => message.kind === "end" && message.end.kind,
    );
    expect(ends).toEqual(["cancelled", "cancelled"]);
  });
});
