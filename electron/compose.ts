import os from "node:os";
import path from "node:path";
import type { PoolFacts } from "../shared/domain/pool-types";
import type { Result } from "../shared/domain/result";
import { createConnector } from "./adapters/connector";
import { createDetectSources, INSTALLERS, localhostAddresses, thisMachine } from "./adapters/detect";
import { textFiles } from "./adapters/env-file";
import { createExampleProject } from "./adapters/example-project";
import { git } from "./adapters/git";
import { createInstallationControl } from "./adapters/installation-control";
import { createWireConnector } from "./adapters/postgres/connector";
import { answersPostgres, hearLine, probePostgres } from "./adapters/postgres/probe";
import { createOpenWire } from "./adapters/postgres/wire";
import { createPrivateServer } from "./adapters/private-server";
import { projectFolders } from "./adapters/project-folder";
import { createSecrets } from "./adapters/secrets";
import { createAdministrator } from "./use-cases/administrator";
import { createAutoSetup } from "./use-cases/auto-setup";
import { createCommands } from "./use-cases/commands";
import { createDatabases } from "./use-cases/database";
import { createDiagnose } from "./use-cases/diagnose";
import { createExports } from "./use-cases/export";
import type { JobContext } from "./use-cases/job";
import { openDsn } from "./use-cases/open-dsn";
import { readPoolFacts } from "./use-cases/pool";
import { createProjects } from "./use-cases/project";
import { createScan } from "./use-cases/scan";
import { createServerRegistry } from "./use-cases/server-registry";

type Environment = Readonly<Record<string, string | undefined>>;

/** Bounds reading a server's numbers, in ms. */
const POOL_MS = 5_000;

/** Where settings and the private server live: AKSARA_DATABASE_SETUP_HOME, else the system's place for app data. */
export function dataFolderOf(env: Environment, platform: string, home: string): string {
  if (env.AKSARA_DATABASE_SETUP_HOME) return path.resolve(env.AKSARA_DATABASE_SETUP_HOME);
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "Aksara Database Setup");
  if (platform === "win32")
    return path.join(env.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "Aksara Database Setup");
  return path.join(env.XDG_DATA_HOME || path.join(home, ".local", "share"), "aksara-database-setup");
}

/** Puts adapters and use cases together, the same for the window and the command line. */
export function compose({ env }: { readonly env: Environment }) {
  const dataFolder = dataFolderOf(env, process.platform, os.homedir());
  const projects = createProjects({ folders: projectFolders, files: textFiles, env });
  const exports = createExports({ projects, files: textFiles, git, env });
  const machine = thisMachine({ environment: env, projectFolder: () => projects.current()?.path ?? null });
  const osUser = machine.userName;
  const registry = createServerRegistry();
  const secrets = createSecrets();
  const connector = createConnector({ wire: createWireConnector() });
  const privateServer = createPrivateServer({ dataFolder, machine });
  const sources = createDetectSources(machine, privateServer);
  const scan = createScan({ registry, sources, probe: probePostgres, osUser, localhost: localhostAddresses });
  const commands = createCommands({
    registry,
    privateServer,
    controls: [createInstallationControl(machine, INSTALLERS)],
  });
  const administrator = createAdministrator({ registry, connector });
  const databases = createDatabases({ registry, administrator, connector, secrets, projects });

  /** Reads what a server's pools may share, signed in as the string says. */
  async function readPool(dsn: string, signal: AbortSignal): Promise<Result<PoolFacts>> {
    const opened = await openDsn(dsn, { connector, osUser, timeoutMs: POOL_MS, signal });
    if (!opened.ok) return opened;
    const { session, user, database } = opened.value;
    const facts = await readPoolFacts(session, user, database);
    await session.end();
    return facts;
  }

  async function startServer(serverId: string, ctx: JobContext<{ readonly line: string }>): Promise<Result<unknown>> {
    const preview = await commands.preview(serverId, "start");
    return preview.ok ? commands.run(preview.value.id, ctx) : preview;
  }

  const diagnose = createDiagnose({
    registry,
    openWire: createOpenWire(),
    answersPostgres,
    hearLine,
    openAdministrator: (serverId, database) => administrator.open(serverId, database),
    startServer,
    secrets,
    projects,
    env,
    osUser,
  });
  const autoSetup = createAutoSetup({
    registry,
    administrator,
    connector,
    secrets,
    databases,
    osUser,
    scan,
    commands,
    projects,
    exports,
    readPool,
  });
  return {
    administrator,
    autoSetup,
    commands,
    createExampleProject,
    databases,
    diagnose,
    exports,
    projects,
    readPool,
    registry,
    scan,
  };
}

export type App = ReturnType<typeof compose>;
