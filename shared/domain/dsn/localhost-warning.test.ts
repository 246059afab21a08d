import { describe, expect, it } from "vitest";
import type { Endpoint } from "../endpoint";
import type { PortConflict, Server } from "../server";
import { worthKnowing } from "./summary";

const DSN = "postgresql://u:p%2Bq@localhost:5432/d";

const server = (id: string, host: string, more: Partial<Server> = {}): Server => ({
  id,
  origin: "network" as Server["origin"],
  label: id,
  version: null,
  state: "running",
  endpoints: [{ host, port: 5432 } satisfies Endpoint],
  dataDirectory: null,
  reason: null,
  actions: [],
  startCommand: null,
  canStart: false,
  credentialsKnown: false,
  ...more,
});

const conflict = (answers: string | null): PortConflict => ({
  port: 5432,
  servers: ["Debian", "Docker"],
  answers,
  addresses: [],
});

const about = (servers: readonly Server[], conflicts: readonly PortConflict[] = [], text = DSN) =>
  worthKnowing(text, { servers, conflicts })
    .filter(({ code }) => /localhost|conflict/.test(code))
    .map(({ code, text: said, mend }) => ({ code, said, dsn: mend?.dsn ?? null }));

describe("localhost, with what was found on this computer", () => {
  it("warns where its two addresses are two servers, and writes the one a driver meets", () => {
    const servers = [server("Debian", "127.0.0.1"), server("Docker", "::1")];
    expect(about(servers)).toEqual([
      {
        code: "localhost-two-servers",
        said: "localhost:5432 is two servers here: Debian at 127.0.0.1 and Docker at ::1. Which one answers depends on the driver. Write the address of the one that is meant.",
        dsn: "postgresql://u:p%2Bq@127.0.0.1:5432/d",
      },
    ]);
    expect(about(servers, [conflict("Docker")])).toEqual([
      {
        code: "localhost-two-servers",
        said: expect.stringContaining("A driver meets Docker first."),
        dsn: "postgresql://u:p%2Bq@[::1]:5432/d",
      },
    ]);
  });

  it("names the server that answers at one address only", () => {
    expect(about([server("Debian", "127.0.0.1")])).toEqual([
      {
        code: "localhost-one-address",
        said: expect.stringContaining("Debian"),
        dsn: "postgresql://u:p%2Bq@127.0.0.1:5432/d",
      },
    ]);
    expect(about([server("Docker", "::1")])[0]?.dsn).toBe("postgresql://u:p%2Bq@[::1]:5432/d");
  });

  it("tells of servers that want the same port", () => {
    const both = {
      endpoints: [
        { host: "127.0.0.1", port: 5432 },
        { host: "::1", port: 5432 },
      ],
    };
    const servers = [server("Debian", "", both), server("Docker", "", { ...both, state: "stopped" })];
    expect(about(servers, [conflict("Debian")])).toEqual([
      {
        code: "port-conflict",
        said: "Debian and Docker all want port 5432: Debian answers now. Give each a port of its own.",
        dsn: null,
      },
    ]);
  });

  it.each([
    ["nothing was found", []],
    ["the server is stopped", [server("Debian", "127.0.0.1", { state: "stopped" })]],
    ["it listens elsewhere", [server("Debian", "127.0.0.1", { endpoints: [{ host: "127.0.0.1", port: 5433 }] })]],
  ] as const)("keeps to the general word where %s", (_, servers) => {
    expect(about(servers).map(({ code }) => code)).toEqual(["localhost-two-addresses"]);
  });

  it("says nothing where the string names an address", () => {
    expect(about([server("A", "127.0.0.1"), server("B", "::1")], [], "postgresql://u@127.0.0.1:5432/d")).toEqual([]);
  });
});
