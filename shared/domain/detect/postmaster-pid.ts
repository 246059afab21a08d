/** What postmaster.pid says; a line that is missing or empty is null (PostgreSQL sources, pidfile.h). */
export interface PostmasterPid {
  readonly pid: number;
  /** True for `postgres --single`: the pid is written negative. */
  readonly standalone: boolean;
  readonly dataDirectory: string | null;
  /** Seconds since 1970. */
  readonly startTime: number | null;
  readonly port: number | null;
  /** First socket folder; null when it has none, or when the line is not written yet. */
  readonly socketDirectory: string | null;
  /** First listen address, `*` for all; "" = no TCP; null when the line is not written yet. */
  readonly listenAddress: string | null;
  readonly status: "starting" | "stopping" | "ready" | "standby" | null;
}

/** Process numbers are 32-bit everywhere. */
const MAX_PID = 2 ** 32 - 1;
const STATUSES = ["starting", "stopping", "ready", "standby"] as const;

function wholeNumber(text: string | undefined, max: number): number | null {
  if (text === undefined || !/^\d{1,15}$/.test(text.trim())) return null;
  const value = Number(text.trim());
  return value > 0 && value <= max ? value : null;
}

/**
 * Reads postmaster.pid or a socket's `.lock` file, whole or half-written.
 * Null when line 1 is no process number, or not written to its end: half a number is another process's.
 */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split(/\r\n|\n/);
  const first = /^\s*(-?)(\d{1,10})\s*$/.exec(lines[0] ?? "");
  const pid = first ? Number(first[2]) : 0;
  if (!first || pid === 0 || pid > MAX_PID || lines.length < 2) return null;
  // The last line is written whole or not at all only when a line break follows it, except for the last of eight.
  const complete = lines.slice(0, lines.length - 1);
  const line = (number: number): string | undefined => complete[number - 1];
  const status = STATUSES.find((word) => word === (lines[7] ?? "").trim()) ?? null;
  return {
    pid,
    standalone: first[1] === "-",
    dataDirectory: line(2) || null,
    startTime: wholeNumber(line(3), 1e12),
    port: wholeNumber(line(4), 65535),
    socketDirectory: line(5) || null,
    listenAddress: line(6)?.trim() ?? null,
    status,
  };
}
