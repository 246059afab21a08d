import { expect, it } from "vitest";
import type { Server } from "../../../shared/domain/server";
import { conflictAddresses, conflictMeaning, conflictOf, conflictTitle, conflictWayOut } from "./conflict-text";

const server = (id: string, label: string): Server => ({
  id,
  origin: "apt",
  label,
  version: null,
  state: "running",
  endpoints: [],
  dataDirectory: null,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: false,
});
const first = server("apt:16/main", "apt · cluster 16/main");
const second = server("apt:15/main", "apt · cluster 15/main");
const servers = [first, second];
const held = {
  port: 5432,
  servers: [first.id, second.id],
  answers: first.id,
  addresses: [{ address: "127.0.0.1", server: first.id }],
};
const shared = { ...held, addresses: [...held.addresses, { address: "::1", server: second.id }] };

it("counts the servers and names the port", () => {
  expect(conflictTitle(held)).toBe("Two servers want port 5432.");
  expect(conflictTitle({ ...held, servers: ["a", "b", "c", "d", "e", "f"] })).toBe("6 servers want port 5432.");
});

it("says who answers and who would take over", () => {
  expect(conflictMeaning(held, servers)).toBe(
    "apt · cluster 16/main answers today; if it stops, apt · cluster 15/main can take the port, with other users and data.",
  );
  expect(conflictMeaning({ ...held, answers: null, addresses: [] }, servers)).toContain(
    "whichever starts first takes it: apt · cluster 16/main or apt · cluster 15/main",
  );
});

it("offers another port to the one that does not answer", () => {
  expect(conflictWayOut(held, servers)).toContain("give apt · cluster 15/main another port");
});

it("marks only the card that does not have the port", () => {
  expect(conflictOf(first, [held], servers)).toBeNull();
  expect(conflictOf(second, [held], servers)).toBe("port 5432 is held by apt · cluster 16/main");
  expect(conflictOf(second, [], servers)).toBeNull();
});

it("falls back to the id of a server that is not in the list", () => {
  expect(conflictMeaning(held, [second])).toContain("apt:16/main answers today");
});

it("tells two running servers on one port apart by address", () => {
  expect(conflictAddresses(shared, servers)).toEqual([
    "127.0.0.1:5432 is apt · cluster 16/main",
    "[::1]:5432 is apt · cluster 15/main",
  ]);
  expect(conflictMeaning(shared, servers)).toContain("apt · cluster 16/main answers under localhost");
  expect(conflictWayOut(shared, servers)).toContain("write the address of the server that is meant");
  expect(conflictOf(second, [shared], servers)).toBe("shadowed by apt · cluster 16/main under localhost");
});
