import { endpointText, isSocket, sameEndpoint } from "../../shared/domain/endpoint";
import type { Server } from "../../shared/domain/server";
import { Secret } from "../../shared/domain/target";
import type { Access } from "./ports";
import type { KnownServer } from "./server-registry";

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

/**
 * The addresses to offer a typed password to: TCP first, where passwords are usual, then sockets; with the sslmode
 * a string on this computer already names for the address.
 */
export function waysIn({ server, accesses }: KnownServer, user: string, password: string): readonly Access[] {
  const first = [...server.endpoints].sort((a, b) => Number(isSocket(a)) - Number(isSocket(b)));
  return first.map((endpoint) => {
    const named = accesses.find((one) => one.kind === "wire" && sameEndpoint(one.endpoint, endpoint));
    return {
      kind: "wire",
      endpoint,
      user,
      password: password === "" ? null : new Secret(password),
      sslmode: named?.kind === "wire" ? named.sslmode : "prefer",
      parameters: named?.kind === "wire" ? named.parameters : {},
    };
  });
}
