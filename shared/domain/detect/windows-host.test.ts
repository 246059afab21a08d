import { describe, expect, it } from "vitest";
import { defaultRoute, isHyperV, isWsl2 } from "./windows-host";

const HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

describe("Windows seen from WSL", () => {
  it("is another computer for WSL 2's kernel only", () => {
    expect(isWsl2("Linux version 5.15.153.1-microsoft-standard-WSL2 (root@x) (gcc 11.2.0) #1 SMP")).toBe(true);
    expect(isWsl2("Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com) #1237-Microsoft")).toBe(false);
    expect(isWsl2("Linux version 6.1.0-40-amd64 (debian-kernel@lists.debian.org)")).toBe(false);
  });

  it.each([
    [
      "the default route's router",
      `${HEAD}eth0\t00000000\t0150A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n`,
      "192.168.80.1",
    ],
    ["not a network's own route", `${HEAD}eth0\t0050A8C0\t00000000\t0001\t0\t0\t0\t00F0FFFF\t0\t0\t0\n`, undefined],
    ["not a route without a router", `${HEAD}eth0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n`, undefined],
    ["nothing in nonsense", `\n../x\t00000000\t0150A8C0\nzz`, undefined],
    ["nothing in nothing", "", undefined],
  ])("is %s", (_, text, gateway) => {
    expect(defaultRoute(text)?.gateway).toBe(gateway);
  });

  it("is the router only behind a device of Hyper-V", () => {
    expect(isHyperV("00:15:5D:8a:10:02\n")).toBe(true);
    expect(isHyperV("3c:7c:3f:8a:10:02\n")).toBe(false);
  });
});
