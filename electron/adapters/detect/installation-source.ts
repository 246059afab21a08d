import type { Detected, DetectSource } from "../../use-cases/detection";
import { asTheyFinish } from "./as-they-finish";
import type { Installer } from "./installation";
import { lookAtInstallation } from "./installation-finding";
import type { Machine } from "./machine";
import { surroundingsOf } from "./surroundings";

/** An installer as a place to look. */
export const installationSource = (machine: Machine, installer: Installer): DetectSource => ({
  id: installer.id,
  title: installer.title,
  timeLimitMs: installer.timeLimitMs,
  explains: true,
  async *find(context) {
    const looks: Promise<Detected>[] = [];
    for await (const one of installer.list(machine, context)) {
      if (one.kind === "problem") yield one;
      else {
        const look = lookAtInstallation(machine, one.installation, () => surroundingsOf(machine, context));
        looks.push(look.then(({ finding }) => ({ kind: "server", finding })));
      }
    }
    yield* asTheyFinish(looks);
  },
});
