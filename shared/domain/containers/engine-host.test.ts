import { describe, expect, it } from "vitest";
import { engineHostText, parseEngineHost } from "./engine-host";

const local = (path: string) => ({ kind: "address", address: { kind: "local", path } });
const tcp = (host: string, port: number) => ({ kind: "address", address: { kind: "tcp", host, port } });

describe("DOCKER_HOST", () => {
  it.each([
    ["unix:///var/run/docker.sock", local("/var/run/docker.sock")],
    ["npipe:////./pipe/docker_engine", local("\\\\.\\pipe\\docker_engine")],
    ["tcp://127.0.0.1:2375", tcp("127.0.0.1", 2375)],
    ["tcp://:2375", tcp("127.0.0.1", 2375)],
    ["127.0.0.1:2375", tcp("127.0.0.1", 2375)],
    ["unix://", local("/var/run/docker.sock")],
    ["tcp://build.example", tcp("build.example", 2375)],
    ["tcp://[::1]:2376", tcp("::1", 2376)],
    ["ssh://me@far.example:22", { kind: "ssh", host: "far.example" }],
    ["ssh://far.example", { kind: "ssh", host: "far.example" }],
    ["unix://relative.sock", { kind: "unreadable" }],
    ["tcp://host:99999", { kind: "unreadable" }],
    ["tcp://user:word@host:2375", { kind: "unreadable" }],
    ["fd://", { kind: "unreadable" }],
    ["docker", { kind: "unreadable" }],
    ["", { kind: "unreadable" }],
  ])("%s", (text, expected) => {
    expect(parseEngineHost(text, false)).toEqual(expected);
  });

  it("means another port with TLS", () => {
    expect(parseEngineHost("tcp://127.0.0.1", true)).toEqual(tcp("127.0.0.1", 2376));
  });

  it.each(["unix:///run/docker.sock", "npipe:////./pipe/docker_engine", "tcp://[::1]:2376"])(
    "writes %s back",
    (text) => {
      const read = parseEngineHost(text, false);
      expect(read.kind === "address" && engineHostText(read.address)).toBe(text);
    },
  );
});
