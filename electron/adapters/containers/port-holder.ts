import type { Container, ListedContainer, PublishedPort } from "../../../shared/domain/containers/container";
import { printable } from "../../../shared/domain/containers/raw";
import { loopbackOf } from "../../../shared/domain/detect/proc-net";
import type { Surroundings } from "../detect/cluster";
import type { Machine } from "../detect/machine";

interface PortHolder {
  readonly port: number;
  /** "the container db", "PostgreSQL in /var/lib/postgresql/15/main", "another program". */
  readonly who: string;
}

const ALL = ["", "0.0.0.0", "::"];
const PROBE_MS = 500;

/** Two addresses that cannot both be listened on with one port. */
const overlap = (a: string, b: string): boolean => a === b || ALL.includes(a) || ALL.includes(b);

function program(port: PublishedPort, around: Surroundings): string | null {
  const holding = (around.listeners ?? []).find(
    (listener) => listener.port === port.publicPort && overlap(port.ip, listener.address),
  );
  if (!holding) return null;
  const owner = around.processes.find(({ inodes }) => holding.inode !== null && inodes?.has(holding.inode));
  return owner?.dataDirectory ? `PostgreSQL in ${owner.dataDirectory}` : "another program";
}

/** Where nobody lists the listeners: something accepts connections on the port. */
async function answers(machine: Machine, { ip, publicPort }: PublishedPort): Promise<boolean> {
  const host = loopbackOf(ip === "" ? "0.0.0.0" : ip) ?? ip;
  const answer = await machine.probe({ host, port: publicPort as number }, PROBE_MS);
  return answer.kind === "postgresql" || answer.kind === "other" || answer.kind === "closed";
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
    if (other) return { port: publicPort, who: `the container ${printable(other.name)}` };
    const around = await surroundings();
    const who = around.listeners ? program(port, around) : (await answers(machine, port)) ? "another program" : null;
    if (who) return { port: publicPort, who };
  }
  return null;
}
