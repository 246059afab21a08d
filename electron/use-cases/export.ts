import { randomUUID } from "node:crypto";
import path from "node:path";
import { type EnvEntry, mergeEnv } from "../../shared/domain/env";
import {
  disagreement,
  dsnForEnv,
  entriesFor,
  envWarnings,
  ignoring,
  type PoolSizes,
  shadowOf,
} from "../../shared/domain/project";
import type { EnvChange, EnvPreview, EnvWritten } from "../../shared/domain/project-types";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Projects } from "./project";
import type { Git, TextFile, TextFiles } from "./project-ports";

export interface ExportChoice {
  readonly dsn: string;
  readonly pool: PoolSizes | null;
  readonly file: ".env" | ".env.example";
  /** Add what git does not ignore yet, `.env` and its backup, to `.gitignore`. */
  readonly ignore: boolean;
}

export interface Exports {
  /** Says what writing would change; changes nothing. */
  preview(choice: ExportChoice): Promise<Result<EnvPreview>>;
  /** Writes what a preview showed, once; a file that has changed since is "changed-meanwhile". */
  write(previewId: string): Promise<Result<EnvWritten>>;
}

interface Needs {
  readonly projects: Projects;
  readonly files: TextFiles;
  readonly git: Git;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A preview as main keeps it: everything the write needs, secrets included. */
interface Draft {
  readonly before: TextFile;
  readonly text: string;
  readonly entries: readonly EnvEntry[];
  readonly changes: readonly EnvChange[];
  readonly newMode: number;
  readonly backs: boolean;
  /** Names to put into the project's `.gitignore`. */
  readonly toIgnore: readonly string[];
  readonly folder: string;
}

/** Previews kept for writing; the window asks for a new one with each keystroke. */
const KEPT = 20;

const MODES = { ".env": 0o600, ".env.example": 0o644 } as const;

/** Reads, previews and writes the project's `.env` and `.env.example`. */
export function createExports({ projects, files, git, env }: Needs): Exports {
  const drafts = new Map<string, Draft>();

  function keep(draft: Draft): string {
    const id = randomUUID();
    drafts.set(id, draft);
    for (const oldest of drafts.keys()) {
      if (drafts.size <= KEPT) break;
      drafts.delete(oldest);
    }
    return id;
  }

  async function preview({ dsn: typed, pool, file, ignore }: ExportChoice): Promise<Result<EnvPreview>> {
    const project = projects.current();
    const details = projects.details();
    if (!project) {
      return err(
        problem("not-found", "No project is open.", { next: "Choose your project's folder.", field: "project" }),
      );
    }
    const dsn = dsnForEnv(typed);
    if (!dsn.ok) return dsn;
    if (pool && pool.min > pool.max) {
      return err(
        problem("invalid-input", "The pool's minimum is above its maximum.", {
          next: "Change one of them.",
          field: "min",
        }),
      );
    }
    const read = await files.read(path.join(project.path, file));
    if (!read.ok) return read;
    const before = read.value;
    const { set, kept } = entriesFor(file, before.text, dsn.value, pool);
    const merged = mergeEnv(before.text, set);
    const disagree = disagreement({
      file,
      before: before.text,
      after: merged.text,
      entries: set,
      dotenvReads: files.dotenvReads,
    });
    if (disagree) return err(disagree);

    const changes = [...kept.map((key) => ({ key, kind: "same" as const })), ...merged.changes];
    const backs = file === ".env" && before.exists && merged.text !== before.text;
    const backup = backs ? `${before.target}.bak` : null;
    const [facts, backupFacts] = await Promise.all([git.ask(before.target), backup ? git.ask(backup) : null]);
    const toIgnore = [
      ...(facts?.ignored === false ? [before.target] : []),
      ...(backup && backupFacts?.ignored === false ? [backup] : []),
    ];
    // A link may lead out of the folder; its .gitignore does not reach there.
    const inside = path.dirname(before.target) === details?.realPath;
    const ignores = ignore && file === ".env" && inside;
    const mode = (before.mode ?? MODES[file]) & 0o777;
    const id = keep({
      before,
      text: merged.text,
      entries: set,
      changes,
      newMode: MODES[file],
      backs,
      toIgnore: ignores ? toIgnore.map((name) => path.basename(name)) : [],
      folder: project.path,
    });
    return ok({
      id,
      path: before.path,
      exists: before.exists,
      changes,
      diff: merged.diff,
      gitIgnored: facts ? facts.ignored : null,
      tracked: facts?.tracked ?? false,
      shadowedBy: file === ".env" ? (shadowOf(dsn.value, merged.text, env)?.key ?? null) : null,
      backup,
      mode: mode.toString(8),
      warnings:
        file === ".env"
          ? envWarnings({
              file,
              exists: before.exists,
              before: before.text,
              after: merged.text,
              dsn: dsn.value,
              pool,
              changes,
              environment: env,
              envAbove: details?.envAbove ?? null,
              main: details?.main ?? null,
              mode,
              backupIgnored: ignores ? null : (backupFacts?.ignored ?? null),
              lock: before.lock,
            })
          : [before.lock].filter((lock) => lock !== null),
    });
  }

  /** Puts names into `.gitignore` before the secret is on disk. */
  async function ignoreFiles(folder: string, names: readonly string[]): Promise<Result<null>> {
    const read = await files.read(path.join(folder, ".gitignore"));
    if (!read.ok) return read;
    const text = ignoring(read.value.text, names);
    if (text === read.value.text) return ok(null);
    const written = await files.write({ before: read.value, text, newMode: 0o644, backup: false, expected: {} });
    return written.ok ? ok(null) : written;
  }

  async function write(previewId: string): Promise<Result<EnvWritten>> {
    const draft = drafts.get(previewId);
    if (!draft) {
      return err(problem("not-found", "This preview is no longer there.", { next: "Look at the change again." }));
    }
    drafts.delete(previewId);
    const { before, text, entries, changes, toIgnore } = draft;
    const now = await files.read(before.path);
    if (!now.ok) return now;
    if (toIgnore.length > 0) {
      const ignored = await ignoreFiles(draft.folder, toIgnore);
      if (!ignored.ok) return ignored;
    }
    const expected = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
    const written =
      before.exists && text === before.text
        ? ok({ backup: null })
        : await files.write({ before, text, newMode: draft.newMode, backup: draft.backs, expected });
    if (!written.ok) return written;
    await projects.refresh();
    return ok({
      path: before.path,
      backup: written.value.backup,
      changes,
      ignoredNow: toIgnore.includes(path.basename(before.target)),
    });
  }

  return { preview, write };
}
