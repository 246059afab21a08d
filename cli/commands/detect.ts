import { holderText, isShared } from "../../shared/domain/detect/conflicts";
import { endpointText } from "../../shared/domain/endpoint";
import type { Server } from "../../shared/domain/server";
import { UsageError } from "../args";
import type { Command } from "../command";
import { openProject } from "../dsn-source";

/** A server as the stable interface shows it. */
function shown(server: Server) {
  const { id, origin, label, version, state, endpoints, dataDirectory, reason, actions, credentialsKnown } = server;
  return { id, origin, label, version, state, endpoints, dataDirectory, reason, actions, credentialsKnown };
}

const VERB: Readonly<Partial<Record<Server["state"], string>>> = { uninitialised: "Initialises" };

function line(server: Server): string {
  const where = server.endpoints.map(endpointText).join(", ");
  const parts = [server.label, server.version ? `PostgreSQL ${server.version}` : null, where, server.reason];
  const next =
    server.remedy ?? (server.startCommand ? `${VERB[server.state] ?? "Starts"} with: ${server.startCommand}` : null);
  return [`${server.state.padEnd(13)} ${parts.filter(Boolean).join(" · ")}`, server.id, next]
    .filter((text) => text !== null)
    .join(`\n${" ".repeat(14)}`);
}

export const detect: Command = {
  name: "detect",
  usage: "detect [--project DIR] [--json]",
  summary: "Finds every PostgreSQL on this computer and says what state it is in.",
  async run({ args, terminal, app }) {
    if (args.positionals.length > 0) throw new UsageError("detect takes a project's folder as --project DIR");
    await openProject(args, app, null);
    const scan = await app.scan.run({ emit: () => {}, signal: terminal.signal });
    const project = app.projects.current();
    if (terminal.json) {
      const { path, isAksara, envFile, databaseUrl: masked } = project ?? {};
      const databaseUrl = terminal.showSecrets ? app.projects.rawDatabaseUrl() : masked;
      terminal.document({
        durationMs: scan.durationMs,
        servers: scan.servers.map(shown),
        conflicts: scan.conflicts.map(({ port, servers, answers }) => ({ port, servers, answers })),
        project: project ? { path, isAksara, envFile, databaseUrl } : null,
        problems: scan.problems,
      });
      return 0;
    }
    if (scan.servers.length === 0)
      terminal.line("No PostgreSQL found. `aksara-db setup --private` starts one of its own.");
    for (const server of scan.servers) terminal.line(line(server));
    for (const conflict of scan.conflicts) {
      terminal.line(
        `Port ${conflict.port} is wanted by ${conflict.servers.join(" and ")}; ${conflict.answers ?? "none"} answers.`,
      );
      if (isShared(conflict))
        for (const holder of conflict.addresses) terminal.line(`  ${holderText(holder, conflict.port, (id) => id)}`);
    }
    for (const problem of scan.problems) terminal.progress(`${problem.source}: ${problem.message}`);
    terminal.progress(`${Math.round(scan.durationMs)} ms`);
    return 0;
  },
};
