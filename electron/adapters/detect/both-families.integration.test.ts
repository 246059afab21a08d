import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clustersIn } from "../../../e2e/machines/clusters";
import { scanHere } from "../../../e2e/machines/scan";
import { freePort } from "../../../e2e/servers/free-port";
import { probePostgres } from "../postgres/probe";

/* One socket on :: takes IPv4, too, unless it is told otherwise: Go's and Node's programs listen so. PostgreSQL never does. */

let folder: string;
let port: number;
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aksara-families-"));
  port = await freePort();
});
afterEach(async () => {
  const ended = servers.map((server) => once(server, "close"));
  for (const server of servers.splice(0)) server.close();
  await Promise.all(ended);
  await rm(folder, { recursive: true, force: true });
});

/** Answers a connection's first bytes with a text and ends it: "N" is what a proxy without TLS says to SSLRequest. */
async function listen(says: string, ipv6Only: boolean): Promise<void> {
  const server = createServer((socket) => socket.on("error", () => undefined).once("data", () => socket.end(says)));
  servers.push(server);
  server.listen({ host: "::", port, ipv6Only });
  await once(server, "listening");
}

describe.runIf(process.platform === "linux")("a listener on ::", () => {
  it.each([
    ["is at both loopback addresses, as one card", false, ["127.0.0.1", "::1"]],
    ["is at ::1 alone where it takes IPv6 only", true, ["::1"]],
  ])("%s", async (_, ipv6Only, hosts) => {
    await listen("N", ipv6Only);
    const environment = { HOME: folder, PGPORT: String(port), PGHOST: "::1" };
    const { holding } = await scanHere(folder, { environment });
    const cards = holding(port);
    expect(cards).toHaveLength(1);
    expect(cards[0]?.endpoints.map((endpoint) => "host" in endpoint && endpoint.host).sort()).toEqual(hosts);
  });

  it("holds the port that a stopped cluster wants on 127.0.0.1, unless it takes IPv6 only", async () => {
    const { make, scan, data } = clustersIn(folder);
    await make("shop", `data_directory = '${data("shop")}'\nport = ${port}\n`);
    // The real lists of listeners, with the folder's own clusters.
    const look = async () =>
      (await scan({ probe: probePostgres, paths: { ...clustersIn(folder).paths, proc: "/proc" } })).find("apt:15/shop");
    await listen("not a database\n", true);
    expect(await look()).toMatchObject({ state: "stopped", cause: null });
    const [first] = servers.splice(0);
    first?.close();
    if (first) await once(first, "close");
    await listen("not a database\n", false);
    expect(await look()).toMatchObject({
      cause: "port-taken",
      reason: expect.stringContaining(`127.0.0.1:${port} is held by another program.`),
    });
  });
});
