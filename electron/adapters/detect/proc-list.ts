import { closeSync, openSync, read } from "node:fs";
import { promisify } from "node:util";

const readPart = promisify(read);

const PART = 65_536;
/**
 * The kernel fills a page of at least 4 KB with whole lines of at most 256 bytes before it hands one out
 * (fs/seq_file.c): one with room for another line is the last.
 */
const FULL = 4096 - 256;

/**
 * A list in /proc/net; null where it cannot be read. To ask once more for nothing is not free: the kernel goes through all of its table again, which
 * takes as long as the list itself. Opening it never waits; reading it does, off the main thread.
 */
export async function readProcList(path: string): Promise<string | null> {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    const parts: Buffer[] = [];
    for (;;) {
      const { bytesRead, buffer } = await readPart(file, Buffer.allocUnsafe(PART), 0, PART, null);
      parts.push(buffer.subarray(0, bytesRead));
      if (bytesRead < FULL) return Buffer.concat(parts).toString("utf8");
    }
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
