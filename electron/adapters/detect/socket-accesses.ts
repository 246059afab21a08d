import type { SocketEndpoint } from "../../../shared/domain/endpoint";
import type { Access } from "../../use-cases/ports";
import type { Machine } from "./machine";

/**
 * Ways in over a socket that need no password (peer, trust): as the user who runs this, then as `postgres`, then as the
 * server's owner or other roles where given. No password is sent, none is guessed.
 */
export function socketAccesses(
  machine: Machine,
  endpoint: SocketEndpoint,
  ...roles: readonly string[]
): readonly Access[] {
  const users = [...new Set([machine.userName, "postgres", ...roles])];
  return users.map((user) => ({ kind: "wire", endpoint, user, password: null, sslmode: "prefer", parameters: {} }));
}
