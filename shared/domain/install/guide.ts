import type { Problem } from "../result";

/** What a guide needs to know of the computer. */
export interface InstallMachine {
  readonly platform: "darwin" | "linux" | "win32" | "other";
  /** ID and ID_LIKE of /etc/os-release, e.g. ["ubuntu", "debian"]; empty elsewhere. */
  readonly distribution: readonly string[];
  /** VERSION_CODENAME, e.g. "bookworm"; null where there is none. */
  readonly codename: string | null;
  /** VERSION_ID's major, e.g. 9; null where there is none. */
  readonly release: number | null;
  /** As rpm names it: "x86_64", "aarch64", "ppc64le". */
  readonly architecture: string;
  readonly isWsl: boolean;
  /** Programs found on PATH, of those that guides ask for. */
  readonly programs: readonly Program[];
  /** How a command gets an administrator's rights: it has them, the system asks for them, or a person types them. */
  readonly elevation: "root" | "pkexec" | "none";
  readonly systemd: boolean;
  /** A port of 127.0.0.1 that is free now, 5432 if it can be. */
  readonly freePort: number;
}

export const PROGRAMS = [
  "brew",
  "docker",
  "podman",
  "winget",
  "wsl",
  "apt-get",
  "dnf",
  "pacman",
  "apk",
  "zypper",
] as const;
export type Program = (typeof PROGRAMS)[number];

/** What a person chooses for a container; other guides look at the version only. */
export interface InstallChoice {
  readonly version: number;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly port: number;
  readonly volume: string;
}

/** One page on the web a step leads to; main knows the addresses. */
export type InstallLink = "postgres-app" | "postgresql-windows" | "docker-install" | "wsl-install" | "homebrew";

/** A program to run; `environment` holds what may not stand on a command line. */
export interface InstallCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly needs: "nothing" | "administrator";
  readonly environment?: Readonly<Record<string, string>>;
}

export interface InstallStep {
  readonly title: string;
  /** Why, or what to look at; one or two sentences. */
  readonly text: string | null;
  /** A command the app can run, or lines for the person's own terminal, or a page, or nothing but words. */
  readonly does:
    | { readonly kind: "command"; readonly command: InstallCommand }
    | { readonly kind: "lines"; readonly text: string }
    | { readonly kind: "link"; readonly link: InstallLink; readonly title: string }
    | { readonly kind: "words" };
}

/** One way to install PostgreSQL: an entry in the list of guides.ts. */
export interface InstallGuide {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Major versions it can install, newest first; empty: whatever the system ships. */
  readonly versions: readonly number[];
  /** True where it asks for a container's name, user, database and port. */
  readonly asks: boolean;
  /** How well it fits: 3 first choice here, 2 works here, 1 works after something else is installed, 0 another computer's. */
  fits(machine: InstallMachine): 0 | 1 | 2 | 3;
  steps(machine: InstallMachine, choice: InstallChoice): readonly InstallStep[];
  /** What is wrong with the choice, at its fields; empty when nothing is. */
  problems?(choice: InstallChoice): readonly Problem[];
}

export const command = (
  title: string,
  text: string | null,
  program: string,
  args: readonly string[],
  needs: InstallCommand["needs"] = "nothing",
): InstallStep => ({ title, text, does: { kind: "command", command: { program, args, needs } } });

export const lines = (title: string, text: string | null, ...all: readonly string[]): InstallStep => ({
  title,
  text,
  does: { kind: "lines", text: all.join("\n") },
});

export const page = (title: string, text: string | null, link: InstallLink, name: string): InstallStep => ({
  title,
  text,
  does: { kind: "link", link, title: name },
});

export const words = (title: string, text: string): InstallStep => ({ title, text, does: { kind: "words" } });

/** The last step of every guide. */
export const APPEARS = words("Come back here", "The server appears in the list by itself as soon as it runs.");
