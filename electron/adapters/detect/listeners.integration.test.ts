import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readListeners } from "./listeners";
import { thisMachine } from "./machine";
import { readProcList } from "./proc-list";

const servers: Server[] = [];
afterEach(async () => {
  const ended = servers.map((server) => once(server, "close"));
  for (const server of servers.splice(0)) server.close();
  await Promise.all(ended);
});

async function listen(...where: [host: string] | [options: { readonly path: string }]): Promise<Server> {
  const server = createServer();
  servers.push(server);
  const [first] = where;
  if (typeof first === "string") server.listen(0, first);
  else server.listen(first);
  await once(server, "listening");
  return server;
}

describe.runIf(process.platform === "linux")("lists of /proc/net", () => {
  it.each([1, 25, 26, 27, 300])("are whole with %i listeners more, however many pages that takes", async (count) => {
    const opened = await Promise.all(
      Array.from({ length: count }, (_, at) => listen(at % 2 === 0 ? "127.0.0.1" : "::1")),
    );
    const ports = opened.map((server) => (server.address() as AddressInfo).port);
    const found = (await readListeners(thisMachine()))?.map(({ port }) => port) ?? [];
    expect(ports.filter((port) => !found.includes(port))).toEqual([]);
  });

  it("are whole with hundreds of Unix sockets of long names", async () => {
    const many = Array.from({ length: 200 }, (_, at) => path.join(tmpdir(), `aksara-socket-${process.pid}-${at}`));
    await Promise.all(many.map((one) => listen({ path: one })));
    const lines = (await readProcList("/proc/net/unix"))?.split("\n") ?? [];
    expect(many.filter((one) => !lines.some((line) => line.endsWith(` ${one}`)))).toEqual([]);
  });

  it("are null where they cannot be read", async () => {
    expect(await readProcList("/proc/net/nothing")).toBeNull();
  });
});
