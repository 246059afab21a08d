import type { Installer } from "../installation";
import { apt } from "./apt";
import { homebrew } from "./homebrew";
import { alpine, arch, nix, opensuse } from "./linux-others";
import { dbngin, edbMac, macports } from "./mac-others";
import { pgdata } from "./pgdata";
import { postgresApp } from "./postgres-app";
import { rpm } from "./rpm";
import { asdf, conda, mise } from "./version-managers";
import { chocolatey, scoop } from "./windows-packages";
import { windowsServices } from "./windows-services";

/** Every way PostgreSQL gets onto a computer, one entry each; a new one is one more line here. */
export const INSTALLERS: readonly Installer[] = [
  apt,
  rpm,
  homebrew,
  postgresApp,
  edbMac,
  macports,
  dbngin,
  arch,
  alpine,
  opensuse,
  nix,
  asdf,
  mise,
  conda,
  pgdata,
  windowsServices,
  scoop,
  chocolatey,
];
