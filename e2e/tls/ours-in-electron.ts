import { createInterface } from "node:readline";
import { askOurs } from "./ours";

/** One question a line on standard input, one answer a line on standard output. */
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, dsn, home, bundle }: Record<"id" | "dsn" | "home" | "bundle", string> = JSON.parse(line);
  void askOurs(dsn, home, bundle).then((answer) => process.stdout.write(`${JSON.stringify({ id, answer })}\n`));
});
