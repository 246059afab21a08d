import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { textFiles } from "../../electron/adapters/env-file";
import { projectFolders } from "../../electron/adapters/project-folder";
import type { DiagnoseParts } from "../../electron/use-cases/diagnose";
import { createProjects } from "../../electron/use-cases/project";

/** A project as `aksara startproject` makes it, cut down to what tells of its pool. */
export const GENERATED_MAIN = "from aksara import Aksara\n\napp = Aksara(database_url=settings.database_url)\n";
/** The same with the sizes passed on from the settings. */
export const PASSING_MAIN =
  "app = Aksara(\n  database_url=settings.database_url,\n  min_pool_size=settings.pool_min_size,\n  max_pool_size=settings.pool_max_size,\n)\n";

/** A real project folder with these files, opened as the app opens it in this environment; gone after `use`. */
export async function withProject<T>(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  use: (parts: Required<Pick<DiagnoseParts, "projects" | "env">>) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-project-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const projects = createProjects({ folders: projectFolders, files: textFiles, env });
    const opened = await projects.open(folder);
    if (!opened.ok) throw new Error(opened.error.message);
    return await use({ projects, env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
