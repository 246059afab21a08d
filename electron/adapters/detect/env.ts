import path from "node:path";
import { printable } from "../../../shared/domain/containers/raw";
import { parseConnectionString } from "../../../shared/domain/dsn";
import { endpointText, isSocket } from "../../../shared/domain/endpoint";
import { readEnvValue } from "../../../shared/domain/env";
import type { DetectContext, Detected, DetectSource, Finding } from "../../use-cases/detection";
import { outsideOf } from "../containers";
import type { Machine } from "./machine";
import { namedFinding } from "./named";
import { knockingOnce } from "./surroundings";

const ID = "env";

/** The keys Aksara reads, the stronger first. */
const KEYS = ["AKSARA_DATABASE_URL", "DATABASE_URL"] as const;

const unreadable = (message: string): Detected => ({
  kind: "problem",
  problem: { source: ID, kind: "unreadable", message },
});

/** The connection strings in the open project's `.env`, by key. */
export async function stringsInEnv(machine: Machine): Promise<{
  readonly strings: readonly { readonly key: string; readonly dsn: string }[];
  readonly problem: Detected | null;
}> {
  const folder = machine.projectFolder();
  if (!folder) return { strings: [], problem: null };
  const file = path.join(folder, ".env");
  const read = await machine.files.readText(file, 1024 * 1024);
  switch (read.kind) {
    case "missing":
      return { strings: [], problem: null };
    case "denied": {
      const problem = { source: ID, kind: "no-permission" as const, message: `Your user may not read ${file}.` };
      return { strings: [], problem: { kind: "problem", problem } };
    }
    case "unreadable":
      return { strings: [], problem: unreadable(`${file} cannot be read: ${read.why}.`) };
    case "text":
      return {
        strings: KEYS.flatMap((key) => {
          const dsn = readEnvValue(read.text, key);
          return dsn ? [{ key, dsn }] : [];
        }),
        problem: null,
      };
  }
}

/** A host that is a service of the project's compose file: its containers know that name, this computer does not. */
async function withComposeName(machine: Machine, context: DetectContext, finding: Finding): Promise<Finding> {
  const [endpoint] = finding.server.endpoints;
  if (finding.server.state !== "unreachable" || !endpoint || isSocket(endpoint)) return finding;
  const outside = await outsideOf(machine, context, endpoint.host);
  if (outside === null) return finding;
  const here = outside.endpoint ? `from here write ${endpointText(outside.endpoint)}` : "publish its port to reach it";
  const remedy = `${endpoint.host} is a service of ${outside.file}, and only containers know it by that name: ${here}.`;
  return { ...finding, server: { ...finding.server, remedy: printable(remedy, 400) } };
}

/** The server that the open project's `.env` names. */
export const envSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "The project's .env",
  timeLimitMs: 2000,
  explains: false,
  async *find(context) {
    const shared = knockingOnce(machine, context);
    const { strings, problem } = await stringsInEnv(machine);
    if (problem) yield problem;
    for (const { key, dsn } of strings) {
      const parsed = parseConnectionString(dsn);
      if (!parsed.ok) {
        yield unreadable(`${key} in .env cannot be read: ${parsed.error.message}`);
        continue;
      }
      const source = key === "DATABASE_URL" ? "From .env" : `From ${key} in .env`;
      const credentials = parsed.value;
      const finding = await namedFinding(shared, { id: `env:${key}`, origin: "env", source, credentials });
      yield { kind: "server", finding: await withComposeName(machine, context, finding) };
    }
  },
});
