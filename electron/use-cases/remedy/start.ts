import type { RemedyDraft } from "../../../shared/domain/diagnose/remedies";
import { ok, type Result } from "../../../shared/domain/result";
import type { DiagnoseParts } from "../diagnose";
import type { Lack, Prepared, UndoStep } from "./work";

/** Starts a server that detection knows; taken back by stopping it. */
export function prepareStart(parts: DiagnoseParts, draft: RemedyDraft, serverId: string): Result<Prepared, Lack> {
  const { id, title, commands } = draft.remedy;
  const stop = async (): Promise<UndoStep | null> => {
    const prepared = await parts.prepareServer(serverId, "stop");
    if (!prepared.ok) return null;
    const { title: what, commands: lines, run } = prepared.value;
    return {
      shown: { id: `undo-${id}`, title: what, sql: null, command: lines.join("\n") },
      run: async (signal, tell) => {
        const stopped = await run({ signal, emit: ({ line }) => tell(line) });
        return stopped.ok ? ok(null) : stopped;
      },
    };
  };
  return ok({
    as: null,
    steps: [
      {
        shown: { id, title, sql: null, command: commands[0] ?? null },
        run: async (signal, tell) => {
          const prepared = await parts.prepareServer(serverId, "start");
          if (!prepared.ok) return prepared;
          const started = await prepared.value.run({ signal, emit: ({ line }) => tell(line) });
          return started.ok ? ok(await stop()) : started;
        },
      },
    ],
    dsn: null,
    end: async () => {},
  });
}
