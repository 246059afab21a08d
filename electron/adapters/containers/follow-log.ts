import type { Container } from "../../../shared/domain/containers/container";
import type { TellLine } from "../../use-cases/detection";
import type { EngineApi } from "./api";
import { cleanLog } from "./finding";
import { createOutputReader } from "./frames";

/** A line that goes on longer than this is told in parts. */
const LONGEST_LINE = 4096;

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
