import { type Endpoint, sameEndpoint, type TcpEndpoint } from "../endpoint";
import type { PublishedPort } from "./container";

const UNSPECIFIED = ["", "0.0.0.0", "::"];

export interface Reach {
  /** Where to connect, one address a port. */
  readonly endpoints: readonly Endpoint[];
  /** Every address the engine holds for it. */
  readonly reaches: readonly Endpoint[];
}

/**
 * Where a published port is reached. All addresses (0.0.0.0, ::, none named) fold into loopback, or into the engine's
 * own host where that is another computer; a port that such an engine publishes on its loopback is out of reach.
 */
export function reachOf(ports: readonly PublishedPort[], privatePort: number, engineHost: string | null): Reach {
  const mine = ports.filter((port) => port.privatePort === privatePort && port.publicPort !== null);
  const endpoints: TcpEndpoint[] = [];
  const reaches: TcpEndpoint[] = [];
  const add = (list: TcpEndpoint[], host: string, port: number): void => {
    if (!list.some((known) => sameEndpoint(known, { host, port }))) list.push({ host, port });
  };
  for (const { ip, publicPort } of [...mine].sort((a, b) => (a.publicPort ?? 0) - (b.publicPort ?? 0))) {
    const port = publicPort as number;
    if (!UNSPECIFIED.includes(ip)) {
      if (engineHost !== null && (ip.startsWith("127.") || ip === "::1")) continue;
      add(endpoints, ip, port);
      add(reaches, ip, port);
      continue;
    }
    if (engineHost !== null) {
      add(endpoints, engineHost, port);
      add(reaches, engineHost, port);
      continue;
    }
    const onlyV6 = ip === "::" && !mine.some((other) => other.publicPort === port && other.ip !== "::");
    add(endpoints, onlyV6 ? "::1" : "127.0.0.1", port);
    if (ip !== "::") add(reaches, "127.0.0.1", port);
    if (ip !== "0.0.0.0") add(reaches, "::1", port);
  }
  return { endpoints, reaches };
}
