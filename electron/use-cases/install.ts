import { commandLine } from "../../shared/domain/install/command-line";
import type { InstallChoice, InstallMachine } from "../../shared/domain/install/guide";
import { INSTALL_GUIDES } from "../../shared/domain/install/guides";
import { err, problem, type Result } from "../../shared/domain/result";
import type { CommandPreview } from "../../shared/ipc/messages";
import type { Commands } from "./commands";
import type { TellLine } from "./detection";

/** A program to run for an installation; `environment` is added to the plain one and never shown. */
export interface InstallRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

interface Options {
  readonly machine: () => Promise<InstallMachine>;
  readonly commands: Pick<Commands, "prepare">;
  readonly run: (command: InstallRun, tell: TellLine, signal: AbortSignal) => Promise<Result<null>>;
}

export interface Installs {
  machine(): Promise<InstallMachine>;
  /** The command of one step, shown before it runs; the step is named by its guide and its place in it. */
  preview(guideId: string, step: number, choice: InstallChoice): Promise<Result<CommandPreview>>;
}

/** Runs steps of the install guide: the renderer names a step, the command is built here from the guide itself. */
export function createInstalls({ machine, commands, run }: Options): Installs {
  return {
    machine,
    async preview(guideId, index, choice) {
      const guide = INSTALL_GUIDES.find(({ id }) => id === guideId);
      const here = await machine();
      const wrong = guide?.problems?.(choice)[0];
      if (wrong) return err(wrong);
      const step = guide?.steps(here, choice)[index];
      if (!guide || step?.does.kind !== "command")
        return err(problem("not-found", "There is no such step.", { next: "Open the guide again." }));
      const line = commandLine(step.does.command, here);
      const { environment = {} } = step.does.command;
      const note = line.runnable
        ? step.text
        : "It needs an administrator. Run the line in a terminal; the server appears in the list by itself.";
      const plan = { title: step.title, commands: [line.shown], runnable: line.runnable, note };
      const { program, args } = line;
      return commands.prepare(plan, (tell, signal) => run({ program, args, environment }, tell, signal));
    },
  };
}
