import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";

type Stdio = readonly ("ignore" | "pipe" | number)[];

/** O_CLOEXEC in the octal flags of /proc/self/fdinfo (proc(5)). */
const CLOSED_ON_EXEC = 0o2000000;
const FDINFO = "/proc/self/fdinfo";

/** Numbers past the first three that a child would inherit although nobody handed them on; Linux only. */
function inheritable(): readonly number[] {
  try {
    return readdirSync(FDINFO)
      .map(Number)
      .filter((number) => number > 2 && stays(number));
  } catch {
    // No /proc: other systems close them for us.
    return [];
  }
}

function stays(number: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`${FDINFO}/${number}`, "utf8"))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSED_ON_EXEC) === 0;
  } catch {
    // Closed meanwhile: the listing's own number is one of them.
    return false;
  }
}

/**
 * Runs `start` with a stdio list in which every file a child would inherit by accident is /dev/null: Electron leaves
 * some of its pipes open across exec, and a server that outlives the app would keep whoever reads them waiting.
 */
export function withOwnFilesOnly<T>(stdio: Stdio, start: (stdio: ("ignore" | "pipe" | number)[]) => T): T {
  const leaking = inheritable();
  if (leaking.length === 0) return start([...stdio]);
  const nothing = openSync("/dev/null", "r+");
  const places = Array.from({ length: Math.max(...leaking) + 1 }, (_, number) => stdio[number] ?? "ignore");
  for (const number of leaking) if (number >= stdio.length) places[number] = nothing;
  try {
    return start(places);
  } finally {
    closeSync(nothing);
  }
}
