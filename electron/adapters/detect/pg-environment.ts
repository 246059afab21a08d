import { keywordString, namesServer, pgVariables } from "../../../shared/domain/detect/service-file";
import { parseConnectionString } from "../../../shared/domain/dsn";
import type { DetectSource } from "../../use-cases/detection";
import type { Machine } from "./machine";
import { namedFinding } from "./named";
import { knockingOnce } from "./surroundings";

const ID = "pg-environment";

/** The server that PGHOST, PGPORT and their kin name. */
export const pgEnvironmentSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "PG* variables",
  timeLimitMs: 2000,
  explains: false,
  async *find(context) {
    const parameters = pgVariables(machine.environment);
    if (!namesServer(parameters)) return;
    const parsed = parseConnectionString(keywordString(parameters));
    if (!parsed.ok) {
      const message = `The PG* variables cannot be used: ${parsed.error.message}`;
      yield { kind: "problem", problem: { source: ID, kind: "unreadable", message } };
      return;
    }
    const named = { id: "pg-environment:PGHOST", origin: "pg-environment", source: "From PG* variables" } as const;
    yield {
      kind: "server",
      finding: await namedFinding(knockingOnce(machine, context), { ...named, credentials: parsed.value }),
    };
  },
});
