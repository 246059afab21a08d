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

/** A pooler that a host or a port gives away. */
export interface Pooler {
  readonly name: string;
  /** "session": prepared statements work. */
  readonly mode: "transaction" | "session" | "unknown";
  readonly isPgBouncer: boolean;
  /** The address without the pooler, or in session mode, where the provider's naming tells it. */
  readonly direct: { readonly host: string; readonly port: number } | null;
  /** True where the user's name must carry the project's. */
  readonly wantsTenant: boolean;
}

const pooler = (name: string, more: Partial<Pooler> = {}): Pooler => ({
  name,
  mode: "transaction",
  isPgBouncer: true,
  direct: null,
  wantsTenant: false,
  ...more,
});

/** The pooler that usually listens at an address (the providers' published names and ports), or null. */
export function poolerOf(host: string, port: number): Pooler | null {
  const name = host.toLowerCase();
  if (name.endsWith(".pooler.supabase.com")) {
    const shared = { isPgBouncer: false, wantsTenant: true };
    if (port === 5432) return pooler("Supabase's pooler in session mode", { ...shared, mode: "session" });
    return pooler("Supabase's pooler in transaction mode", { ...shared, direct: { host, port: 5432 } });
  }
  if (name.endsWith(".supabase.co") && port === 6543)
    return pooler("Supabase's own PgBouncer", { direct: { host, port: 5432 } });
  if (/-pooler\..*neon\.tech$/.test(name))
    return pooler("Neon's pooler", { direct: { host: host.replace("-pooler.", "."), port } });
  if (name.endsWith(".ondigitalocean.com") && port === 25061)
    return pooler("DigitalOcean's connection pool", { mode: "unknown", direct: { host, port: 25060 } });
  if (name.endsWith(".postgres.database.azure.com") && port === 6432)
    return pooler("Azure's PgBouncer", { mode: "unknown", direct: { host, port: 5432 } });
  if (/\.proxy-[^.]+\..*rds\.amazonaws\.com$/.test(name))
    return pooler("an RDS proxy", { mode: "unknown", isPgBouncer: false });
  if (port === 6543) return pooler("Supabase's pooler in transaction mode", { isPgBouncer: false });
  if (port === 6432 || /(?:^|[.-])(?:pgbouncer|pooler)(?:[.-]|$)/.test(name))
    return pooler("PgBouncer", { mode: "unknown" });
  return /(?:^|[.-])(?:pgcat|odyssey|pgpool|supavisor)(?:[.-]|$)/.test(name)
    ? pooler("a pooler", { mode: "unknown", isPgBouncer: false })
    : null;
}
