import path from "node:path";
import { createDetectSources, localhostAddresses, type Machine, thisMachine } from "../../electron/adapters/detect";
import { createPrivateServer } from "../../electron/adapters/private-server";
import { createScan } from "../../electron/use-cases/scan";
import { createServerRegistry, type ServerRegistry } from "../../electron/use-cases/server-registry";
import type { Scan, Server } from "../../shared/domain/server";

export type Changes = Parameters<typeof thisMachine>[0];

interface Scanned {
  readonly outcome: Scan;
  readonly registry: ServerRegistry;
  readonly find: (id: string) => Server | undefined;
  /** The cards that have an address with this port. */
  readonly holding: (port: number) => readonly Server[];
}

/** Scans this computer with every source; `home` stands for the person's own folder, so that nothing of theirs shows. */
export async function scanHere(home: string, more: Changes = {}): Promise<Scanned> {
  const machine: Machine = thisMachine({ environment: { HOME: home }, ...more });
  const registry = createServerRegistry();
  const privateServer = createPrivateServer({ dataFolder: path.join(home, "data"), machine });
  const useCase = createScan({
    registry,
    sources: createDetectSources(machine, privateServer),
    probe: machine.probe,
    osUser: machine.userName,
    localhost: localhostAddresses,
  });
  const outcome = await useCase.run({ emit: () => undefined, signal: new AbortController().signal });
  return {
    outcome,
    registry,
    find: (id) => outcome.servers.find((server) => server.id === id),
    holding: (port) => outcome.servers.filter(({ endpoints }) => endpoints.some((one) => one.port === port)),
  };
}
