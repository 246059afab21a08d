import { createWireConnector } from "../../electron/adapters/postgres/connector";
import { answersPostgres, hearLine } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createDiagnose } from "../../electron/use-cases/diagnose";
import { openDsn } from "../../electron/use-cases/open-dsn";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import { err, problem } from "../../shared/domain/result";

const SSL = "SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()";

/** What our own connections make of a string: "tls", "plain", or the id of the diagnosis. */
export async function askOurs(dsn: string, home: string, bundle: string): Promise<string> {
  const signal = new AbortController().signal;
  const connector = createWireConnector({ home, bundle });
  const opened = await openDsn(dsn, { connector, osUser: "nobody-here", timeoutMs: 20_000, signal });
  if (opened.ok) {
    const { session } = opened.value;
    const answer = await session.query(SSL);
    await session.end();
    return answer.ok && answer.value[0]?.ssl === true ? "tls" : "plain";
  }
  const diagnose = createDiagnose({
    registry: createServerRegistry(),
    openWire: createOpenWire({ home, bundle }),
    answersPostgres,
    hearLine,
    openAdministrator: async () => err(problem("no-permission", "Nobody is signed in.")),
    prepareServer: async () => err(problem("no-permission", "No.")),
    secrets: { newPassword: () => "unused", verifier: () => null },
    env: {},
    osUser: "nobody-here",
  });
  const { report } = await diagnose.run(dsn, { emit: () => {}, signal });
  return report.diagnosis?.id ?? "(it connects after all)";
}
