import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below every system's range for outgoing connections (Linux from 32768, others from 49152), above the usual servers. */
const LOWEST = 20_000;
const HIGHEST = 30_000;
const TRIES = 50;

/** True when nothing holds the port on 127.0.0.1 now; 0 stands for any. Answers the port, or null when it is taken. */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once("error", () => resolve(null));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}

export const isFree = async (port: number): Promise<boolean> => (await tryPort(port)) !== null;

/** A port nothing listens on, `wished` if that is free; null when the computer has none. */
export async function freePort(wished: number | null = null): Promise<number | null> {
  if (wished !== null && (await isFree(wished))) return wished;
  for (let i = 0; i < TRIES; i++) {
    const port = await tryPort(randomInt(LOWEST, HIGHEST));
    if (port !== null) return port;
  }
  return tryPort(0);
}
