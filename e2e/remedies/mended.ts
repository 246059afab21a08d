import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { type App, compose } from "../../electron/compose";
import type { Remedy } from "../../shared/domain/diagnosis";
import type { DiagnoseOutcome } from "../../shared/ipc/messages";
import type { TestServer } from "../servers/postgres";

/** A job nobody listens to and nobody stops. */
export const job = () => ({ emit: () => {}, signal: new AbortController().signal });

export interface Workplace {
  readonly app: App;
  readonly home: string;
  remove(): void;
}

/** The app as the window and the command line compose it, with a home of its own. */
export function workplace(): Workplace {
  const home = mkdtempSync(path.join(tmpdir(), "aksara-home-"));
  const env = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: path.join(home, ".config") };
  return { app: compose({ env }), home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Finds the server as a scan does, forgets the others of this computer, and signs in as its superuser. */
export async function findServer({ app }: Workplace, server: TestServer): Promise<string> {
  await app.scan.run(job());
  const all = app.registry.all().map((known) => known.server);
  const found = all.find((one) => one.dataDirectory === server.dataDirectory);
  if (!found) throw new Error("the scan does not find the test server");
  for (const one of all) if (one.id !== found.id) app.registry.remove(one.id);
  const { password } = server;
  const state = await app.administrator.signIn({
    serverId: found.id,
    user: "postgres",
    password,
    database: "postgres",
  });
  expect(state).toMatchObject({ ready: true });
  return found.id;
}

export const climb = (app: App, dsn: string): Promise<DiagnoseOutcome> => app.diagnose.run(dsn, job());

/** A remedy of the cause, or of what else it could be. */
export function remedyOf({ report }: DiagnoseOutcome, id: string): Remedy {
  const all = [report.diagnosis, ...report.alternatives].flatMap((one) => one?.remedies ?? []);
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id} among ${all.map((one) => one.id).join(", ") || "no remedies"}`);
  return found;
}

/** Chooses a remedy as the window does: an edit at once, anything else after it was shown. */
export async function mend(
  app: App,
  outcome: DiagnoseOutcome,
  before: string,
  { remedy: id, shows = [] }: { readonly remedy: string; readonly shows?: readonly RegExp[] },
): Promise<{ readonly dsn: string; readonly undo: readonly string[] }> {
  const remedy = remedyOf(outcome, id);
  if (remedy.kind === "edit") return { dsn: outcome.edits[id] ?? before, undo: [] };
  expect(remedy.kind).toBe("run");
  const preview = await app.diagnose.previewRemedy(outcome.runId, id);
  if (!preview.ok) throw new Error(preview.error.message);
  expect(preview.value).toMatchObject({ problem: null });
  const shown = preview.value.steps.map((step) => step.sql ?? step.command ?? "");
  expect(shown.length).toBeGreaterThan(0);
  for (const pattern of shows) expect(shown).toContainEqual(expect.stringMatching(pattern));
  const ran: string[] = [];
  const done = await app.diagnose.runRemedy(outcome.runId, id, {
    ...job(),
    emit: ({ status, sql, command }) => void (status === "done" && ran.push(sql ?? command ?? "")),
  });
  expect(done).toMatchObject({ ok: true, problem: null });
  // What ran is what was shown.
  expect(ran).toEqual(shown);
  return { dsn: done.dsn ?? before, undo: done.undo.map((step) => step.sql ?? step.command ?? "") };
}
