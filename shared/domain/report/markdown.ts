import { RUNG_TITLES, type RungId } from "../diagnosis";
import type { SupportReport } from "./support-report";

type Fields = Readonly<Record<string, unknown>>;

const MARK: Readonly<Record<string, string>> = { pass: "ok", warn: "warning", fail: "FAILED", skip: "not reached" };

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);

/** One line of plain text: what a server said must make neither a table's cell nor a heading. */
const line = (value: unknown): string =>
  String(value ?? "")
    .replace(/\s+/g, " ")
    .replace(/[\\`|<*[]/g, (sign) => `\\${sign}`);
const code = (value: unknown): string => `\`${String(value ?? "-").replace(/[`\s]+/g, " ")}\``;

/** A fence that no line of the text can end. */
function block(value: unknown): readonly string[] {
  const text = JSON.stringify(value, null, 2);
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}json`, text, fence, ""];
}

const words: Readonly<Record<string, string>> = {
  app: "Aksara Database Setup",
  runtime: "runs in",
  node: "Node",
  system: "system",
  nodePostgres: "node-postgres",
  python: "the project's Python",
  asyncpg: "its asyncpg",
  postgresql: "the server's PostgreSQL",
};

function diagnosisLines(one: Fields): readonly string[] {
  const codes = [
    one.sqlstate ? `SQLSTATE ${line(one.sqlstate)}` : null,
    one.errno ? `errno ${line(one.errno)}` : null,
    one.asyncpgException ? `asyncpg: ${line(one.asyncpgException)}` : null,
  ].filter((part) => part !== null);
  return [
    `**${line(one.title)}** (${code(one.id)}, ${line(one.confidence)})`,
    "",
    line(one.explanation),
    "",
    ...(codes.length > 0 ? [codes.join(" · "), ""] : []),
  ];
}

function checkLines(check: Fields): readonly string[] {
  const rungs = list(check.rungs);
  const diagnosis = check.diagnosis ? diagnosisLines(fields(check.diagnosis)) : [];
  const alternatives = list(check.alternatives).flatMap(diagnosisLines);
  const warnings = list(check.warnings).map((one) => `- ${code(one.id)} ${line(one.message)}`);
  return [
    "## Steps",
    "",
    `${check.ok === true ? "It connects" : "It does not connect"} · ${line(check.durationMs)} ms`,
    "",
    "| step | result | ms | |",
    "|---|---|---:|---|",
    ...rungs.map(
      (rung) =>
        `| ${RUNG_TITLES[rung.id as RungId]} | ${MARK[String(rung.status)]} | ${line(rung.durationMs)} | ${line(rung.summary)} |`,
    ),
    "",
    ...(diagnosis.length > 0 ? ["## Cause", "", ...diagnosis] : []),
    ...(alternatives.length > 0 ? ["## It could also be", "", ...alternatives] : []),
    ...(warnings.length > 0 ? ["## Warnings", "", ...warnings, ""] : []),
    "## Target",
    "",
    ...block(check.target),
    "## Evidence",
    "",
    ...block(
      Object.fromEntries(
        rungs
          .filter(({ evidence }) => Object.keys(fields(evidence)).length > 0)
          .map((rung) => [String(rung.id), rung.evidence]),
      ),
    ),
  ];
}

const addresses = (endpoints: unknown): string =>
  list(endpoints)
    .map((one) => `${line(one.host ?? one.socketDirectory)}:${line(one.port)}`)
    .join(", ");

function detectionLines(detection: Fields): readonly string[] {
  const servers = list(detection.servers).map(
    (one) =>
      `| ${line(one.id)} | ${line(one.version)} | ${line(one.state)} | ${line(one.cause)} | ${addresses(one.endpoints)} | ${line(one.reason)} |`,
  );
  const conflicts = list(detection.conflicts).map((one) => {
    const wanting = Array.isArray(one.servers) ? one.servers.map(line).join(", ") : "";
    return `- Port ${line(one.port)} is wanted by ${wanting}; ${one.answers ? `${line(one.answers)} answers` : "nobody answers"} on localhost.`;
  });
  const problems = list(detection.problems).map(
    (one) => `- ${line(one.source)} (${line(one.kind)}): ${line(one.message)}`,
  );
  return [
    "## Servers on this computer",
    "",
    ...(servers.length > 0
      ? ["| server | version | state | cause | where | |", "|---|---|---|---|---|---|", ...servers]
      : ["None was found."]),
    "",
    ...(conflicts.length > 0 ? [...conflicts, ""] : []),
    ...(problems.length > 0 ? ["Not looked at:", "", ...problems, ""] : []),
  ];
}

function projectLines(project: Fields): readonly string[] {
  const keys = Array.isArray(project.envKeys) ? project.envKeys.map(code).join(", ") : "";
  const pool = Object.entries(fields(project.pool)).map(([key, value]) => `${key}=${line(value)}`);
  return [
    "## Project",
    "",
    `- ${project.isAksara === true ? "An Aksara project" : "Not recognised as an Aksara project"}`,
    `- .env: ${project.hasEnvFile === true ? `${keys || "no keys of Aksara's"}; ${line(project.otherEnvKeys)} others` : "none"}`,
    `- Pool: ${pool.length > 0 ? pool.map(code).join(", ") : "as Aksara has it"}`,
    ...(project.shadowedBy ? [`- ${code(project.shadowedBy)} in the environment beats .env`] : []),
    "",
  ];
}

function settingsLines(settings: Fields): readonly string[] {
  const names = Array.isArray(settings.variables) ? settings.variables.map(code).join(", ") : "";
  const file = settings.passwordFile ? fields(settings.passwordFile) : null;
  const broken = Array.isArray(file?.brokenLines) && file.brokenLines.length > 0;
  return [
    "## Settings around it",
    "",
    `- Exported: ${names || "no variable that counts"}`,
    `- Password file: ${file ? `${line(file.entries)} entries` : "none"}${broken ? `, lines ${line(file.brokenLines)} cannot be read` : ""}`,
    ...(file?.ignored ? [`- It is passed over: ${line(file.ignored)}`] : []),
    `- Sections of service files: ${line(settings.services)}`,
    ...(settings.poolMax === null ? [] : [`- Pool, as the project has it: ${line(settings.poolMax)} at most`]),
    "",
  ];
}

/** The report as Markdown, to paste into an issue. */
export function reportMarkdown(report: SupportReport): string {
  const versions = Object.entries(fields(report.versions)).filter(([, value]) => value !== null);
  return [
    "# Support report",
    "",
    ...versions.map(([name, value]) => `- ${words[name] ?? name}: ${line(value)}`),
    `- made: ${line(report.created)}`,
    "",
    ...(report.check ? checkLines(fields(report.check)) : ["No string was checked.", ""]),
    ...(report.detection ? detectionLines(fields(report.detection)) : []),
    ...(report.project ? projectLines(fields(report.project)) : []),
    ...settingsLines(fields(report.settings)),
    "`***` was a secret. Names, hosts and addresses have numbers: the same name has the same number.",
    "",
  ].join("\n");
}
