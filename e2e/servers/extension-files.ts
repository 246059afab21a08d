import { copyFile, cp, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

/** Where a test server with `extensionFiles` has the files of its extensions; they may change while it runs. */
export const extensionFolder = (dataDirectory: string): string =>
  path.join(path.dirname(dataDirectory), "programs", "share", "postgresql", "extension");

/**
 * Lays out a version's programs in `target` with a share folder of their own, so that files put there are seen by one
 * server only: PostgreSQL looks for its share folder from where its program lies.
 */
export async function ownShareFolder(
  programs: string,
  target: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(path.join(target, "bin"), { recursive: true });
  await copyFile(path.join(programs, "bin", "postgres"), path.join(target, "bin", "postgres"));
  await symlink(path.join(programs, "lib"), path.join(target, "lib"));
  await cp(path.join(programs, "share"), path.join(target, "share"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(target, "share", "postgresql", "extension", name), text);
  }
}
