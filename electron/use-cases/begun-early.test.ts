import { describe, expect, it } from "vitest";
import { begunEarly } from "./begun-early";
import type { JobContext } from "./job";

/** Work that tells and ends when the test says so; every run of it is kept. */
function counted() {
  const runs: (JobContext<string> & { end(outcome: string): void; fail(error: Error): void })[] = [];
  const work = (context: JobContext<string>): Promise<string> =>
    new Promise((end, fail) => void runs.push({ ...context, end, fail }));
  return { runs, early: begunEarly(work) };
}

const listening = (signal = new AbortController().signal) => {
  const heard: string[] = [];
  return { heard, context: { emit: (event: string) => void heard.push(event), signal } };
};

describe("work begun early", () => {
  it("tells the first who asks what it told before and what it tells after, and runs once", async () => {
    const { runs, early } = counted();
    early.begin();
    runs[0]?.emit("one");
    const { heard, context } = listening();
    const outcome = early.run(context);
    runs[0]?.emit("two");
    runs[0]?.end("done");
    expect(await outcome).toBe("done");
    expect(heard).toEqual(["one", "two"]);
    expect(runs).toHaveLength(1);
  });

  it("is cancelled by the one who took it over, also where that one was cancelled already", async () => {
    for (const late of [true, false]) {
      const { runs, early } = counted();
      early.begin();
      const stop = new AbortController();
      if (!late) stop.abort();
      void early.run(listening(stop.signal).context);
      if (late) {
        expect(runs[0]?.signal.aborted).toBe(false);
        stop.abort();
      }
      expect(runs[0]?.signal.aborted).toBe(true);
    }
  });

  it("runs anew for whoever asks later, and where nothing was begun", () => {
    const { runs, early } = counted();
    void early.run(listening().context);
    early.begin();
    void early.run(listening().context);
    void early.run(listening().context);
    expect(runs).toHaveLength(3);
  });

  it("leaves a failure to the one who asks", async () => {
    const { runs, early } = counted();
    early.begin();
    runs[0]?.fail(new Error("gone"));
    await expect(early.run(listening().context)).rejects.toThrow("gone");
  });
});
