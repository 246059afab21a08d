import { describe, expect, it } from "vitest";
import { createWatch, type WatchEvent } from "./watch";

const silent = async function* (): AsyncGenerator<void> {};

/** Runs a watch until `enough` says so, over signs that are read one after the other and then stay. */
async function watch(
  signs: readonly string[],
  enough: (events: readonly WatchEvent[], looks: number) => boolean,
  engines: (signal: AbortSignal) => AsyncIterable<void> = silent,
): Promise<readonly WatchEvent[]> {
  const stop = new AbortController();
  const events: WatchEvent[] = [];
  let looks = 0;
  const useCase = createWatch({
    async signs() {
      const sign = signs[Math.min(looks, signs.length - 1)] as string;
      looks++;
      if (enough(events, looks)) stop.abort();
      return sign;
    },
    engines,
    everyMs: 0,
    settleMs: 0,
  });
  const emit = (event: WatchEvent): void => {
    events.push(event);
    if (enough(events, looks)) stop.abort();
  };
  expect(await useCase.run({ emit, signal: stop.signal })).toBeNull();
  return events;
}

describe("watching", () => {
  it("says nothing while the signs stay the same", async () => {
    expect(await watch(["a"], (_, looks) => looks > 20)).toEqual([]);
  });

  it("tells when the signs change", async () => {
    expect(await watch(["a", "a", "b"], (events) => events.length === 1)).toEqual([{ kind: "changed" }]);
  });

  it("tells what a container engine says", async () => {
    const engine = async function* (): AsyncGenerator<void> {
      yield;
    };
    expect(await watch(["a"], (events) => events.length === 1, engine)).toEqual([{ kind: "changed" }]);
  });

  it("tells several changes that come together once", async () => {
    const engine = async function* (): AsyncGenerator<void> {
      for (let index = 0; index < 50; index++) yield;
    };
    expect(await watch(["a"], (_, looks) => looks > 20, engine)).toHaveLength(1);
  });

  it("ends when it is told to, before the first look is over", async () => {
    const stop = new AbortController();
    stop.abort();
    const useCase = createWatch({ signs: async () => "a", engines: silent, everyMs: 60_000, settleMs: 0 });
    expect(await useCase.run({ emit: () => expect.unreachable(), signal: stop.signal })).toBeNull();
  });
});
