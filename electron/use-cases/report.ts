import { randomUUID } from "node:crypto";
import { readEnv } from "../../shared/domain/env";
import { reportJson } from "../../shared/domain/report/json";
import { reportMarkdown } from "../../shared/domain/report/markdown";
import { createRedactor } from "../../shared/domain/report/redact";
import type { SettingsFacts } from "../../shared/domain/report/settings";
import { type ProjectFacts, supportReport, type VersionFacts } from "../../shared/domain/report/support-report";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Scan } from "../../shared/domain/server";
import type { ReportFormat, ReportPreview } from "../../shared/ipc/messages";
import type { KeptRun } from "./diagnose";
import type { Projects } from "./project";
import type { TextFiles } from "./project-ports";
import type { FindPython } from "./python-ports";
import { type Computer, knownHere } from "./report-known";
import type { ServerRegistry } from "./server-registry";
import type { FoundSurroundings, SurroundingsSource } from "./surroundings";

export interface ReportParts {
  /** A run that is still kept; null when it is gone. */
  readonly findRun: (runId: string) => KeptRun | null;
  readonly lastScan: () => Scan | null;
  readonly registry: ServerRegistry;
  readonly projects: Pick<Projects, "current" | "details">;
  readonly files: Pick<TextFiles, "read">;
  readonly around: SurroundingsSource;
  readonly findPython: FindPython;
  readonly versions: Omit<VersionFacts, "python" | "asyncpg">;
  readonly computer: Computer;
  /** Writes a new file that only the person may read; the system's refusal as a value. */
  readonly writeFile: (path: string, text: string) => Promise<Result<null>>;
}

export interface Reports {
  /** Makes a report of a run, or of what was detected alone; every secret is out of it. */
  preview(runId: string | null, format: ReportFormat): Promise<Result<ReportPreview>>;
  /** What a preview proposes as its file's name; null when it is gone. */
  fileName(previewId: string): string | null;
  /** Writes exactly what a preview showed to a file that the person chose. */
  save(previewId: string, path: string): Promise<Result<null>>;
}

/** Previews that can still be saved. */
const KEPT = 10;
const NO_RUN = problem("not-found", "This check is gone.", { next: "Check again." });
const NO_PREVIEW = problem("not-found", "This report is gone.", { next: "Open the report again." });
const ENDINGS: Readonly<Record<ReportFormat, string>> = { markdown: "md", json: "json" };

/** Makes support reports; the text shown is the text that is copied or saved. */
export function createReports(parts: ReportParts): Reports {
  const kept = new Map<string, ReportPreview>();

  /** The variables of the project's own file; none where it has none. */
  async function envFile(): Promise<ReadonlyMap<string, string>> {
    const path = parts.projects.current()?.envFile ?? null;
    const file = path === null ? null : await parts.files.read(path);
    return readEnv(file?.ok ? file.value.text : "");
  }

  function projectFacts(env: ReadonlyMap<string, string>): ProjectFacts | null {
    const project = parts.projects.current();
    if (!project) return null;
    const { isAksara, envFile: path, writable, shadowedBy } = project;
    return { isAksara, hasEnvFile: path !== null, writable, shadowedBy, env };
  }

  function settingsFacts({ environment, passfile, services }: FoundSurroundings): SettingsFacts {
    const details = parts.projects.details();
    return {
      variables: Object.keys(environment).filter((name) => environment[name] !== undefined),
      passwordFile: passfile && {
        entries: passfile.lines.length,
        brokenLines: passfile.brokenLines,
        ignored: passfile.ignored,
      },
      services: services.length,
      poolMax: details?.pool.max.value ?? null,
    };
  }

  async function pythonFacts(): Promise<Pick<VersionFacts, "python" | "asyncpg">> {
    const project = parts.projects.current();
    const found = project ? await parts.findPython(project.path) : null;
    return found?.kind === "found" ? { python: found.python, asyncpg: found.asyncpg } : { python: null, asyncpg: null };
  }

  return {
    async preview(runId, format) {
      const run = runId === null ? null : parts.findRun(runId);
      if (runId !== null && run === null) return err(NO_RUN);
      const env = await envFile();
      const surroundings = await parts.around.read();
      const known = knownHere({
        run,
        env,
        surroundings,
        servers: parts.registry.all(),
        project: parts.projects.current(),
        realPath: parts.projects.details()?.realPath ?? null,
        computer: parts.computer,
      });
      const created = new Date().toISOString();
      const report = supportReport(
        {
          created,
          versions: { ...parts.versions, ...(await pythonFacts()) },
          run: run?.outcome.report ?? null,
          scan: parts.lastScan(),
          project: projectFacts(env),
          settings: settingsFacts(surroundings),
        },
        createRedactor(known),
      );
      const text = format === "json" ? reportJson(report) : reportMarkdown(report);
      const preview = { id: randomUUID(), text, fileName: `aksara-report-${created.slice(0, 10)}.${ENDINGS[format]}` };
      kept.set(preview.id, preview);
      for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
      return ok(preview);
    },

    fileName: (previewId) => kept.get(previewId)?.fileName ?? null,

    async save(previewId, path) {
      const preview = kept.get(previewId);
      return preview ? parts.writeFile(path, preview.text) : err(NO_PREVIEW);
    },
  };
}
