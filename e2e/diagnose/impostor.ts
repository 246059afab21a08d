import { connect, createServer, type Socket } from "node:net";
import type { PostgresVersion } from "../servers/postgres";

/**
 * A way to a real server that makes it look like PostgreSQL 12.22: its version number is changed on the way, nothing
 * else. No such old server can be had for these tests.
 */
export async function startImpostor(
  port: number,
  version: PostgresVersion,
): Promise<{ readonly port: number; readonly end: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(port, "127.0.0.1");
    for (const socket of [client, behind]) {
      open.add(socket);
      socket.on("error", () => {}).on("close", () => open.delete(socket));
    }
    client.pipe(behind);
    behind.on("data", (bytes: Buffer) => {
      const text = bytes.toString("latin1").replace(new RegExp(`${version}00\\d\\d`, "g"), "120022");
      client.write(Buffer.from(text, "latin1"));
    });
    behind.on("end", () => client.end());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    end: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
