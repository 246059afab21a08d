import { describe, expect, it } from "vitest";
import type { Endpoint } from "../endpoint";
import type { Server } from "../server";
import { findConflicts } from "./conflicts";

const server = (
  id: string,
  state: Server["state"],
  endpoints: readonly Endpoint[],
  origin: Server["origin"] = "apt",
): Server => ({
  id,
  origin,
  label: id,
  version: null,
  state,
  endpoints,
  dataDirectory: null,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: false,
});
const on = (host: string, port: number): Endpoint => ({ host, port });

describe("findConflicts", () => {
  it("names who answers when a stopped cluster wants a port that is held", () => {
    const list = [server("a", "stopped", [on("127.0.0.1", 5432)]), server("b", "running", [on("127.0.0.1", 5432)])];
    expect(findConflicts(list)).toEqual([{ port: 5432, servers: ["a", "b"], answers: "b" }]);
  });

  it("finds two running servers that share a number on two addresses; 127.0.0.1 answers", () => {
    const list = [server("six", "running", [on("::1", 5432)]), server("four", "running", [on("127.0.0.1", 5432)])];
    expect(findConflicts(list)).toMatchObject([{ answers: "four" }]);
  });

  it("says nobody answers when both are stopped", () => {
    const list = [server("a", "stopped", [on("localhost", 5433)]), server("b", "stopped", [on("127.0.0.1", 5433)])];
    expect(findConflicts(list)).toMatchObject([{ port: 5433, answers: null }]);
  });

  it("sees no conflict in sockets, far hosts, broken servers or a stopped private server", () => {
    const list = [
      server("a", "running", [on("127.0.0.1", 5432)]),
      server("b", "running", [{ socketDirectory: "/tmp", port: 5432 }]),
      server("c", "running", [on("db.example.com", 5432)]),
      server("d", "broken", [on("127.0.0.1", 5432)]),
      server("e", "stopped", [on("127.0.0.1", 5432)], "private"),
    ];
    expect(findConflicts(list)).toEqual([]);
  });
});
