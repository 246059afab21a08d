import { homebrew, postgresApp, windowsInstaller, winget, wsl } from "./desktop";
import { docker } from "./docker";
import type { InstallGuide, InstallMachine } from "./guide";
import { apk, apt, dnf, pacman, pgdgApt, pgdgRpm, zypper } from "./linux";

/** Every way to install PostgreSQL, one entry each; a new one is one more line here. */
export const INSTALL_GUIDES: readonly InstallGuide[] = [
  homebrew,
  postgresApp,
  apt,
  dnf,
  pacman,
  apk,
  zypper,
  windowsInstaller,
  winget,
  docker,
  pgdgApt,
  pgdgRpm,
  wsl,
];

/** The guides for a computer, best first; those of other computers last, as they stand in the list. */
export const guidesFor = (machine: InstallMachine): readonly InstallGuide[] =>
  [...INSTALL_GUIDES].sort((a, b) => b.fits(machine) - a.fits(machine));
