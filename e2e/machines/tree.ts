import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import nodePath from "node:path";
import { localFiles } from "../../electron/adapters/detect/files";
import { type Machine, thisMachine } from "../../electron/adapters/detect/machine";
import type { ToolAnswer } from "../../electron/adapters/detect/run-tool";
import type { ProcessState } from "../../shared/domain/detect/cluster-state";

/** A file's text; null makes a folder; a link leads to another path of the same tree. */
export type TreeEntry = string | null | { readonly link: string };

interface Described {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly userName?: string;
  readonly uid?: number | null;
  readonly environment?: Readonly<Record<string, string>>;
  /** Absolute paths as that computer spells them: "/opt/homebrew/...", "C:\\Program Files\\...". */
  readonly files: Readonly<Record<string, TreeEntry>>;
  /** What its tools answer, by the whole command line: `reg query ...`. A tool that is not named is missing. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Its processes by number; any other number is dead. */
  readonly processes?: Readonly<Record<number, ProcessState>>;
  /** Addresses of its own that answer as PostgreSQL: "127.0.0.1:5432" or a socket's path. */
  readonly answers?: readonly string[];
}

/**
 * Another computer as detection sees it, laid out below a temporary folder: for systems that cannot be had here. What
 * it holds is recorded or built from documented layouts, and the test says which.
 */
export async function describeMachine(
  described: Described,
): Promise<Machine & { readonly remove: () => Promise<void> }> {
  const root = await mkdtemp(nodePath.join(tmpdir(), "aksara-machine-"));
  const inTree = (path: string): string =>
    nodePath.join(root, path.replace(/^([A-Za-z]):/, "$1").replaceAll("\\", "/"));
  for (const [path, entry] of Object.entries(described.files)) {
    const place = inTree(path);
    await mkdir(entry === null ? place : nodePath.dirname(place), { recursive: true });
    if (typeof entry === "string") await writeFile(place, entry);
    else if (entry !== null) await symlink(inTree(entry.link), place);
  }
  const outside = (path: string | null): string | null =>
    path === null ? null : path.startsWith(root) ? path.slice(root.length) : path;
  const answers = new Set(described.answers ?? []);
  const machine = thisMachine({
    platform: described.platform,
    home: described.home,
    userName: described.userName ?? "ada",
    uid: described.uid === undefined ? 501 : described.uid,
    environment: { HOME: described.home, ...described.environment },
    files: {
      readText: (path, limit) => localFiles.readText(inTree(path), limit),
      readParagraphs: (path, beginning, limit) => localFiles.readParagraphs(inTree(path), beginning, limit),
      readLastLines: (path, count) => localFiles.readLastLines(inTree(path), count),
      listFolder: (path) => localFiles.listFolder(inTree(path)),
      lookAt: (path) => localFiles.lookAt(inTree(path)),
      realPath: async (path) => outside(await localFiles.realPath(inTree(path))),
    },
    async runTool(program, args): Promise<ToolAnswer> {
      const text = described.tools?.[[program, ...args].join(" ")];
      return text === undefined ? { kind: "missing" } : { kind: "output", text };
    },
    processState: (pid) => described.processes?.[pid] ?? "dead",
    probe: async (endpoint) => {
      const where =
        "host" in endpoint
          ? `${endpoint.host}:${endpoint.port}`
          : `${endpoint.socketDirectory}/.s.PGSQL.${endpoint.port}`;
      return { kind: answers.has(where) ? "postgresql" : "refused" };
    },
    // Nothing of this computer's own /proc and sockets may show.
    paths: { proc: nodePath.join(root, "proc"), passwd: nodePath.join(root, "etc/passwd"), socketDirectories: [] },
  });
  return { ...machine, remove: () => rm(root, { recursive: true, force: true }) };
}
