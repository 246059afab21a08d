import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestServer } from "../../../e2e/servers/postgres";
import { createScan } from "../../use-cases/scan";
import { createServerRegistry } from "../../use-cases/server-registry";
import { probePostgres } from "../postgres/probe";
import { createPrivateServer } from "../private-server";
import { createDetectSources, localhostAddresses, thisMachine } from ".";

describe.runIf(process.platform === "linux" && process.getuid?.() === 0)("a server with several addresses", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18, config: { listen_addresses: "127.0.0.1, ::1" } });
  });
  afterAll(() => server?.remove());

  async function scan() {
    const knocked: string[] = [];
    const own = thisMachine();
    const machine: typeof own = {
      ...own,
      probe: (endpoint, timeoutMs) => {
        if (endpoint.port === server.port) knocked.push("host" in endpoint ? endpoint.host : "socket");
        return own.probe(endpoint, timeoutMs);
      },
    };
    const privateServer = createPrivateServer({ dataFolder: "/nowhere/of-this-test", machine });
    const sources = createDetectSources(machine, privateServer);
    const found = await createScan({
      registry: createServerRegistry(),
      sources,
      probe: probePostgres,
      osUser: "root",
      localhost: localhostAddresses,
    }).run({ emit: () => {}, signal: new AbortController().signal });
    return { knocked, card: found.servers.find(({ dataDirectory }) => dataDirectory === server.dataDirectory) };
  }

  it("is knocked on once, and found at all of them", async () => {
    const { knocked, card } = await scan();
    expect(knocked).toHaveLength(1);
    expect(card).toMatchObject({
      state: "running",
      endpoints: expect.arrayContaining([
        { host: "127.0.0.1", port: server.port },
        { host: "::1", port: server.port },
        { socketDirectory: server.socketDirectory, port: server.port },
      ]),
    });
  });

  it("is said to be silent where it is halted", async () => {
    const pid = server.pid() as number;
    process.kill(pid, "SIGSTOP");
    try {
      const { knocked, card } = await scan();
      expect(knocked).toHaveLength(1);
      expect(card?.state).not.toBe("running");
    } finally {
      process.kill(pid, "SIGCONT");
    }
  });
});
