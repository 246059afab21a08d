import { endpointText, isSocket } from "../../shared/domain/endpoint";
import type { Server } from "../../shared/domain/server";
import type { Access } from "./ports";

/** The same way in: the same address, name and password. */
export function sameAccess(a: Access, b: Access): boolean {
  return accessKey(a) === accessKey(b);
}

/** Holds the password: for comparing in memory, never to be shown. */
function accessKey(access: Access): string {
  return access.kind === "psql"
    ? JSON.stringify([access.osUser, access.socketDirectory, access.port])
    : JSON.stringify([endpointText(access.endpoint), access.user, access.password?.reveal() ?? null, access.sslmode]);
}

/** Who an access signs in as. */
export const accessUser = (access: Access): string => (access.kind === "psql" ? access.osUser : access.user);

/** "postgres over the local socket", "postgres with the generated password", "postgres on localhost:5432". */
export function accessText(access: Access, server: Server): string {
  if (access.kind === "psql") return `${access.osUser} over the local socket`;
  if (access.password === null && isSocket(access.endpoint)) return `${access.user} over the local socket`;
  if (server.origin === "private") return `${access.user} with the generated password`;
  return `${access.user} on ${endpointText(access.endpoint)}`;
}
