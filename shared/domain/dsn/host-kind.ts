import { isLoopback } from "../endpoint";

/** True for hosts that lie beyond this computer and its private network, as far as the name tells. */
export function isRemote(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name === "" || name.startsWith("/") || isLoopback(name)) return false;
  if (name.includes(":")) return !/^f[cd]|^fe[89ab]|^::ffff:(?:127|10|192\.168)\./.test(name);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return !/^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(name);
  // A bare name is a container, a service or a computer next door.
  return name.includes(".") && !/\.(?:local|localhost|internal|lan|home|test)$/.test(name);
}

/** The pooler that usually listens on a port, or null. */
export function poolerName(host: string, port: number): string | null {
  if (port === 6432) return "PgBouncer";
  if (port === 6543) return "Supabase's pooler in transaction mode";
  return /-pooler\./.test(host) ? "Neon's pooler" : null;
}
