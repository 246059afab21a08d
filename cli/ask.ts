import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Questions on the terminal. Answers are text; an empty one is the default. */
export interface Asker {
  text(question: string, fallback: string): Promise<string>;
  /** The answer does not show while it is typed. */
  secret(question: string): Promise<string>;
  /** Index of the chosen entry. */
  choice(question: string, entries: readonly string[]): Promise<number>;
  yes(question: string): Promise<boolean>;
  close(): void;
}

/** Asks on standard error, so that standard output keeps only results. Ctrl-D and Ctrl-C reject with AbortError. */
export function createAsker(signal: AbortSignal): Asker {
  let muted = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY === true });
  const ended = new AbortController();
  lines.once("close", () => ended.abort());
  signal.addEventListener("abort", () => ended.abort(), { once: true });
  const ask = async (question: string): Promise<string> =>
    (await lines.question(question, { signal: ended.signal })).trim();
  const text = async (question: string, fallback: string): Promise<string> =>
    (await ask(fallback === "" ? `${question}: ` : `${question} [${fallback}]: `)) || fallback;
  return {
    text,
    async secret(question) {
      process.stderr.write(`${question}: `);
      muted = true;
      try {
        return await lines.question("", { signal: ended.signal });
      } finally {
        muted = false;
        process.stderr.write("\n");
      }
    },
    async choice(question, entries) {
      entries.forEach((entry, index) => void process.stderr.write(`  ${index + 1}  ${entry}\n`));
      for (;;) {
        const number = Number(await text(question, "1"));
        if (Number.isInteger(number) && number >= 1 && number <= entries.length) return number - 1;
        process.stderr.write(`  A number from 1 to ${entries.length}.\n`);
      }
    },
    yes: async (question) => /^y(es)?$/i.test(await text(`${question} (yes/no)`, "yes")),
    close: () => lines.close(),
  };
}
