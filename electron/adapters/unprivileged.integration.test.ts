import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { createProjects } from "../use-cases/project";
import { textFiles } from "./env-file";
import { projectFolders } from "./project-folder";

const NOBODY = 65534;

/** Root may do everything; this file's own process becomes an ordinary user, for good. */
beforeAll(() => {
  if (process.getuid?.() !== 0) return;
  const stranger = mkdtempSync(path.join(tmpdir(), "stranger-"));
  writeFileSync(path.join(stranger, ".env"), "A=root's\n");
  chmodSync(path.join(stranger, ".env"), 0o644);
  chownSync(stranger, NOBODY, NOBODY);
  process.env.STRANGER = stranger;
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
});

function folderWith(mode: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), "unprivileged-"));
  writeFileSync(path.join(folder, ".env"), "DATABASE_URL=postgresql://a:b@h/d\n");
  chmodSync(folder, mode);
  onTestFinished(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

const projects = () => createProjects({ folders: projectFolders, files: textFiles, env: {} });

it("opens a read-only folder and says that it cannot be written", async () => {
  const opened = await projects().open(folderWith(0o555));
  expect(opened).toMatchObject({ ok: true, value: { writable: false, databaseUrl: "postgresql://a:***@h/d" } });
  expect(opened.ok && opened.value.reason).toContain("may not write in this folder");
});

it("opens a folder it may not look into and says so", async () => {
  const opened = await projects().open(folderWith(0o000));
  expect(opened).toMatchObject({ ok: true, value: { writable: false, isAksara: false } });
  expect(opened.ok && opened.value.reason).toBe("Your user may not read this folder.");
});

it("says when the way to a folder is closed", async () => {
  const folder = folderWith(0o700);
  mkdirSync(path.join(folder, "inner"));
  chmodSync(folder, 0o000);
  const opened = await projects().open(path.join(folder, "inner"));
  expect(opened).toMatchObject({ ok: false, error: { kind: "no-permission", code: "EACCES" } });
});

it("writes nothing into a read-only folder, and leaves no trace", async () => {
  const folder = folderWith(0o555);
  const before = await textFiles.read(path.join(folder, ".env"));
  if (!before.ok) throw new Error(before.error.message);
  const result = await textFiles.write({
    before: before.value,
    text: "A=1\n",
    newMode: 0o600,
    backup: true,
    expected: {},
  });
  expect(result).toMatchObject({ ok: false, error: { kind: "unwritable" } });
  expect(readFileSync(path.join(folder, ".env"), "utf8")).toContain("DATABASE_URL");
});

it.runIf(process.getuid?.() === 0)("does not take a file from its owner", async () => {
  const file = path.join(process.env.STRANGER ?? "", ".env");
  const read = await textFiles.read(file);
  expect(read).toMatchObject({ ok: true, value: { lock: `${file} belongs to another user.` } });
  rmSync(path.dirname(file), { recursive: true, force: true });
});
