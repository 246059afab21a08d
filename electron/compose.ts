import os from "node:os";
import type { PoolFacts } from "../shared/domain/pool-types";
import { ok, type Result } from "../shared/domain/result";
import { createCertificateFiles } from "./adapters/certificate-files";
import { createConnector } from "./adapters/connector";
import {
  createComposeControl,
  createContainerControl,
  createReadContainerLog,
  watchEngines,
} from "./adapters/containers";
import { createDetectSources, INSTALLERS, localhostAddresses, readSigns, thisMachine } from "./adapters/detect";
import { textFiles } from "./adapters/env-file";
import { createExampleProject } from "./adapters/example-project";
import { git } from "./adapters/git";
import { readInstallMachine } from "./adapters/install-machine";
import { createInstallRun } from "./adapters/install-run";
import { createInstallationControl } from "./adapters/installation-control";
import { createWireConnector } from "./adapters/postgres/connector";
import { answersPostgres, hearLine, probePostgres, speaksTls } from "./adapters/postgres/probe";
import { certificateFolder } from "./adapters/postgres/tls-plan";
import { createOpenWire } from "./adapters/postgres/wire";
import { createPrivateServer } from "./adapters/private-server";
import { projectFolders } from "./adapters/project-folder";
import { createFindPython } from "./adapters/project-python";
import { createRunScript } from "./adapters/python-process";
import { writeReportFile } from "./adapters/report-file";
import { showCommand } from "./adapters/run-command";
import { createSecrets } from "./adapters/secrets";
import { readServerLog } from "./adapters/server-log";
import { isStandby } from "./adapters/standby-signal";
import { surroundingsOfMachine } from "./adapters/surroundings";
import { versionsHere } from "./adapters/versions";
import { dataFolderOf } from "./data-folder";
import { createAdministrator } from "./use-cases/administrator";
import { createAutoSetup } from "./use-cases/auto-setup";
import { createCommands } from "./use-cases/commands";
import { createDatabases } from "./use-cases/database";
import { createDiagnose, type DiagnoseParts } from "./use-cases/diagnose";
import { createExports } from "./use-cases/export";
import { createFillGaps, fillDsn } from "./use-cases/fill-gaps";
import { createInstalls } from "./use-cases/install";
import { openDsn } from "./use-cases/open-dsn";
import { readPoolFacts } from "./use-cases/pool";
import { createProjects } from "./use-cases/project";
import { createProjectPython } from "./use-cases/project-python";
import { createReports } from "./use-cases/report";
import { createScan } from "./use-cases/scan";
import { createServerRegistry } from "./use-cases/server-registry";
import { createSurroundings } from "./use-cases/surroundings";
import { createWatch } from "./use-cases/watch";

type Environment = Readonly<Record<string, string | undefined>>;

/** Bounds reading a server's numbers, in ms. */
const POOL_MS = 5_000;
/** Between two looks at what runs on this computer, in ms. */
const WATCH_MS = 2_000;
/** A server that starts changes several things at once, in ms. */
const SETTLE_MS = 250;

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
  const containers = createContainerControl(machine);
  const commands = createCommands({
    registry,
    privateServer,
    controls: [createInstallationControl(machine, INSTALLERS), containers, createComposeControl(machine, containers)],
  });
  const around = surroundingsOfMachine(machine);
  const surroundings = createSurroundings(around);
  const fillGaps = createFillGaps(around);
  const python = createProjectPython({
    find: createFindPython(machine),
    run: createRunScript(env),
    show: showCommand,
    project: () => projects.current()?.path ?? null,
    secrets: env.PGPASSWORD ? [env.PGPASSWORD] : [],
  });
  const administrator = createAdministrator({ registry, connector });
  const databases = createDatabases({ registry, administrator, connector, secrets, projects });

  /** Reads what a server's pools may share, signed in as the string says. */
  async function readPool(dsn: string, signal: AbortSignal): Promise<Result<PoolFacts>> {
    const opened = await openDsn(await fillDsn(dsn, fillGaps), { connector, osUser, timeoutMs: POOL_MS, signal });
    if (!opened.ok) return opened;
    const { session, user, database } = opened.value;
    const facts = await readPoolFacts(session, user, database);
    await session.end();
    return facts;
  }

  const prepareServer: DiagnoseParts["prepareServer"] = async (serverId, action) => {
    const preview = await commands.preview(serverId, action);
    if (!preview.ok) return preview;
    const { id, title, commands: lines } = preview.value;
    return ok({ title, commands: lines, run: (ctx) => commands.run(id, ctx) });
  };

  const readContainerLog = createReadContainerLog(machine);
  const diagnose = createDiagnose({
    registry,
    openWire: createOpenWire(),
    answersPostgres,
    hearLine,
    speaksTls,
    openAdministrator: (serverId, database) => administrator.open(serverId, database),
    readLog: async (server, reading) => (await readServerLog(server)) ?? (await readContainerLog(server, reading)),
    isStandby,
    prepareServer,
    certificates: createCertificateFiles(certificateFolder(process.platform, process.env, machine.home)),
    secrets,
    projects,
    fillGaps,
    env,
    osUser,
  });
  const reports = createReports({
    findRun: diagnose.kept,
    lastScan: scan.last,
    registry,
    projects,
    files: textFiles,
    around,
    findPython: createFindPython(machine),
    versions: versionsHere(),
    computer: { home: machine.home, userName: osUser, hostName: os.hostname() },
    writeFile: writeReportFile,
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
  const installs = createInstalls({
    machine: () => readInstallMachine(machine),
    commands,
    run: createInstallRun(machine),
  });
  const watch = createWatch({
    signs: () =>
      readSigns(
        machine,
        registry.all().map(({ server }) => server),
      ),
    engines: (signal) => watchEngines(signal, machine),
    everyMs: WATCH_MS,
    settleMs: SETTLE_MS,
  });
  return {
    administrator,
    autoSetup,
    commands,
    createExampleProject,
    databases,
    diagnose,
    exports,
    installs,
    projects,
    python,
    readPool,
    registry,
    reports,
    scan,
    surroundings,
    watch,
  };
}

export type App = ReturnType<typeof compose>;
