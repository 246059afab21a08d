import path from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

/**
 * What following the computer costs while nothing happens, as a process of its own, so that nothing else is counted:
 * prints the percentage of a core that it took over 20 seconds.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const load = async (file) => (await runnerImport(path.join(root, file), { logLevel: "silent" })).module;
/** What the start itself leaves to clean up is over by then, in ms. */
const SETTLE_MS = 3_000;
const WATCHED_MS = 20_000;

const { readSigns, thisMachine } = await load("electron/adapters/detect/index.ts");
const { watchEngines } = await load("electron/adapters/containers/index.ts");
const { createWatch } = await load("electron/use-cases/watch.ts");
const machine = thisMachine();
const stop = new AbortController();
// As electron/compose.ts has it.
const watch = createWatch({
  signs: () => readSigns(machine, []),
  engines: (signal) => watchEngines(signal, machine),
  everyMs: 2000,
  settleMs: 250,
});
const ended = watch.run({ emit: () => {}, signal: stop.signal });
await wait(SETTLE_MS);
const before = process.cpuUsage();
const started = performance.now();
await wait(WATCHED_MS);
const { user, system } = process.cpuUsage(before);
console.log(((user + system) / 1000 / (performance.now() - started)) * 100);
stop.abort();
await ended;
