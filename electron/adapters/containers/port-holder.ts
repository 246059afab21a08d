import type { Container, ListedContainer, PublishedPort } from "../../../shared/domain/containers/container";
import type { PortHolder } from "../../../shared/domain/containers/judge";
import { printable } from "../../../shared/domain/containers/raw";
import { loopbackOf } from "../../../shared/domain/detect/proc-net";
import type { Surroundings } from "../detect/cluster";
import type { Machine } from "../detect/machine";

const ALL = ["", "0.0.0.0", "::"];
const PROBE_MS = 500;

/** Two addresses that cannot both be listened on with one port. */
const overlap = (a: string, b: string): boolean => a === b || ALL.includes(a) || ALL.includes(b);

type Who = Omit<PortHolder, "port">;

/** Who accepts connections on the port, by a knock; null: nobody. */
async function knock(machine: Machine, { ip, publicPort }: PublishedPort): Promise<Who | null> {
  const host = loopbackOf(ip === "" ? "0.0.0.0" : ip) ?? ip;
  const { kind } = await machine.probe({ host, port: publicPort as number }, PROBE_MS);
  if (kind === "postgresql") return { who: "another PostgreSQL", isServer: true };
  return kind === "other" || kind === "closed" || kind === "timeout"
    ? { who: "another program", isServer: false }
    : null;
}

/** The same by the kernel's list of listeners, where it gives one. */
async function listening(machine: Machine, port: PublishedPort, around: Surroundings): Promise<Who | null> {
  const holding = (around.listeners ?? []).find(
    (listener) => listener.port === port.publicPort && overlap(port.ip, listener.address),
  );
  if (!holding) return null;
  const owner = around.processes.find(({ inodes }) => holding.inode !== null && inodes?.has(holding.inode));
  if (owner?.dataDirectory) return { who: `PostgreSQL in ${owner.dataDirectory}`, isServer: true };
  // Somebody listens, whether it answers or not; whose process it is, an ordinary user may not see.
  return (await knock(machine, port)) ?? { who: "another program", isServer: false };
}

/** Who holds a port that a container which does not run asks for; null when all of them are free. */
export async function portHolder(
  machine: Machine,
  container: Container,
  others: readonly ListedContainer[],
  surroundings: () => Promise<Surroundings>,
): Promise<PortHolder | null> {
  for (const port of container.wanted) {
    const { publicPort, ip } = port;
    if (publicPort === null) continue;
    const other = others.find(
      (one) =>
        one.id !== container.id &&
        (one.state === "running" || one.state === "paused") &&
        one.ports.some((taken) => taken.publicPort === publicPort && overlap(taken.ip, ip)),
    );
    if (other) return { port: publicPort, who: `the container ${printable(other.name)}`, isServer: true };
    const around = await surroundings();
    // Knocking is for a start that failed: elsewhere than on Linux a port that is free would cost a knock each.
    const mayKnock = around.listeners === null && container.error !== "";
    const who = around.listeners
      ? await listening(machine, port, around)
      : mayKnock
        ? await knock(machine, port)
        : null;
    if (who) return { port: publicPort, ...who };
  }
  return null;
}
