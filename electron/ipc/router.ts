import { randomUUID } from "node:crypto";
import {
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type JobEnd,
  type JobEvent,
  type JobInput,
  type JobMessage,
  type JobName,
  type JobOutput,
  jobs,
} from "../../shared/ipc/contract";
import type { JobContext } from "../use-cases/job";
import { RefusedCall } from "./refused-call";

/** One function a call and a job of the contract; a missing one is a type error. */
export interface Handlers {
  readonly calls: { readonly [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> };
  readonly jobs: {
    readonly [N in JobName]: (input: JobInput<N>, ctx: JobContext<JobEvent<N>>) => Promise<JobOutput<N>>;
  };
}

export interface Router {
  /** Answers one question; rejects with RefusedCall when name or input is not of the contract. */
  call(name: unknown, input: unknown): Promise<unknown>;
  /** Starts a job and answers its id; its messages go to `send`. */
  start(name: unknown, input: unknown, send: (message: JobMessage) => void): string;
  cancel(jobId: string): void;
  /** Stops every running job, for the end of the process or of its window. */
  cancelAll(): void;
}

/** Says what broke without the error's own text, which could hold what a person typed. */
function unexpected(name: string, error: unknown): string {
  const type = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  console.error(`${name} broke: ${type}\n${frames.join("\n")}`);
  return `This should not happen (${name}: ${type}). Try again; if it stays, please report it.`;
}

/** Checks every call against the contract and runs it; knows nothing of Electron. */
export function createRouter(handlers: Handlers): Router {
  const running = new Map<string, AbortController>();

  async function run(
    name: JobName,
    input: never,
    jobId: string,
    controller: AbortController,
    send: (message: JobMessage) => void,
  ): Promise<void> {
    const emit = (event: unknown): void => {
      if (running.has(jobId)) send({ jobId, kind: "event", event });
    };
    let end: JobEnd<unknown>;
    try {
      const value = await handlers.jobs[name](input, { emit, signal: controller.signal });
      // Work that finished in spite of a late cancel is told as done: hiding what happened helps nobody.
      end = { kind: "done", value };
    } catch (error) {
      end = controller.signal.aborted ? { kind: "cancelled" } : { kind: "failed", message: unexpected(name, error) };
    }
    running.delete(jobId);
    send({ jobId, kind: "end", end });
  }

  return {
    async call(name, input) {
      if (typeof name !== "string" || !Object.hasOwn(calls, name)) throw new RefusedCall(String(name));
      const known = name as CallName;
      const parsed = calls[known].input.safeParse(input);
      if (!parsed.success) throw new RefusedCall(known);
      try {
        return await handlers.calls[known](parsed.data as never);
      } catch (error) {
        throw new Error(unexpected(known, error));
      }
    },
    start(name, input, send) {
      if (typeof name !== "string" || !Object.hasOwn(jobs, name)) throw new RefusedCall(String(name));
      const known = name as JobName;
      const parsed = jobs[known].input.safeParse(input);
      if (!parsed.success) throw new RefusedCall(known);
      const jobId = randomUUID();
      const controller = new AbortController();
      running.set(jobId, controller);
      void run(known, parsed.data as never, jobId, controller, send);
      return jobId;
    },
    cancel: (jobId) => running.get(jobId)?.abort(),
    cancelAll() {
      for (const controller of running.values()) controller.abort();
    },
  };
}
