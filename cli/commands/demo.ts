import type { Command } from "../command";
import { tellOutcome, tellSteps } from "./setup";

export const demo: Command = {
  name: "demo",
  usage: "demo",
  summary: "Shows the set-up on an example project of its own, with the private server.",
  async run({ terminal, app }) {
    const made = await app.createExampleProject();
    if (!made.ok) {
      terminal.progress(made.error.message);
      return 1;
    }
    const folder = made.value;
    terminal.line(`An example project: ${folder}`);
    const opened = await app.projects.open(folder);
    if (!opened.ok) {
      terminal.progress(opened.error.message);
      return 1;
    }
    const outcome = await app.autoSetup.setUp(
      { usePrivate: true },
      { emit: tellSteps(terminal), signal: terminal.signal },
    );
    tellOutcome(terminal, outcome, false);
    if (!outcome.ok) return 1;
    for (const line of [
      "",
      "The same for your own project:",
      "  npm start -- --project ~/code/your_project          a window, where there is a display",
      "  node out/cli.cjs wizard --project ~/code/your_project",
      "  node out/cli.cjs setup --project ~/code/your_project --yes",
      "",
      "The private server runs on; its card in the window stops or deletes it.",
    ]) {
      terminal.line(line);
    }
    return 0;
  },
};
