import { ok, type Result } from "../../../shared/domain/result";
import type { ActionPlan } from "../../use-cases/detection";
import { type Command, showCommand } from "../run-command";
import type { Account } from "./account";
import { initdbCommand } from "./initialise";
import { inside, type Layout, MAJOR } from "./layout";
import type { Programs } from "./programs";
import { serverCommand, stopCommand } from "./start";

export type PrivateAction = "create" | "start" | "stop" | "delete";

interface Situation {
  readonly platform: NodeJS.Platform;
  readonly layout: Layout;
  readonly programs: Programs;
  readonly account: Account | null;
  readonly port: number;
  readonly running: boolean;
}

const shown = (command: Command): string => showCommand(command.program, command.args);

/** What an action on the private server will run, word for word. */
export function privatePlan(action: PrivateAction, situation: Situation): Result<ActionPlan> {
  const { platform, layout, programs, account, port, running } = situation;
  const start = shown(serverCommand(platform, programs, layout.folder, port, account));
  const stop = shown(stopCommand(programs, layout.folder, account));
  const who = account ? ` Runs as user ${account.name}, because PostgreSQL refuses to run as root.` : "";
  const plan = (title: string, commands: readonly string[], note: string | null): Result<ActionPlan> =>
    ok({ title, commands, runnable: true, note });
  switch (action) {
    case "create":
      return plan(
        `Create a private PostgreSQL ${MAJOR}`,
        [
          shown(initdbCommand(programs, layout.unfinished, port, account)),
          `mv ${layout.unfinished} ${layout.folder}`,
          start,
        ],
        `Everything is kept in ${layout.folder}, its generated password in ${inside(layout.folder).password}. ` +
          `It listens on this computer only, and runs on after the app closes.${who}`,
      );
    case "start":
      return plan(`Start Private PostgreSQL ${MAJOR}`, [start], `It runs on after the app closes.${who}`);
    case "stop":
      return plan(`Stop Private PostgreSQL ${MAJOR}`, [stop], "Its databases are kept. Open connections end.");
    case "delete":
      return plan(
        `Delete Private PostgreSQL ${MAJOR}`,
        [...(running ? [stop] : []), `rm -r ${layout.folder}`],
        `All databases in ${layout.folder} are lost.`,
      );
  }
}
