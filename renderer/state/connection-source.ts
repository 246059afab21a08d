import { kindOf } from "../../shared/domain/detect/origins";
import type { StringSource } from "../../shared/domain/dsn/surroundings";
import type { Server } from "../../shared/domain/server";

/** Where a string came from that was made for a database on a server; "typed" where the server is not known. */
export function sourceOn(server: Pick<Server, "origin" | "label"> | null | undefined): StringSource {
  if (!server) return { kind: "typed" };
  return kindOf(server.origin) === "container"
    ? { kind: "container", name: server.label }
    : { kind: "database", server: server.label };
}
