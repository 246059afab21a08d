import { expect, it } from "vitest";
import type { Origin, Server, ServerState } from "../../shared/domain/server";
import { afterScan, withConflict, withProblem, withServer } from "./server-list";

const server = (id: string, state: ServerState = "running", origin: Origin = "apt"): Server => ({
  id,
  origin,
  label: id,
  version: null,
  state,
  endpoints: [],
  dataDirectory: null,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: false,
});
const ids = (servers: readonly Server[]): readonly string[] => servers.map(({ id }) => id);

it("replaces a card by its id and keeps the readiest first", () => {
  const servers = [server("a"), server("b")];
  expect(ids(withServer(servers, server("a", "stopped")))).toEqual(["b", "a"]);
  expect(ids(withServer(servers, server("0")))).toEqual(["0", "a", "b"]);
});

it("drops what a finished scan did not find, except what the person named", () => {
  const before = [server("old"), server("named", "unreachable", "custom")];
  expect(ids(afterScan(before, [server("new")], false))).toEqual(["new", "named"]);
});

it("drops nothing after a scan that was stopped, and takes its newer word", () => {
  const after = afterScan([server("a"), server("b")], [server("b", "stopped")], true);
  expect(after.map(({ id, state }) => [id, state])).toEqual([
    ["a", "running"],
    ["b", "stopped"],
  ]);
});

it("tells a port's conflict once, with its newest word, and a problem once", () => {
  const first = { port: 5432, servers: ["a", "b"], answers: null, addresses: [] };
  const newer = { ...first, answers: "a" };
  expect(withConflict([first], newer)).toEqual([newer]);
  const problem = { source: "env", kind: "failed", message: "No." } as const;
  expect(withProblem([problem], problem)).toEqual([problem]);
  expect(withProblem([problem], { ...problem, message: "Not that." })).toHaveLength(2);
});
