import { describe, expect, it } from "vitest";
import { runCommand, showCommand } from "./run-command";

const never = new AbortController().signal;

describe("runCommand", () => {
  it("tells output line by line and says how it failed by its last lines", async () => {
    const told: string[] = [];
    const args = ["-e", "console.log('one'); console.error('two'); process.exitCode = 3"];
    const result = await runCommand({ program: process.execPath, args }, (line) => void told.push(line), never);
    expect(told.sort()).toEqual(["one", "two"]);
    expect(result).toMatchObject({ ok: false, error: { kind: "command-failed" } });
    expect(result.ok === false && result.error.message).toContain("two");
  });

  it("ends although a program it started in the background keeps the output open", async () => {
    const script = `const c = require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => 0, 20000)"], { stdio: "inherit", detached: true }); console.log(c.pid); c.unref();`;
    const told: string[] = [];
    const result = await runCommand(
      { program: process.execPath, args: ["-e", script] },
      (line) => void told.push(line),
      never,
    );
    process.kill(Number(told[0]), "SIGKILL");
    expect(result.ok).toBe(true);
  });

  it("ends a cancelled command with what it started", async () => {
    const cancel = new AbortController();
    const args = ["-e", "console.log('up'); setTimeout(() => 0, 60000)"];
    const result = await runCommand({ program: process.execPath, args }, () => cancel.abort(), cancel.signal);
    expect(result).toMatchObject({ ok: false, error: { kind: "cancelled" } });
  });

  it("says so when there is no such program", async () => {
    const result = await runCommand({ program: "/nonexistent/pg_ctl", args: [] }, () => undefined, never);
    expect(result).toMatchObject({ ok: false, error: { kind: "command-failed", code: "ENOENT" } });
  });

  it("hands on no PG* variables", async () => {
    process.env.PGPORT = "1";
    const told: string[] = [];
    await runCommand(
      { program: process.execPath, args: ["-p", "process.env.PGPORT"] },
      (line) => void told.push(line),
      never,
    );
    delete process.env.PGPORT;
    expect(told).toEqual(["undefined"]);
  });
});

describe("showCommand", () => {
  it("quotes only words that need it", () => {
    expect(showCommand("pg_ctlcluster", ["15", "it's here"])).toBe("pg_ctlcluster 15 'it'\\''s here'");
  });
});
