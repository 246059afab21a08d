import { expect, it } from "vitest";
import { asTheyFinish, type Work } from "./as-they-finish";

async function all<T>(works: AsyncIterable<Work<T>> | Iterable<Work<T>>): Promise<readonly T[]> {
  const results: T[] = [];
  for await (const one of asTheyFinish(works)) results.push(one);
  return results;
}

const never = new Promise<never>(() => undefined);

it("yields what is ready first, and leaves nulls out", async () => {
  let finish = (_: string): void => undefined;
  const slow = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const results: string[] = [];
  for await (const one of asTheyFinish<string>([() => slow, async () => null, async () => "quick"])) {
    results.push(one);
    finish("slow");
  }
  expect(results).toEqual(["quick", "slow"]);
});

it("is not held up by a piece of work that hangs, nor by a list that does", async () => {
  async function* list(): AsyncGenerator<Work<string>> {
    yield () => never;
    yield async () => "a";
    await never;
  }
  const iterator = asTheyFinish(list());
  expect(await iterator.next()).toEqual({ done: false, value: "a" });
});

it("begins 32 at a time and does them all", async () => {
  let now = 0;
  let most = 0;
  const work = (index: number) => async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now--;
    return index;
  };
  const results = await all(Array.from({ length: 200 }, (_, index) => work(index)));
  expect(most).toBe(32);
  expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index));
});

it("passes on a failure, and one that comes after the reader left harms nobody", async () => {
  const broken = async (): Promise<string> => {
    throw new Error("broken");
  };
  await expect(all([broken])).rejects.toThrow("broken");
  for await (const _ of asTheyFinish([async () => "first", broken])) break;
});
