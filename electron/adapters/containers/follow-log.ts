import type { Container } from "../../../shared/domain/containers/container";
import type { TellLine } from "../../use-cases/detection";
import type { EngineApi } from "./api";
import { cleanLog } from "./finding";
import { createOutputReader } from "./frames";

/** A line that goes on longer than this is told in parts. */
const LONGEST_LINE = 4096;

/** Servers say so once they take connections (postmaster.c); in a first start the image's own server says it before. */
const READY = /database system is ready to accept/;
const SHUT_DOWN = /database system is shut down/;

/** Hears a log on its way and knows whether the server's last word was that it takes connections. */
export interface ReadyLine {
  readonly tell: TellLine;
  /** Settles when it was said, at the latest after `ms`: a server may write its log elsewhere or in another language. */
  within(ms: number): Promise<void>;
}

/** Listens to the lines that go on to `tell`. */
export function listenForReady(tell: TellLine): ReadyLine {
  let isReady = false;
  let hear = (): void => {};
  return {
    tell(line) {
      tell(line);
      if (SHUT_DOWN.test(line)) isReady = false;
      if (!READY.test(line)) return;
      isReady = true;
      hear();
    },
    within: (ms) =>
      new Promise((resolve) => {
        if (isReady) return resolve();
        const late = setTimeout(resolve, ms);
        hear = () => {
          clearTimeout(late);
          resolve();
        };
      }),
  };
}

/** Tells what a container writes from its last start on, a cleaned line at a time, until the signal says stop. Never fails. */
export async function followLog(
  api: EngineApi,
  container: Container,
  tell: TellLine,
  signal: AbortSignal,
): Promise<void> {
  const since = Math.floor((container.startedAt ?? Date.now()) / 1000);
  const target = `/containers/${container.id}/logs?stdout=1&stderr=1&follow=1&since=${since}`;
  const opened = await api.stream(target, signal);
  if (!opened.ok) return;
  const read = createOutputReader(container.terminal);
  let rest = "";
  try {
    for await (const part of opened.value as AsyncIterable<Buffer>) {
      const lines = (rest + read(part)).split(/\r?\n/);
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) {
        lines.push(rest);
        rest = "";
      }
      for (const line of lines.flatMap((one) => cleanLog(one, container, 1))) tell(line);
    }
  } catch {
    // Ended by the signal, or the engine went away: the log is told as far as it came.
  }
}
