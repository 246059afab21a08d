import { beforeEach, expect, it, vi } from "vitest";
import type { DiagnoseReport, Remedy } from "../../shared/domain/diagnosis";
import type { JobMessage } from "../../shared/ipc/contract";
import { useConnection } from "./connection";
import { useDiagnose } from "./diagnose";
import { useMending } from "./mending";

const BUILT = "postgresql://me@localhost:5432/mine";
const OTHER = "postgresql://you@localhost:5432/yours";
const EDITED = "postgresql://you@localhost:5433/yours";
const edit: Remedy = { id: "port", title: "Use 5433", kind: "edit", commands: [], sql: [], needs: "nothing" };
const report: DiagnoseReport = {
  ok: true,
  target: null,
  rungs: [],
  diagnosis: null,
  alternatives: [],
  warnings: [],
  durationMs: 1,
};
const climbed: string[] = [];

// The bridge is the window's only way out; this one answers every climb with an edit to EDITED.
const listeners: ((message: JobMessage) => void)[] = [];
vi.stubGlobal("window", {
  aksara: {
    call: async () => null,
    async start(_name: string, input: { dsn: string }) {
      climbed.push(input.dsn);
      const jobId = String(climbed.length);
      const value = { runId: jobId, report, edits: { port: EDITED } };
      queueMicrotask(() => {
        for (const listen of listeners) listen({ jobId, kind: "end", end: { kind: "done", value } });
      });
      return jobId;
    },
    onJob: (listener: (message: JobMessage) => void) => listeners.push(listener),
  },
});

beforeEach(async () => {
  climbed.length = 0;
  useConnection.getState().setDsn("");
  useMending.getState().leave();
});

async function diagnoseAndEdit(dsn: string): Promise<void> {
  useDiagnose.getState().setText(dsn);
  await useDiagnose.getState().run();
  await useMending.getState().choose(edit);
}

it("an edit is climbed again at once and goes into the connection it is about", async () => {
  useConnection.getState().setDsn(OTHER);
  await diagnoseAndEdit(OTHER);
  expect(climbed).toEqual([OTHER, EDITED]);
  expect(useConnection.getState().dsn).toBe(EDITED);
  expect(useMending.getState().mending).toMatchObject({ kind: "mended", dsn: EDITED, changed: true });
});

it("an edit of somebody else's string leaves the one being built alone", async () => {
  useConnection.getState().setDsn(BUILT);
  await diagnoseAndEdit(OTHER);
  expect(climbed).toEqual([OTHER, EDITED]);
  expect(useConnection.getState().dsn).toBe(BUILT);
  expect(useDiagnose.getState().text).toBe(EDITED);
});

it("the field follows the connection until another string is typed there", async () => {
  useConnection.getState().setDsn(BUILT);
  useDiagnose.getState().takeConnection();
  useConnection.getState().setDsn(EDITED);
  useDiagnose.getState().followConnection();
  expect(useDiagnose.getState().text).toBe(EDITED);
  useDiagnose.getState().setText(OTHER);
  useConnection.getState().setDsn(BUILT);
  useDiagnose.getState().followConnection();
  expect(useDiagnose.getState().text).toBe(OTHER);
});

it("an edit is taken back at once, and the former string is climbed again", async () => {
  useConnection.getState().setDsn(OTHER);
  await diagnoseAndEdit(OTHER);
  await useMending.getState().undo();
  expect(climbed).toEqual([OTHER, EDITED, OTHER]);
  expect(useConnection.getState().dsn).toBe(OTHER);
  expect(useMending.getState().mending).toMatchObject({ kind: "undone", dsn: OTHER });
});
