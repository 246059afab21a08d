import { apt } from "./apt";
import type { Installer } from "./installation";

/** Every way PostgreSQL gets onto a computer, one entry each; a new one is one more line here. */
export const INSTALLERS: readonly Installer[] = [apt];
