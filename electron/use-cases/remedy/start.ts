import type { RemedyDraft } from "../../../shared/domain/diagnose/remedies";
import { err, ok, type Result } from "../../../shared/domain/result";
import type { DiagnoseParts } from "../diagnose";
import type { Lack, Prepared, UndoStep } from "./work";

/** Starts a server that detection knows, with the commands that are shown; taken back by stopping it. */
export async function prepareStart(
  parts: DiagnoseParts,
  draft: RemedyDraft,
  serverId: string,
): Promise<Result<Prepared, Lack>> {
  const { id } = draft.remedy;
  const start = await parts.prepareServer(serverId, "start");
  if (!start.ok) return err({ problem: start.error, serverId: null });
  const { title, commands, run } = start.value;
  const stop = async (): Promise<UndoStep | null> => {
    const prepared = await parts.prepareServer(serverId, "stop");
    if (!prepared.ok) return null;
    const back = prepared.value;
    return {
      shown: { id: `undo-${id}`, title: back.title, sql: null, command: back.commands.join("\n") },
      run: async (signal, tell) => {
        const stopped = await back.run({ signal, emit: ({ line }) => tell(line) });
        return stopped.ok ? ok(null) : stopped;
      },
    };
  };
  return ok({
    as: null,
    steps: [
      {
        shown: { id, title, sql: null, command: commands.join("\n") },
        run: async (signal, tell) => {
          const started = await run({ signal, emit: ({ line }) => tell(line) });
          return started.ok ? ok(await stop()) : started;
        },
      },
    ],
    dsn: null,
    end: async () => {},
  });
}
