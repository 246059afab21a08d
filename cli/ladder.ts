import { evidenceRows } from "../shared/domain/diagnose/evidence";
import { timeLine, timeText } from "../shared/domain/diagnose/time-line";
import { type Diagnosis, RUNG_TITLES, type Rung } from "../shared/domain/diagnosis";
import type { Paint } from "./terminal";

const GLYPHS = { pass: "✓", warn: "!", fail: "✗", skip: "·" } as const;
const TONES = { pass: "good", warn: "warn", fail: "bad", skip: "quiet" } as const;
/** How wide the time line is, in characters. */
const LINE = 20;

const TITLE = Math.max(...Object.values(RUNG_TITLES).map((title) => title.length)) + 1;

/** What a server says must not steer the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, " ");

/** A bar of per cents in so many characters; a quick rung is one character wide. */
function barText({ left, width }: { readonly left: number; readonly width: number }): string {
  const size = Math.max(1, Math.round((width * LINE) / 100));
  const start = Math.min(Math.round((left * LINE) / 100), LINE - size);
  return " ".repeat(start) + "━".repeat(size);
}

/** The rungs on one time line, and with `evidence` what each of them rests on. */
export function ladderLines(
  rungs: readonly Rung[],
  { evidence, paint }: { readonly evidence: boolean; readonly paint: Paint },
): readonly string[] {
  const { bars, endMs } = timeLine(rungs);
  const lines = rungs.flatMap((rung) => {
    const bar = bars.get(rung.id);
    const line = bar ? barText(bar).padEnd(LINE) : " ".repeat(LINE);
    const time = (bar ? timeText(rung.durationMs) : "").padStart(9);
    const title = RUNG_TITLES[rung.id].padEnd(TITLE);
    const tone = TONES[rung.status];
    const rows = evidence && Object.keys(rung.evidence).length > 0 ? evidenceRows(rung) : [];
    return [
      `${paint(tone, GLYPHS[rung.status])} ${paint(bar ? "strong" : "quiet", title)} ${paint(tone, line)} ${time}  ${printable(rung.summary)}`,
      ...rows.map(({ name, values }) => paint("quiet", `    ${name}: ${printable(values.join(", "))}`)),
    ];
  });
  if (bars.size === 0) return lines;
  const end = timeText(endMs);
  return [...lines, `${" ".repeat(TITLE + 3)}${paint("quiet", `0${end.padStart(LINE - 1)}`)}`];
}

/** A cause with its confidence and id, why, and what mends it. */
export const diagnosisLines = (
  { title, confidence, id, explanation, remedies }: Diagnosis,
  paint: Paint,
): readonly string[] => [
  `${paint("strong", printable(title))} (${confidence}; ${id})`,
  printable(explanation),
  ...remedies.flatMap((remedy) => [
    `  → ${remedy.title}${remedy.needs === "nothing" ? "" : ` (needs ${remedy.needs === "superuser" ? "a superuser" : "an administrator"})`}`,
    ...[...remedy.commands, ...remedy.sql].map((text) => `      ${text}`),
  ]),
];
