/** Enough to wait for many at once, few enough that open files and sockets do not run out. */
const AT_ONCE = 32;

/** Work that is begun by calling it; null is a result nobody wants. */
export type Work<T> = () => Promise<T | null>;

type Step<T> =
  | { readonly kind: "work"; readonly work: Work<T> | null }
  | { readonly kind: "result"; readonly index: number; readonly value: T | null };

/**
 * Does work side by side, at most 32 at a time, as soon as the list names it, and yields each result as soon as it is
 * there. Neither a piece of work that hangs nor a list that does holds back the others.
 */
export async function* asTheyFinish<T>(works: AsyncIterable<Work<T>> | Iterable<Work<T>>): AsyncGenerator<T> {
  const list = Symbol.asyncIterator in works ? works[Symbol.asyncIterator]() : works[Symbol.iterator]();
  const running = new Map<number, Promise<Step<T>>>();
  const pull = async (): Promise<Step<T>> => {
    const { done, value } = await list.next();
    return { kind: "work", work: done ? null : value };
  };
  let pulling: Promise<Step<T>> | null = null;
  let ended = false;
  for (let index = 0; ; ) {
    if (!ended && running.size < AT_ONCE) pulling ??= pull();
    // Whoever stops reading early must not leave a rejection that nobody hears.
    pulling?.catch(() => undefined);
    const waiting = [...running.values(), ...(pulling ? [pulling] : [])];
    if (waiting.length === 0) return;
    const step = await Promise.race(waiting);
    if (step.kind === "result") {
      running.delete(step.index);
      if (step.value !== null) yield step.value;
      continue;
    }
    pulling = null;
    if (step.work === null) {
      ended = true;
      continue;
    }
    const own = index++;
    const result = step.work().then((value): Step<T> => ({ kind: "result", index: own, value }));
    result.catch(() => undefined);
    running.set(own, result);
  }
}
