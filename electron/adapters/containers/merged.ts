/** Yields what several generators yield, each thing as soon as it is there. */
export async function* merged<T>(generators: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  type Step = { readonly from: AsyncGenerator<T>; readonly result: IteratorResult<T> };
  const next = (from: AsyncGenerator<T>): Promise<Step> => from.next().then((result) => ({ from, result }));
  const waiting = new Map(generators.map((one) => [one, next(one)]));
  // Whoever stops reading early must not leave a rejection that nobody hears.
  for (const step of waiting.values()) step.catch(() => undefined);
  while (waiting.size > 0) {
    const { from, result } = await Promise.race(waiting.values());
    if (result.done) {
      waiting.delete(from);
      continue;
    }
    const step = next(from);
    step.catch(() => undefined);
    waiting.set(from, step);
    yield result.value;
  }
}
