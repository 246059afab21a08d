import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * How the time to read a string grows with its length: every reader of shared/domain/dsn on hostile inputs of
 * 100,000 and of 1,000,000 characters. A factor near 10 is linear, near 100 is quadratic.
 * `node scripts/bench/dsn-linear.mjs` prints the table; `--all` takes every input instead of the costly ones.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const SHORT = 100_000;
const LONG = 1_000_000;

async function load(file) {
  const { runnerImport } = await import("vite");
  const { module } = await runnerImport(path.join(root, "shared/domain/dsn", file), {
    configFile: false,
    logLevel: "silent",
  });
  return module;
}

/** The best of a few runs, in milliseconds: what the work takes when nothing else disturbs it. */
function best(reader, text, runs) {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    reader(text);
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

/** Per reader: the costliest input, its milliseconds at 1,000,000 characters, and the steepest growth from 100,000. */
export async function dsnLinear(all = false) {
  const dsn = await load("index.ts");
  const { allInputs, worstInputs } = await load("hostile.fixture.ts");
  const readers = {
    parseConnectionString: dsn.parseConnectionString,
    explain: (text) => dsn.explain(text),
    uriParts: dsn.uriParts,
    maskUri: dsn.maskUri,
    readFields: dsn.readFields,
    doubtfulKeywords: dsn.doubtfulKeywords,
    applyField: (text) => dsn.applyField(text, "user", "me"),
    fromPasted: dsn.fromPasted,
    mendUnencoded: dsn.mendUnencoded,
    worthKnowing: dsn.worthKnowing,
    readerRows: (text) => dsn.readerRows(text, "asyncpg", null),
  };
  const rows = Object.fromEntries(
    Object.keys(readers).map((reader) => [reader, { reader, ms: 0, input: "", growth: 0, steepest: "" }]),
  );
  const inputs = all ? allInputs : worstInputs;
  const long = inputs(LONG)[Symbol.iterator]();
  for (const { name, text } of inputs(SHORT)) {
    const { value } = long.next();
    for (const [reader, read] of Object.entries(readers)) {
      const row = rows[reader];
      const short = best(read, text, 3);
      const ms = best(read, value.text, 2);
      if (ms > row.ms) Object.assign(row, { ms, input: name });
      // Below a hundredth of a second the clock and the compiler say more than the work does.
      if (ms > 10 && ms / short > row.growth) Object.assign(row, { growth: ms / short, steepest: name });
    }
  }
  return Object.values(rows);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const rows = await dsnLinear(process.argv.includes("--all"));
  console.table(
    rows.map(({ reader, ms, input, growth, steepest }) => ({
      reader,
      "ms for 1,000,000": Math.round(ms),
      input,
      "growth from 100,000": growth === 0 ? "-" : Number(growth.toFixed(1)),
      "steepest input": steepest,
    })),
  );
}
