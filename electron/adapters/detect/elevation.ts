import { showCommand } from "../run-command";
import type { ControlCommand } from "./installation";
import type { Machine } from "./machine";
import { findProgram } from "./programs";

/** How a command gets an administrator's rights: it has them, the system asks for them, or a person types them. */
export type Elevation = "root" | "pkexec" | "none";

/** What this process can count on; pkexec needs a desktop, where its question can be seen and answered. */
export async function elevationOf(machine: Machine): Promise<Elevation> {
  if (machine.uid === 0) return "root";
  const { DISPLAY, WAYLAND_DISPLAY } = machine.environment;
  if (machine.platform !== "linux" || !(DISPLAY || WAYLAND_DISPLAY)) return "none";
  return (await findProgram(machine, "pkexec")) === null ? "none" : "pkexec";
}

/** An administrator's command: run as it is by root, through pkexec on a desktop, elsewhere a line with sudo to copy. */
export async function asAdministrator(
  machine: Machine,
  program: string,
  args: readonly string[],
): Promise<ControlCommand> {
  const line = showCommand(program, args);
  const elevation = await elevationOf(machine);
  if (elevation === "root") return { program, args, shown: line, runnable: true, note: null };
  if (elevation === "none") return { program, args, shown: `sudo ${line}`, runnable: false, note: null };
  return {
    program: "pkexec",
    args: [program, ...args],
    shown: `pkexec ${line}`,
    runnable: true,
    note: "The system asks for an administrator's password in a window of its own.",
    environment: session(machine),
  };
}

/** What pkexec needs to find the desktop it asks on. */
export const session = ({ environment }: Machine): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"].flatMap((name) =>
      environment[name] === undefined ? [] : [[name, environment[name]]],
    ),
  );
