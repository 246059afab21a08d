import { ERRNO } from "../../../shared/domain/diagnose/facts";
import { endpointText } from "../../../shared/domain/endpoint";
import { err, ok, problem, type Result } from "../../../shared/domain/result";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import type { TellMore, WorkStep } from "./work";

/** How long a server is waited for, how often it is asked, and how long each answer may take, in ms. */
const LONGEST_MS = 60_000;
const EVERY_MS = 500;
const ANSWER_MS = 2_000;

const NOT_READY = problem("unreachable", "After a minute the server still lets nobody in.", {
  next: "Its log says what it does. Wait again, or look whether it is a standby.",
});

/** Settles after a while, or at once when the signal fires. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });

/** Waits until the server asks for a password or lets in; no password is sent, so that nothing is tried in a loop. */
export function prepareWait({ openWire }: DiagnoseParts, { climbed }: KeptRun, title: string): WorkStep | null {
  if (!climbed) return null;
  const { request } = climbed;
  const isReady = async (signal: AbortSignal): Promise<boolean> => {
    const opened = await openWire({ ...request, password: null, timeoutMs: ANSWER_MS, signal }, () => {});
    if (opened.ok) {
      await opened.value.session.end();
      return true;
    }
    const { sqlstate, errno } = opened.error;
    return sqlstate !== "57P03" && (sqlstate !== null || errno === ERRNO.passwordMissing);
  };
  const run = async (signal: AbortSignal, tell: TellMore): Promise<Result<null>> => {
    const began = performance.now();
    while (!signal.aborted) {
      if (await isReady(signal)) return ok(null);
      const passed = performance.now() - began;
      if (passed > LONGEST_MS) return err(NOT_READY);
      tell(`it is not ready after ${Math.round(passed / 1_000)} s`);
      await pause(EVERY_MS, signal);
    }
    return err(problem("cancelled", "Stopped before it was ready."));
  };
  return {
    shown: {
      id: "wait",
      title,
      sql: null,
      command: `# asks ${endpointText(request.endpoint)} every half second, for a minute at most, and sends no password`,
    },
    run,
  };
}
