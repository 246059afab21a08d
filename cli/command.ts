import type { App } from "../electron/compose";
import type { Arguments } from "./args";
import type { Terminal } from "./terminal";

export interface CommandContext {
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly app: App;
}

/** One entry of the command line; `run` answers the exit code. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  run(context: CommandContext): Promise<number>;
}
