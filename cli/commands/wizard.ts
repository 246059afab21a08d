import path from "node:path";
import type { SetupWish } from "../../electron/use-cases/auto-types";
import { endpointText } from "../../shared/domain/endpoint";
import { checkName, proposeName } from "../../shared/domain/names";
import { PRESETS } from "../../shared/domain/pool";
import type { Problem } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { type Asker, createAsker } from "../ask";
import type { Command, CommandContext } from "../command";
import { nextSteps } from "../next-steps";
import { tellOutcome, tellSteps } from "./setup";

const inWords = ({ message, next }: Problem): string => [message, next].filter(Boolean).join(" ");

async function askProject({ args, app }: CommandContext, asker: Asker): Promise<boolean> {
  const given = args.text("project");
  for (let folder = given ?? (await asker.text("Your project's folder", process.cwd())); ; ) {
    const opened = await app.projects.open(path.resolve(folder));
    if (opened.ok) {
      const { name, isAksara, reason } = opened.value;
      if (isAksara) return true;
      if (await asker.yes(`${name} does not look like an Aksara project. ${reason} Use it all the same`)) return true;
    } else process.stderr.write(`  ${opened.error.message}\n`);
    folder = await asker.text("Your project's folder", process.cwd());
  }
}

async function askServer(context: CommandContext, asker: Asker): Promise<Pick<SetupWish, "serverId" | "usePrivate">> {
  const { app, terminal } = context;
  terminal.progress("Looking for PostgreSQL ...");
  const { servers } = await app.scan.run({ emit: () => {}, signal: terminal.signal });
  const usable = servers.filter(({ state, canStart }) => state === "running" || (state === "stopped" && canStart));
  const hasPrivate = servers.some(({ origin }) => origin === "private");
  const entries = usable.map(({ label, version, state, endpoints }) =>
    [label, version, state, endpoints[0] ? endpointText(endpoints[0]) : null].filter(Boolean).join(" · "),
  );
  const offers = hasPrivate ? [] : ["Private PostgreSQL 18: nothing to install, for this user only"];
  for (;;) {
    const index = await asker.choice("Which server", [...entries, ...offers, "Somewhere else"]);
    const server = usable[index];
    if (!server && !hasPrivate && index === entries.length) return { usePrivate: true };
    if (server?.state === "stopped") return { serverId: server.id };
    const named = server ? null : await app.scan.somewhereElse(await asker.text("Connection string or host", ""));
    const chosen = server ?? (named?.ok ? named.value.server : null);
    if (chosen && (await signIn(context, asker, chosen))) return { serverId: chosen.id };
    if (named && !named.ok) terminal.progress(`  ${inWords(named.error)}`);
  }
}

/** Signs in as an administrator, asking as often as it takes; false for a server that cannot be reached. */
async function signIn({ app, terminal }: CommandContext, asker: Asker, { id, label }: Server): Promise<boolean> {
  let state = await app.administrator.state(id);
  while (!state.ready) {
    const { problem } = state;
    if (problem?.kind === "unreachable" || problem?.kind === "not-found") {
      terminal.progress(`  ${inWords(problem)}`);
      return false;
    }
    terminal.progress(`  ${label} needs an administrator. ${problem ? inWords(problem) : ""}`);
    const user = await asker.text("Administrator", state.user ?? "postgres");
    const password = await asker.secret("Password");
    state = await app.administrator.signIn({ serverId: id, user, password, database: "postgres" });
  }
  return true;
}

async function askNames(
  { app }: CommandContext,
  asker: Asker,
): Promise<{ readonly database: string; readonly role: string }> {
  const proposed = proposeName(app.projects.current()?.name ?? "app");
  const ask = async (field: "database" | "role", question: string, fallback: string): Promise<string> => {
    for (;;) {
      const name = await asker.text(question, fallback);
      const problem = checkName(name, field);
      if (!problem) return name;
      process.stderr.write(`  ${[problem.message, problem.next].filter(Boolean).join(" ")}\n`);
    }
  };
  const database = await ask("database", "Database", proposed);
  return { database, role: await ask("role", "Role that owns it", database) };
}

async function askAll(context: CommandContext, asker: Asker): Promise<SetupWish | null> {
  const { app, terminal } = context;
  await askProject(context, asker);
  const server = await askServer(context, asker);
  const names = await askNames(context, asker);
  const index = await asker.choice(
    "Pool",
    PRESETS.map(({ title, min, max }) => `${title}: ${min} to ${max} connections`),
  );
  const wish: SetupWish = { ...server, ...names, ...(PRESETS[index] ? { preset: PRESETS[index].id } : {}) };
  const shown = await app.autoSetup.setUp({ ...wish, dryRun: true }, { emit: () => {}, signal: terminal.signal });
  tellOutcome(terminal, shown, true);
  if (!shown.ok) return null;
  return (await asker.yes("Run this")) ? wish : null;
}

export const wizard: Command = {
  name: "wizard",
  usage: "wizard [--project DIR] [--yes]",
  summary: "The set-up with questions; --yes takes the defaults.",
  async run(context) {
    const { args, terminal, app } = context;
    let wish: SetupWish | null = {};
    if (args.flag("yes")) {
      const opened = await app.projects.open(path.resolve(args.text("project") ?? process.cwd()));
      if (!opened.ok) {
        terminal.progress(opened.error.message);
        return 1;
      }
    } else {
      const asker = createAsker(terminal.signal);
      try {
        wish = await askAll(context, asker);
      } catch (error) {
        if ((error as Error).name !== "AbortError") throw error;
        terminal.progress("\nStopped; nothing was changed.");
        return 1;
      } finally {
        asker.close();
      }
      if (wish === null) return 1;
    }
    const outcome = await app.autoSetup.setUp(wish, { emit: tellSteps(terminal), signal: terminal.signal });
    tellOutcome(terminal, outcome, false);
    if (outcome.ok && outcome.project) for (const line of nextSteps(outcome.project.path)) terminal.line(line);
    return outcome.ok ? 0 : 1;
  },
};
