import type { Server } from "../../shared/domain/server";
import type { Access } from "./ports";

/** A server as main knows it: what the window sees, and the ways in that never leave main. */
export interface KnownServer {
  readonly server: Server;
  /** Ways to sign in that need no guess: known passwords, peer authentication; best first. */
  readonly accesses: readonly Access[];
}

/** The servers of the last scans, by id. What a person gave to sign in is kept for the life of the process. */
export interface ServerRegistry {
  get(id: string): KnownServer | null;
  all(): readonly KnownServer[];
  put(known: KnownServer): void;
  remove(id: string): void;
  /** Puts a way in that worked first in the list; it outlives later scans. */
  rememberAccess(id: string, access: Access): void;
}

/** An empty registry; one a process. */
export function createServerRegistry(): ServerRegistry {
  const known = new Map<string, KnownServer>();
  const proven = new Map<string, Access>();
  return {
    get(id) {
      const entry = known.get(id);
      if (!entry) return null;
      const first = proven.get(id);
      return first ? { server: entry.server, accesses: [first, ...entry.accesses] } : entry;
    },
    all: () => [...known.values()],
    put: (entry) => void known.set(entry.server.id, entry),
    remove(id) {
      known.delete(id);
      proven.delete(id);
    },
    rememberAccess: (id, access) => void proven.set(id, access),
  };
}
