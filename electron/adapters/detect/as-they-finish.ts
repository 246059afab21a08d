/** Yields the results of work that runs side by side, each as soon as it is there; nulls are left out. */
export async function* asTheyFinish<T>(works: readonly Promise<T | null>[]): AsyncGenerator<T> {
  const waiting = new Map(works.map((work, index) => [index, work.then((value) => ({ index, value }))]));
  // Whoever stops reading early must not leave a rejection that nobody hears.
  for (const work of waiting.values()) work.catch(() => undefined);
  while (waiting.size > 0) {
    const { index, value } = await Promise.race(waiting.values());
    waiting.delete(index);
    if (value !== null) yield value;
  }
}
