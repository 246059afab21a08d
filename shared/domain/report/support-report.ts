import type { DiagnoseReport, Diagnosis, Rung } from "../diagnosis";
import { LIBPQ_KEYWORDS } from "../dsn/libpq-keywords";
import { type Endpoint, isSocket } from "../endpoint";
import type { PortConflict, Scan, Server, SourceProblem } from "../server";
import { isPlainParameter } from "./known";
import type { Redactor } from "./redact";
import { serverVersion } from "./server-version";
import { isOwnKey, type SettingsFacts, settingsData } from "./settings";

/** What a support report is made of, nothing taken out yet. */
export interface SupportFacts {
  /** When it was made, ISO 8601 in UTC. */
  readonly created: string;
  readonly versions: VersionFacts;
  /** Null: no check was made. */
  readonly run: DiagnoseReport | null;
  /** Null: nothing was looked for yet. */
  readonly scan: Scan | null;
  /** Null: no project is open. */
  readonly project: ProjectFacts | null;
  readonly settings: SettingsFacts;
}

/** What runs, and on what. */
export interface VersionFacts {
  readonly app: string;
  /** "Electron 25.9.8", "Node". */
  readonly runtime: string;
  readonly node: string;
  /** "linux 6.1.0 x64". */
  readonly system: string;
  /** The PostgreSQL driver of this app. */
  readonly nodePostgres: string;
  /** The project's Python and its asyncpg; null where they are not known. */
  readonly python: string | null;
  readonly asyncpg: string | null;
}

export interface ProjectFacts {
  readonly isAksara: boolean;
  readonly hasEnvFile: boolean;
  readonly writable: boolean;
  readonly shadowedBy: string | null;
  /** Every variable its `.env` sets. */
  readonly env: ReadonlyMap<string, string>;
}

/** The report as data; `report --json` prints it. Version 1 of a fixed form. */
export type SupportReport = Readonly<Record<string, unknown>>;

const POOL_KEY = /^AKSARA_POOL_(?:MIN_|MAX_)?SIZE$/;

const endpointData = (endpoint: Endpoint): unknown =>
  isSocket(endpoint)
    ? { socketDirectory: endpoint.socketDirectory, port: endpoint.port }
    : { host: endpoint.host, port: endpoint.port };

const serverData = ({ id, origin, version, state, cause, reason, endpoints, actions }: Server): unknown => ({
  id,
  origin,
  version,
  state,
  cause: cause ?? null,
  reason,
  endpoints: endpoints.map(endpointData),
  actions,
});

const conflictData = ({ port, servers, answers, addresses }: PortConflict): unknown => ({
  port,
  servers,
  answers,
  addresses: addresses.map(({ address, server }) => ({ address, server })),
});

const problemData = ({ source, kind, message }: SourceProblem): unknown => ({ source, kind, message });

/** Values of free texts go, and so do names that are no parameters: those of a torn string are pieces of it. */
function parametersData(parameters: Readonly<Record<string, string>>): unknown {
  const known = Object.entries(parameters).filter(([name]) => LIBPQ_KEYWORDS.has(name));
  const others = Object.keys(parameters).length - known.length;
  return {
    ...Object.fromEntries(known.map(([name, value]) => [name, isPlainParameter(name, value) ? value : "***"])),
    ...(others > 0 ? { others } : {}),
  };
}

function targetData(target: DiagnoseReport["target"]): unknown {
  if (!target) return null;
  const { hosts, user, password, database, sslmode, parameters } = target;
  return { hosts, user, password, database, sslmode, parameters: parametersData(parameters) };
}

/** To a tenth, in ms. */
const rounded = (ms: number): number => Math.round(ms * 10) / 10;

function evidenceData({ id, evidence }: Rung): unknown {
  const { parameters, attempts } = evidence;
  return {
    ...evidence,
    ...(id === "read" && Array.isArray(parameters)
      ? { parameters: parameters.filter((name) => LIBPQ_KEYWORDS.has(String(name))) }
      : {}),
    ...(Array.isArray(attempts)
      ? { attempts: attempts.map((one) => ({ ...one, durationMs: rounded(one.durationMs) })) }
      : {}),
  };
}

const rungData = (rung: Rung): unknown => ({
  id: rung.id,
  status: rung.status,
  startMs: rounded(rung.startMs),
  durationMs: rounded(rung.durationMs),
  summary: rung.summary,
  evidence: evidenceData(rung),
});

/**
 * Ids are words of this app and stay; they look like hosts. Remedies by id only: their lines hold strings and names
 * that were made for the person alone.
 */
const diagnosisData = (one: Diagnosis, { text }: Redactor): unknown => ({
  id: one.id,
  confidence: one.confidence,
  title: text(one.title),
  explanation: text(one.explanation),
  sqlstate: one.sqlstate && text(one.sqlstate),
  errno: one.errno && text(one.errno),
  asyncpgException: one.asyncpgException,
  remedies: one.remedies.map(({ id }) => id),
});

const runData = (run: DiagnoseReport, redactor: Redactor): unknown => ({
  ok: run.ok,
  durationMs: Math.round(run.durationMs),
  target: redactor.data(targetData(run.target)),
  rungs: redactor.data(run.rungs.map(rungData)),
  diagnosis: run.diagnosis && diagnosisData(run.diagnosis, redactor),
  alternatives: run.alternatives.map((one) => diagnosisData(one, redactor)),
  warnings: run.warnings.map(({ id, message }) => ({ id, message: redactor.text(message) })),
});

function projectData({ isAksara, hasEnvFile, writable, shadowedBy, env }: ProjectFacts): unknown {
  const keys = [...env.keys()].filter(isOwnKey);
  const pool = [...env].filter(([key, value]) => POOL_KEY.test(key) && /^\d{1,5}$/.test(value));
  return {
    isAksara,
    hasEnvFile,
    writable,
    shadowedBy,
    envKeys: keys,
    otherEnvKeys: env.size - keys.length,
    pool: Object.fromEntries(pool),
  };
}

/** The report with everything that is somebody's own taken out. */
export function supportReport(facts: SupportFacts, redactor: Redactor): SupportReport {
  const { created, versions, run, scan, project, settings } = facts;
  return {
    format: "aksara-support-report",
    formatVersion: 1,
    created,
    versions: {
      ...versions,
      python: versions.python && redactor.text(versions.python),
      asyncpg: versions.asyncpg && redactor.text(versions.asyncpg),
      postgresql: redactor.data(serverVersion(run, scan)),
    },
    check: run && runData(run, redactor),
    detection: redactor.data(
      scan && {
        durationMs: scan.durationMs,
        servers: scan.servers.map(serverData),
        conflicts: scan.conflicts.map(conflictData),
        problems: scan.problems.map(problemData),
      },
    ),
    project: redactor.data(project && projectData(project)),
    settings: redactor.data(settingsData(settings)),
  };
}
