import { installationSource } from "../../electron/adapters/detect/installation-source";
import { INSTALLERS } from "../../electron/adapters/detect/installers";
import type { Machine } from "../../electron/adapters/detect/machine";
import { createInstallationControl } from "../../electron/adapters/installation-control";
import type { ActionPlan } from "../../electron/use-cases/detection";
import { createScan } from "../../electron/use-cases/scan";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import type { Result } from "../../shared/domain/result";
import type { Scan, Server, ServerAction } from "../../shared/domain/server";

interface Look {
  readonly scan: Scan;
  /** The card with that id; throws with the ids that are there. */
  server(id: string): Server;
  /** What would be shown before an action runs. */
  plan(id: string, action: ServerAction): Promise<Result<ActionPlan>>;
}

/** Looks for what installers laid out on a computer, and for nothing else. */
export async function lookForInstallations(machine: Machine): Promise<Look> {
  const installers = INSTALLERS.filter(({ platforms }) => platforms.includes(machine.platform));
  const useCase = createScan({
    registry: createServerRegistry(),
    sources: installers.map((installer) => installationSource(machine, installer)),
    probe: machine.probe,
    osUser: machine.userName,
    localhost: async () => ["127.0.0.1"],
  });
  const scan = await useCase.run({ emit: () => undefined, signal: new AbortController().signal });
  const control = createInstallationControl(machine, INSTALLERS);
  const server = (id: string): Server => {
    const found = scan.servers.find((one) => one.id === id);
    if (!found) throw new Error(`no ${id} among ${scan.servers.map((one) => one.id).join(", ") || "none"}`);
    return found;
  };
  return { scan, server, plan: (id, action) => control.plan(server(id), action) };
}
