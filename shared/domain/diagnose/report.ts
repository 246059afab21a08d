import { type DiagnoseReport, type Diagnosis, RUNG_TITLES } from "../diagnosis";

const MARK: Readonly<Record<string, string>> = { pass: "ok", warn: "warning", fail: "FAILED", skip: "not reached" };

/** A report as Markdown, to hand to somebody else. `secrets` are taken out wherever they stand. */
export function reportMarkdown(report: DiagnoseReport, app: string, secrets: readonly string[]): string {
  const { target, rungs, diagnosis, alternatives, warnings } = report;
  const lines = [
    "# Why it does not connect",
    "",
    `${app} · ${report.ok ? "it connects" : "it does not connect"} · ${Math.round(report.durationMs)} ms`,
    "",
    ...(target ? ["## Target", "", "```json", JSON.stringify(target, null, 2), "```", ""] : []),
    "## Steps",
    "",
    "| step | result | time | |",
    "|---|---|---|---|",
    ...rungs.map(
      (rung) =>
        `| ${RUNG_TITLES[rung.id]} | ${MARK[rung.status]} | ${rung.durationMs.toFixed(1)} ms | ${cell(rung.summary)} |`,
    ),
    "",
    ...(diagnosis ? ["## Diagnosis", "", ...told(diagnosis), ""] : []),
    ...(alternatives.length > 0
      ? ["## It could also be", "", ...alternatives.flatMap((one) => [...told(one), ""])]
      : []),
    ...(warnings.length > 0 ? ["## Warnings", "", ...warnings.map((one) => `- \`${one.id}\` ${one.message}`), ""] : []),
    "## Evidence",
    "",
    "```json",
    JSON.stringify(Object.fromEntries(rungs.map((rung) => [rung.id, rung.evidence])), null, 2),
    "```",
    "",
  ];
  const text = lines.join("\n").replace(/^# .*/, report.ok ? "# Connection report" : "# Why it does not connect");
  return withoutSecrets(text, secrets);
}

const told = (one: Diagnosis): readonly string[] => [
  `**${one.title}** (\`${one.id}\`, ${one.confidence})`,
  "",
  one.explanation,
  "",
  [
    one.sqlstate ? `SQLSTATE ${one.sqlstate}` : null,
    one.errno ? `errno ${one.errno}` : null,
    one.asyncpgException ? `asyncpg: ${one.asyncpgException}` : null,
  ]
    .filter((part) => part !== null)
    .join(" · "),
];

const cell = (text: string): string => text.replace(/\s+/g, " ").replaceAll("|", "\\|");

/** Replaces every secret, as it is, percent-encoded and as JSON, by `***`; longest first, so that none leaves a rest. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== "" && secret !== "***")
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
  return forms.reduce((rest, form) => rest.replaceAll(form, "***"), text);
}
