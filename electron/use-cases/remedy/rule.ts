import { withAddress, withLine, withoutLine } from "../../../shared/domain/diagnose/hba-file";
import type { RemedyAction, RemedyDraft } from "../../../shared/domain/diagnose/remedies";
import { err, ok, problem, type Result } from "../../../shared/domain/result";
import { quoteLiteral } from "../../../shared/domain/sql";
import { sqlProblem } from "../../../shared/domain/sql-problem";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import type { SqlSession } from "../ports";
import { atServer } from "./administrator";
import { reloadWork } from "./sql";
import type { Lack, Prepared, UndoStep } from "./work";

type RuleAction = Extract<RemedyAction, { kind: "rule" }>;

/** pg_hba.conf as its server has it, one character a byte (latin1), so that nothing of it is lost. */
interface RulesFile {
  readonly path: string;
  readonly content: string;
  /** Lines that the server cannot read. */
  readonly errors: number;
}

const DATABASE = "postgres";
const READ = `SELECT current_setting('hba_file') AS path,
  encode(pg_catalog.pg_read_binary_file(current_setting('hba_file')), 'base64') AS content,
  (SELECT count(*)::int FROM pg_catalog.pg_hba_file_rules WHERE error IS NOT NULL) AS errors`;

async function readRules(session: SqlSession): Promise<Result<RulesFile>> {
  const answer = await session.query(READ);
  const row = answer.ok ? answer.value[0] : undefined;
  if (answer.ok && row) {
    const content = Buffer.from(String(row.content), "base64").toString("latin1");
    return ok({ path: String(row.path), content, errors: Number(row.errors) });
  }
  if (!answer.ok && answer.error.sqlstate !== "42501") return err(sqlProblem(answer.error, "read pg_hba.conf"));
  return err(
    problem("no-permission", "Only a superuser may read and write the server's pg_hba.conf.", {
      next: "Sign in as a superuser, or give the line to whoever runs the server.",
      code: "42501",
    }),
  );
}

/** The server writes the file itself, so that it keeps its owner and rights, in a container as well as here. */
async function writeRules(session: SqlSession, path: string, content: string): Promise<Result<null>> {
  const bytes = Buffer.from(content, "latin1").toString("hex");
  const answer = await session.query(
    `DO $rules$ DECLARE made oid; BEGIN made := pg_catalog.lo_from_bytea(0, decode('${bytes}', 'hex'));
  PERFORM pg_catalog.lo_export(made, ${quoteLiteral(path)}); PERFORM pg_catalog.lo_unlink(made); END $rules$`,
  );
  return answer.ok ? ok(null) : err(sqlProblem(answer.error, `write ${path}`));
}

/** Writes the file, and the former one again where the server cannot read what was written. */
async function replaceRules(session: SqlSession, before: RulesFile, content: string): Promise<Result<null>> {
  const written = await writeRules(session, before.path, content);
  if (!written.ok) return written;
  const after = await readRules(session);
  if (after.ok && after.value.errors <= before.errors) return ok(null);
  await writeRules(session, before.path, before.content);
  const why = problem("command-failed", "The server cannot read the line, so the file is as it was.", {
    next: "Look at pg_hba_file_rules for the reason.",
  });
  return after.ok ? err(why) : after;
}

const NO_ADDRESS = problem("not-found", "It is not known under which address the server sees this computer.", {
  next: "Put the address into the line, and add it to the server's pg_hba.conf yourself.",
});

/** Where the server sees this computer: the bridge of a container, a gateway. Null over a socket. */
async function seenFrom(session: SqlSession): Promise<string | null> {
  const answer = await session.query("SELECT host(inet_client_addr()) AS seen");
  const seen = answer.ok ? answer.value[0]?.seen : null;
  return typeof seen === "string" ? seen : null;
}

/** Signs in as superuser and finds where the line goes. */
export async function prepareRule(
  parts: DiagnoseParts,
  run: KeptRun,
  draft: RemedyDraft,
  { line: drafted, place, told }: RuleAction,
): Promise<Result<Prepared, Lack>> {
  const opened = await atServer(parts, run, DATABASE);
  if (!opened.ok) return opened;
  const { serverId, session } = opened.value;
  const rules = await readRules(session);
  const line = withAddress(drafted, told ? null : await seenFrom(session));
  if (!rules.ok || line === null) {
    await session.end();
    return err({ problem: rules.ok ? NO_ADDRESS : rules.error, serverId });
  }
  const { path } = rules.value;
  const { id } = draft.remedy;
  const bytes = Buffer.from(line, "utf8").toString("latin1");
  const { lineNumber } = withLine(rules.value.content, bytes, place);
  const where = { session, open: parts.openAdministrator, serverId, database: DATABASE };
  const undo: UndoStep = {
    shown: { id: `undo-${id}`, title: `Take the line out of ${path}`, sql: null, command: line },
    run: () => takeOut(where, bytes),
  };
  const add = {
    shown: {
      id,
      title: `Add line ${lineNumber} to ${path}`,
      sql: null,
      command: `# line ${lineNumber} of ${path}\n${line}`,
    },
    run: async () => {
      const now = await readRules(session);
      if (!now.ok) return now;
      const written = await replaceRules(session, now.value, withLine(now.value.content, bytes, place).content);
      return written.ok ? ok(undo) : written;
    },
  };
  return ok({ as: session.as, steps: [add, reloadWork(where, `${id}-reload`)], dsn: null, end: () => session.end() });
}

async function takeOut(
  { open, serverId }: { readonly open: DiagnoseParts["openAdministrator"]; readonly serverId: string },
  line: string,
): Promise<Result<null>> {
  const opened = await open(serverId, DATABASE);
  if (!opened.ok) return opened;
  const session = opened.value;
  try {
    const rules = await readRules(session);
    if (!rules.ok) return rules;
    const content = withoutLine(rules.value.content, line);
    return content === null ? ok(null) : await replaceRules(session, rules.value, content);
  } finally {
    await session.end();
  }
}
