import { quoteWord, type Shell } from "../containers/shell";
import { type InstallCommand, type InstallMachine, PROGRAMS } from "./guide";

/** A guide's command on one computer: what runs, what is shown, and whether this app may run it. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  /** What runs here, word for word. */
  readonly shown: string;
  /** The same for the person's own terminal: with sudo where an administrator is needed. */
  readonly copied: string;
  readonly runnable: boolean;
}

const shellOf = ({ platform }: InstallMachine): Shell => (platform === "win32" ? "powershell" : "posix");

const written = (words: readonly string[], machine: InstallMachine): string =>
  words.map((word) => quoteWord(word, shellOf(machine)) ?? word).join(" ");

/** A package manager or engine that is not there yet runs nothing. */
const isMissing = (program: string, machine: InstallMachine): boolean =>
  PROGRAMS.some((one) => one === program) && !machine.programs.some((one) => one === program);

/** Writes a command for a computer; an administrator's command runs only where the system itself asks for the rights. */
export function commandLine({ program, args, needs }: InstallCommand, machine: InstallMachine): CommandLine {
  const plain = [program, ...args];
  const present = !isMissing(program, machine);
  if (needs === "nothing" || machine.elevation === "root") {
    const shown = written(plain, machine);
    return { program, args, shown, copied: shown, runnable: present };
  }
  const copied = written(machine.platform === "win32" ? plain : ["sudo", ...plain], machine);
  if (machine.elevation === "pkexec")
    return { program: "pkexec", args: plain, shown: written(["pkexec", ...plain], machine), copied, runnable: present };
  return { program, args, shown: copied, copied, runnable: false };
}
