import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Endpoint } from "../endpoint";
import type { Origin, Server } from "../server";
import { mergeServers, type ServerFacts } from "./merge";

const V4 = { host: "127.0.0.1", port: 5432 };
const V6 = { host: "::1", port: 5432 };
const SOCKET = { socketDirectory: "/var/run/postgresql", port: 5432 };

function facts(
  id: string,
  origin: Origin,
  endpoints: readonly Endpoint[],
  more: Partial<ServerFacts & Server> = {},
): ServerFacts {
  const { pid = null, uid = null, containerId = null, reaches = endpoints, ...server } = more;
  return {
    pid,
    containerId,
    uid,
    reaches,
    server: {
      id,
      origin,
      label: id,
      version: null,
      state: "running",
      endpoints,
      dataDirectory: null,
      reason: null,
      actions: [],
      startCommand: null,
      canStart: false,
      credentialsKnown: false,
      ...server,
    },
  };
}

const apt = facts("apt:15/main", "apt", [V4, SOCKET], { pid: 7, dataDirectory: "/d", version: "15.18" });
const ids = (list: readonly ServerFacts[]): readonly string[] => mergeServers(list).map(({ server }) => server.id);

describe("mergeServers", () => {
  it("never takes a container for an installation, though both claim one address and a port fits both", () => {
    const container = facts("docker:db", "docker", [V4], { containerId: "c1", credentialsKnown: true });
    const brew = facts("homebrew:postgresql@17", "homebrew", [V4, SOCKET]);
    const port = facts("port:127.0.0.1:5432", "listener", [V4]);
    const merged = mergeServers([port, brew, container]);
    expect(merged.map(({ server }) => server.id).sort()).toEqual(["docker:db", "homebrew:postgresql@17"]);
    expect(merged.find(({ server }) => server.origin === "homebrew")?.server.credentialsKnown).toBe(false);
  });

  it("takes a paused container and the process in it for one server", () => {
    const paused = facts("docker:db", "docker", [V4], { containerId: "c1", pid: 9, state: "paused" });
    expect(ids([paused, facts("process:/d", "process", [V4], { pid: 9 })])).toEqual(["docker:db"]);
  });

  it("folds a cluster, its socket, its port and the .env that names it into one card", () => {
    const all = [
      facts("env:DATABASE_URL", "env", [{ host: "localhost", port: 5432 }], {
        reaches: [V4],
        label: "From .env · localhost:5432",
        credentialsKnown: true,
      }),
      facts("port:127.0.0.1:5432", "listener", [V4], { uid: 101 }),
      facts("socket:/var/run/postgresql:5432", "socket", [SOCKET], { pid: 7 }),
      apt,
    ];
    const merged = mergeServers(all);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.server).toMatchObject({
      id: "apt:15/main",
      endpoints: [V4, SOCKET],
      credentialsKnown: true,
      reason: "Named by .env.",
    });
  });

  it("keeps a stopped cluster apart from a stranger on its port", () => {
    const stopped = { ...apt, pid: null, server: { ...apt.server, state: "stopped" as const } };
    expect(ids([stopped, facts("port:127.0.0.1:5432", "listener", [V4])])).toEqual([
      "apt:15/main",
      "port:127.0.0.1:5432",
    ]);
  });

  it("keeps three servers on one port apart when nothing says they are one", () => {
    const three = [
      facts("port:127.0.0.1:5432", "listener", [V4], { uid: 0 }),
      facts("port:[::1]:5432", "listener", [V6], { uid: 501 }),
      facts("socket:/tmp:5432", "socket", [SOCKET], { uid: 502 }),
    ];
    expect(ids(three)).toHaveLength(3);
  });

  it("takes socket and ports of one user and one number for one server, but not two processes", () => {
    const socket = facts("socket:/tmp:5432", "socket", [SOCKET], { uid: 501 });
    const port = facts("port:127.0.0.1:5432", "listener", [V4], { uid: 501 });
    expect(mergeServers([port, socket])[0]?.server).toMatchObject({
      id: "socket:/tmp:5432",
      label: port.server.label,
      endpoints: [V4, SOCKET],
    });
    expect(
      ids([
        { ...socket, pid: 1 },
        { ...port, pid: 2 },
      ]),
    ).toHaveLength(2);
  });

  it("adds a name to the stopped server that wants its address, not to one of two", () => {
    const stopped = (id: string) => facts(id, "apt", [V4], { state: "stopped", dataDirectory: id });
    const named = facts("env:DATABASE_URL", "env", [V4], { state: "unreachable", credentialsKnown: true });
    expect(mergeServers([stopped("apt:15/a"), named])).toMatchObject([
      { server: { id: "apt:15/a", state: "stopped" } },
    ]);
    expect(ids([stopped("apt:15/a"), stopped("apt:15/b"), named])).toHaveLength(3);
  });

  it("shows two names of one far address as one card", () => {
    const far = { host: "192.0.2.7", port: 5432 };
    const env = facts("env:DATABASE_URL", "env", [far]);
    expect(ids([facts("service:prod", "service-file", [far]), env])).toEqual(["env:DATABASE_URL"]);
  });

  it("gives the same cards whatever the order the findings came in", () => {
    const all = [
      apt,
      facts("port:127.0.0.1:5432", "listener", [V4], { uid: 101 }),
      facts("socket:/s:5432", "socket", [SOCKET], { pid: 7 }),
      facts("port:[::1]:5432", "listener", [V6], { uid: 0 }),
      facts("env:DATABASE_URL", "env", [V6], { reaches: [V6] }),
      facts("service:x", "service-file", [{ host: "192.0.2.7", port: 1 }], { state: "unreachable" }),
    ];
    const cards = (list: readonly ServerFacts[]) =>
      mergeServers(list)
        .map(({ server, parts }) => [server.id, parts.map((part) => part.server.id).sort()])
        .sort();
    const expected = cards(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(cards(shuffled)).toEqual(expected);
      }),
    );
  });
});
