import type {
  CallInput,
  CallName,
  CallOutput,
  JobEnd,
  JobEvent,
  JobInput,
  JobMessage,
  JobName,
  JobOutput,
} from "../shared/ipc/contract";

/** Asks main one question. Rejects only when main itself broke; expected failures are in the answer. */
export function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return window.aksara.call(name, input) as Promise<CallOutput<N>>;
}

/** A running job: its end, and a way to stop it. */
export interface RunningJob<T> {
  readonly end: Promise<JobEnd<T>>;
  cancel(): void;
}

interface Waiting {
  readonly onEvent: (event: unknown) => void;
  readonly onEnd: (end: JobEnd<unknown>) => void;
}

const waiting = new Map<string, Waiting>();
/** Messages that came before the answer with the job's id. */
const early = new Map<string, JobMessage[]>();
let listening = false;

function receive(message: JobMessage): void {
  const job = waiting.get(message.jobId);
  if (!job) {
    early.set(message.jobId, [...(early.get(message.jobId) ?? []), message]);
    return;
  }
  if (message.kind === "event") job.onEvent(message.event);
  else {
    waiting.delete(message.jobId);
    job.onEnd(message.end);
  }
}

/** Starts long work; `onEvent` hears its progress in order, never after its end. */
export function startJob<N extends JobName>(
  name: N,
  input: JobInput<N>,
  onEvent: (event: JobEvent<N>) => void,
): RunningJob<JobOutput<N>> {
  if (!listening) {
    listening = true;
    window.aksara.onJob(receive);
  }
  let jobId: string | null = null;
  let cancelled = false;
  const end = new Promise<JobEnd<JobOutput<N>>>((resolve) => {
    window.aksara.start(name, input).then(
      (id) => {
        jobId = id;
        waiting.set(id, {
          onEvent: onEvent as (event: unknown) => void,
          onEnd: resolve as (end: JobEnd<unknown>) => void,
        });
        for (const message of early.get(id) ?? []) receive(message);
        early.delete(id);
        if (cancelled) void call("jobs.cancel", { jobId: id });
      },
      (reason: unknown) =>
        resolve({ kind: "failed", message: reason instanceof Error ? reason.message : String(reason) }),
    );
  });
  return {
    end,
    cancel() {
      cancelled = true;
      if (jobId) void call("jobs.cancel", { jobId });
    },
  };
}
