import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** An empty project folder, removed when the test ends. */
export function projectFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-python-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
