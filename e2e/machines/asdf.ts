import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { binariesOf, type PostgresVersion } from "../servers/binaries";

/** One version as asdf installs it, in its home folder `root`; its programs are a link to the real ones. */
export async function asdfVersion(
  root: string,
  version: PostgresVersion,
): Promise<{
  readonly id: string;
  readonly programs: string;
  readonly dataDirectory: string;
  readonly logFile: string;
}> {
  const folder = path.join(root, "installs", "postgres", String(version));
  const { folder: binaries } = await binariesOf(version);
  await mkdir(folder, { recursive: true });
  await symlink(path.join(binaries, "bin"), path.join(folder, "bin"));
  return {
    id: `asdf:${version}`,
    programs: path.join(folder, "bin"),
    dataDirectory: path.join(folder, "data"),
    logFile: path.join(folder, "server.log"),
  };
}
