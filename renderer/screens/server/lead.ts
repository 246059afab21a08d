const WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"] as const;

/** "Four servers found on this computer in 96 ms. Pick the one your app should use." */
export function leadText(phase: { readonly kind: string; readonly durationMs?: number }, count: number): string {
  const found = `${WORDS[count] ?? count} ${count === 1 ? "server" : "servers"} found`;
  if (phase.kind === "scanning" || phase.kind === "idle") return "Looking on this computer.";
  if (phase.kind === "stopped") return `${found} before the scan ended.`;
  const time = `in ${Math.round(phase.durationMs ?? 0)} ms`;
  return count === 0
    ? `No server found on this computer ${time}. Create a private one, or name one that runs elsewhere.`
    : `${found} on this computer ${time}. Pick the one your app should use.`;
}
