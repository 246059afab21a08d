import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** Where windows appear: ":99", or null for the computer's own display. */
export interface Display {
  readonly name: string | null;
  close(): void;
}

/** Wide enough for the app's first size with room around it. */
const SCREEN = "1440x1000x24";

/** Starts a virtual display of its own on Linux, with a number that the X server itself finds free. */
export async function openDisplay(): Promise<Display> {
  if (process.platform !== "linux") return { name: null, close: () => {} };
  const args = ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"];
  const server: ChildProcess = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const answer = server.stdio[3] as Readable;
  const number = await new Promise<string>((resolve, reject) => {
    let text = "";
    answer.on("data", (part: Buffer) => {
      text += part.toString();
      if (text.includes("\n")) resolve(text.trim());
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  const close = (): void => {
    process.off("exit", close);
    server.kill("SIGTERM");
  };
  process.once("exit", close);
  return { name: `:${number}`, close };
}
