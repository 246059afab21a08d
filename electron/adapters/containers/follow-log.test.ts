import { describe, expect, it, vi } from "vitest";
import { listenForReady } from "./follow-log";

const READY = "LOG:  database system is ready to accept connections";

describe("the line that says a server takes connections", () => {
  it("is waited for where it is still on its way, and passed on like every other", async () => {
    const lines: string[] = [];
    const log = listenForReady((line) => void lines.push(line));
    log.tell("LOG:  starting PostgreSQL 15.18");
    const waiting = log.within(60_000);
    log.tell(READY);
    await waiting;
    expect(lines).toEqual(["LOG:  starting PostgreSQL 15.18", READY]);
  });

  it("needs no waiting once it came, unless the server went down again after it", async () => {
    vi.useFakeTimers();
    try {
      const log = listenForReady(() => undefined);
      log.tell(READY);
      await log.within(60_000);
      log.tell("LOG:  database system is shut down");
      const waiting = log.within(60_000).then(() => "over");
      await vi.advanceTimersByTimeAsync(59_999);
      expect(await Promise.race([waiting, "waiting"])).toBe("waiting");
      await vi.advanceTimersByTimeAsync(1);
      expect(await waiting).toBe("over");
    } finally {
      vi.useRealTimers();
    }
  });
});
