import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const LISTENER = `
const server = require("node:net").createServer();
server.listen({ host: "127.0.0.1", port: 0, backlog: 1 }, () => {
  process.stdout.write(server.address().port + "\\n", () => process.kill(process.pid, "SIGSTOP"));
});`;

/**
 * A port of loopback where nothing comes back: a stopped process holds it and its queue is full, so that the system
 * drops every further connection, as a firewall does.
 */
export async function startFullBacklog(): Promise<{ readonly port: number; readonly end: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ["-e", LISTENER], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const port = Number(line.toString());
  const queued: Socket[] = [];
  const end = async (): Promise<void> => {
    for (const socket of queued) socket.destroy();
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  // The queue holds one or two; more than that never get an answer.
  for (let index = 0; index < 6; index += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    queued.push(socket);
  }
  return { port, end };
}
