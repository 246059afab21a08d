import { describe, expect, it } from "vitest";
import { endpointText } from "../endpoint";
import { reachOf } from "./endpoints";

const port = (ip: string, publicPort: number | null = 55432, privatePort = 5432) => ({ ip, publicPort, privatePort });
const texts = (ports: Parameters<typeof reachOf>[0], host: string | null = null) => {
  const { endpoints, reaches } = reachOf(ports, 5432, host);
  return [endpoints.map(endpointText), reaches.map(endpointText)];
};

describe("where a published port is reached", () => {
  it("folds all addresses into loopback, one address a port", () => {
    expect(texts([port("0.0.0.0"), port("::")])).toEqual([["127.0.0.1:55432"], ["127.0.0.1:55432", "[::1]:55432"]]);
    expect(texts([port("")])).toEqual([["127.0.0.1:55432"], ["127.0.0.1:55432", "[::1]:55432"]]);
    expect(texts([port("::")])).toEqual([["[::1]:55432"], ["[::1]:55432"]]);
    expect(texts([port("0.0.0.0")])).toEqual([["127.0.0.1:55432"], ["127.0.0.1:55432"]]);
  });

  it("keeps addresses that were chosen, ports in order", () => {
    expect(texts([port("127.0.0.2")])[0]).toEqual(["127.0.0.2:55432"]);
    expect(texts([port("127.0.0.1", 55435), port("127.0.0.1", 55434)])[0]).toEqual([
      "127.0.0.1:55434",
      "127.0.0.1:55435",
    ]);
  });

  it("passes over other private ports and those without a public one", () => {
    expect(texts([port("127.0.0.1", 55457, 80), port("127.0.0.1", null)])).toEqual([[], []]);
  });

  it("goes to the engine's own host on another computer, and not to that computer's loopback", () => {
    expect(texts([port("0.0.0.0"), port("::")], "build.example")[0]).toEqual(["build.example:55432"]);
    expect(texts([port("127.0.0.1"), port("::1")], "build.example")[0]).toEqual([]);
  });
});
