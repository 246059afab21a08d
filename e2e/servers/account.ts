import { readFileSync } from "node:fs";

/** The user a test server runs as: PostgreSQL refuses root. Empty when the tests are not run as root. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

function lookUp(name: string): Account | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const fields = line?.split(":");
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

/** `postgres` when root runs the tests, `nobody` where there is no such user, otherwise whoever runs them. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  return lookUp("postgres") ?? lookUp("nobody") ?? { uid: 65534, gid: 65534 };
}
