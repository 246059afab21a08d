import { describe, expect, it } from "vitest";
import type { Endpoint } from "../endpoint";
import type { Server } from "../server";
import { findConflicts, withPortTaken } from "./conflicts";

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
    expect(findConflicts(list)).toEqual([
      { port: 5432, servers: ["a", "b"], answers: "b", addresses: [{ address: "127.0.0.1", server: "b" }] },
    ]);
  });

  it("finds two running servers that share a number on two addresses; the system's first localhost answers", () => {
    const list = [server("six", "running", [on("::1", 5432)]), server("four", "running", [on("127.0.0.1", 5432)])];
    expect(findConflicts(list)).toMatchObject([
      {
        answers: "six",
        addresses: [
          { address: "::1", server: "six" },
          { address: "127.0.0.1", server: "four" },
        ],
      },
    ]);
    expect(findConflicts(list, ["127.0.0.1"])).toMatchObject([{ answers: "four" }]);
  });

  it("says nobody answers when both are stopped", () => {
    const list = [server("a", "stopped", [on("localhost", 5433)]), server("b", "stopped", [on("127.0.0.1", 5433)])];
    expect(findConflicts(list)).toMatchObject([{ port: 5433, answers: null }]);
  });

  it("counts a socket in its usual folder: who names no host reaches another server than who says localhost", () => {
    const list = [
      server("container", "running", [on("127.0.0.1", 5432)]),
      server("cluster", "running", [{ socketDirectory: "/var/run/postgresql", port: 5432 }]),
    ];
    expect(findConflicts(list)).toMatchObject([
      { answers: "container", addresses: [{}, { address: "/var/run/postgresql", server: "cluster" }] },
    ]);
  });

  it("tells a stopped server that its port is taken, by whom, and what to do", () => {
    const list = [server("a", "stopped", [on("127.0.0.1", 5432)]), server("b", "running", [on("127.0.0.1", 5432)])];
    const [a, b] = list.map((one) => withPortTaken(one, findConflicts(list), (id) => id.toUpperCase()));
    expect(a).toMatchObject({ cause: "port-taken", reason: "Port 5432 is held by B." });
    expect(a?.remedy).toContain("Stop B first");
    expect(b).toBe(list[1]);
  });

  it("sees no conflict in sockets of their own folders, far hosts, broken servers or a stopped private server", () => {
    const list = [
      server("a", "running", [on("127.0.0.1", 5432)]),
      server("b", "running", [{ socketDirectory: "/home/ada/run", port: 5432 }]),
      server("c", "running", [on("db.example.com", 5432)]),
      server("d", "broken", [on("127.0.0.1", 5432)]),
      server("e", "stopped", [on("127.0.0.1", 5432)], "private"),
    ];
    expect(findConflicts(list)).toEqual([]);
  });
});
