import type { DiagnoseReport, Rung, RungId } from "./diagnosis";
import { readAsAsyncpg } from "./dsn";
import { endpointText } from "./endpoint";
import type { PythonAnswer } from "./python-answer";

/** One line of our answer beside theirs; null where one of the two does not say it. */
export interface ComparedRow {
  readonly label: "Answer" | "Address" | "User" | "Database" | "Encryption" | "Server";
  readonly ours: string | null;
  readonly theirs: string | null;
  /** True where both say it and do not say the same. */
  readonly differs: boolean;
}

interface Told {
  /** Null where nothing was tried. */
  readonly connects: boolean | null;
  /** SQLSTATE of a refusal. */
  readonly sqlstate: string | null;
  readonly answer: string;
  readonly address: string | null;
  readonly user: string | null;
  readonly database: string | null;
  readonly encryption: string | null;
  readonly server: string | null;
}

const addressOf = (host: string, port: number): string =>
  host.startsWith("/") ? `${host.replace(/\/$/, "")}/.s.PGSQL.${port}` : endpointText({ host, port });

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Host as the string names it, with the port that answered. */
function reached(rungs: ReadonlyMap<RungId, Rung>): string | null {
  const host = textOf(rungs.get("resolve")?.evidence.host);
  const attempts = rungs.get("reach")?.evidence.attempts;
  const first: unknown = Array.isArray(attempts) ? attempts[0] : null;
  const port = typeof first === "object" && first !== null && "port" in first ? first.port : null;
  return host !== null && typeof port === "number" ? addressOf(host, port) : null;
}

const encryptionText = (tls: string | null): string => tls ?? "not encrypted";

/** What the ladder found out. */
function fromReport({ ok, rungs: climbed, diagnosis }: DiagnoseReport): Told {
  const rungs = new Map(climbed.map((rung) => [rung.id, rung]));
  const passed = (id: RungId): Rung["evidence"] =>
    ["pass", "warn"].includes(rungs.get(id)?.status ?? "") ? (rungs.get(id)?.evidence ?? {}) : {};
  const { encrypted, protocol } = passed("encrypt");
  const code = diagnosis?.sqlstate ?? diagnosis?.errno ?? null;
  return {
    connects: "database" in passed("database"),
    sqlstate: diagnosis?.sqlstate ?? null,
    answer: ok ? "Connects" : `${diagnosis?.title ?? "Does not connect"}${code ? ` (${code})` : ""}`,
    address: reached(rungs),
    user: textOf(passed("authenticate").user),
    database: textOf(passed("database").database),
    encryption: encrypted === undefined ? null : encryptionText(encrypted ? (textOf(protocol) ?? "TLS") : null),
    server: textOf(passed("privileges").version)?.replace(/^PostgreSQL /, "") ?? null,
  };
}

/** What the string alone says, as asyncpg reads it. */
function fromString(dsn: string): Told {
  const nothing = { sqlstate: null, address: null, user: null, database: null, encryption: null, server: null };
  const read = readAsAsyncpg(dsn);
  if (!read.ok) return { ...nothing, connects: false, answer: `asyncpg refuses the string: ${read.error}` };
  const [first] = read.value.hosts;
  return {
    ...nothing,
    connects: null,
    answer: "Not tested yet",
    address: read.value.hosts.length === 1 && first ? addressOf(...first) : null,
    user: read.value.user,
    database: read.value.database,
  };
}

function fromPython({ outcome }: PythonAnswer): Told {
  if (outcome.kind === "refused") {
    const code = outcome.sqlstate ?? outcome.errno;
    return {
      connects: false,
      sqlstate: outcome.sqlstate,
      answer: `${outcome.exception}${code ? ` (${code})` : ""}: ${outcome.message}`,
      address: null,
      user: null,
      database: null,
      encryption: null,
      server: null,
    };
  }
  const { server, user, database, address, tls } = outcome;
  const encryption = encryptionText(tls);
  return { connects: true, sqlstate: null, answer: "Connects", address, user, database, encryption, server };
}

/** Two answers differ when one connects and the other does not, or when the server's reasons are not the same. */
function answersDiffer(ours: Told, theirs: Told): boolean {
  if (ours.connects === null) return false;
  if (ours.connects !== theirs.connects) return true;
  return ours.sqlstate !== null && theirs.sqlstate !== null && ours.sqlstate !== theirs.sqlstate;
}

/** Our own answer, the ladder's where there is one, else the string as asyncpg reads it, beside the project's Python's. */
export function compareWithPython(
  answer: PythonAnswer,
  dsn: string,
  report: DiagnoseReport | null,
): readonly ComparedRow[] {
  const ours = report ? fromReport(report) : fromString(dsn);
  const theirs = fromPython(answer);
  const row = (label: ComparedRow["label"], mine: string | null, yours: string | null): ComparedRow => ({
    label,
    ours: mine,
    theirs: yours,
    differs: mine !== null && yours !== null && mine !== yours,
  });
  return [
    { label: "Answer", ours: ours.answer, theirs: theirs.answer, differs: answersDiffer(ours, theirs) },
    ...[
      row("Address", ours.address, theirs.address),
      row("User", ours.user, theirs.user),
      row("Database", ours.database, theirs.database),
      row("Encryption", ours.encryption, theirs.encryption),
      row("Server", ours.server, theirs.server),
    ].filter(({ theirs: said }) => said !== null),
  ];
}
