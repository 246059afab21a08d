import { DEFAULT_PORT, type Endpoint } from "../endpoint";
import { err, ok, type Problem, problem, type Result } from "../result";

const bad = (message: string, field: "host" | "port"): Result<Endpoint> =>
  err(problem("invalid-input", message, { field, next: "Write a host, host:port, or a whole connection string." }));

/** Only whole numbers from 1 to 65535 are ports; "" stands for the usual one. */
function portOf(text: string | undefined): number | null {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65535 ? port : null;
}

/** True for a bare place: a host, host:port, [address]:port or a socket folder; false for connection strings. */
export const isHostText = (text: string): boolean => !/:\/\/|=|\s/.test(text.trim()) && text.trim() !== "";

/**
 * Reads what a person types for a server elsewhere: "db.example.com", "db:5433", "[::1]:5432", "::1",
 * "/var/run/postgresql" or "/var/run/postgresql:5433".
 */
export function parseHostText(text: string): Result<Endpoint, Problem> {
  const trimmed = text.trim();
  if (trimmed === "") return bad("There is no host in it.", "host");
  const bracket = /^\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\](?::(.*))?$/.exec(trimmed);
  const bareV6 = /^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(trimmed);
  const plain = /^([^:[\]]*)(?::(.*))?$/.exec(trimmed);
  const match = bracket ?? (bareV6 ? [trimmed, trimmed, undefined] : plain);
  if (!match?.[1]) return bad(`"${trimmed}" is not a host.`, "host");
  const port = portOf(match[2]);
  if (port === null) return bad(`"${match[2]}" is not a port: ports go from 1 to 65535.`, "port");
  if (match[1].startsWith("/")) return ok({ socketDirectory: match[1].replace(/(?<=.)\/+$/, ""), port });
  if (/[/\\@?#\s]/.test(match[1])) return bad(`"${match[1]}" is not a host.`, "host");
  return ok({ host: match[1], port });
}
