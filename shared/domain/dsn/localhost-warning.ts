import { isSocket } from "../endpoint";
import type { Scan, Server } from "../server";
import type { Target } from "../target";
import { type DsnWarning, mendKeyword, warning } from "./warning";

/** What detection found on this computer. */
export type LocalServers = Pick<Scan, "servers" | "conflicts">;

const V4: ReadonlySet<string> = new Set(["127.0.0.1", "0.0.0.0"]);
const V6: ReadonlySet<string> = new Set(["::1", "::"]);

const answersAt = (servers: readonly Server[], addresses: ReadonlySet<string>, port: number): readonly Server[] =>
  servers.filter(
    ({ state, endpoints }) =>
      state === "running" && endpoints.some((one) => !isSocket(one) && one.port === port && addresses.has(one.host)),
  );

/**
 * Says which servers `localhost` stands for, from what was found on this computer: two different ones, one on a
 * single address, or several that want the port. Null where localhost is not in the string or nothing is special.
 */
export function localhostWarning(text: string, target: Target, found: LocalServers): DsnWarning | null {
  const spot = target.hosts.find((one) => !isSocket(one) && one.host === "localhost");
  if (!spot || isSocket(spot)) return null;
  const address = `localhost:${spot.port}`;
  const write = (host: string) =>
    target.hosts.length === 1 ? mendKeyword(text, "host", host, `Write ${host} for localhost`) : null;
  const [v4] = answersAt(found.servers, V4, spot.port);
  const [v6] = answersAt(found.servers, V6, spot.port);
  if (v4 && v6 && v4.id !== v6.id && !answersAt(found.servers, V4, spot.port).some(({ id }) => id === v6.id)) {
    const answers = found.conflicts.find(({ port }) => port === spot.port)?.answers ?? null;
    const first = answers === v4.id ? v4 : answers === v6.id ? v6 : null;
    const who = first ? `A driver meets ${first.label} first.` : "Which one answers depends on the driver.";
    const message = `${address} is two servers here: ${v4.label} at 127.0.0.1 and ${v6.label} at ::1. ${who}`;
    return warning("localhost-two-servers", "warn", message, {
      remedy: "Write the address of the one that is meant.",
      words: [address, "127.0.0.1", "::1"],
      mend: write(first === v6 ? "::1" : "127.0.0.1"),
    });
  }
  const sole = v4 ?? v6;
  if (sole && !(v4 && v6)) {
    const host = v4 ? "127.0.0.1" : "::1";
    const message = `${address} is ${sole.label}, which answers at ${host} only; a driver may try the other address first.`;
    return warning("localhost-one-address", "info", message, {
      remedy: `${host} goes there at once.`,
      words: [address, host],
      mend: write(host),
    });
  }
  const conflict = found.conflicts.find(({ port }) => port === spot.port);
  if (!conflict || conflict.servers.length < 2) return null;
  const label = (id: string) => found.servers.find((one) => one.id === id)?.label ?? id;
  const answers = conflict.answers === null ? "none of them answers now" : `${label(conflict.answers)} answers now`;
  return warning(
    "port-conflict",
    "warn",
    `${conflict.servers.map(label).join(" and ")} all want port ${spot.port}: ${answers}.`,
    { remedy: "Give each a port of its own.", words: [] },
  );
}
