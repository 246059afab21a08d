import { err, problem } from "../../shared/domain/result";
import type { InstallRun } from "../use-cases/install";
import type { Machine } from "./detect/machine";
import { findProgram } from "./detect/programs";
import { runCommand } from "./run-command";

/** What package managers, engines and the system's own password question need to find their way. */
const PASSED_ON = [
  ...["DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY"],
  ...["HOMEBREW_PREFIX", "HOMEBREW_CELLAR", "HOMEBREW_REPOSITORY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"],
  ...["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "LOCALAPPDATA", "APPDATA", "ProgramFiles", "USERPROFILE"],
];

/** Runs a step of an installation with the person's own settings for it; a secret goes in by the environment alone. */
export const createInstallRun =
  (machine: Machine) =>
  async ({ program, args, environment }: InstallRun, ...rest: [tell: (line: string) => void, signal: AbortSignal]) => {
    const found = program.includes("/") ? program : await findProgram(machine, program);
    if (found === null)
      return err(problem("not-found", `${program} is not on this computer.`, { next: "Install it first." }));
    const own = PASSED_ON.flatMap((name) => {
      const value = machine.environment[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const command = {
      program: found,
      args,
      home: machine.home,
      environment: { ...Object.fromEntries(own), ...environment },
    };
    return runCommand(command, ...rest);
  };
