import { printable } from "../../../shared/domain/containers/raw";
import type { Origin, ServerAction, SourceProblem } from "../../../shared/domain/server";
import type { DetectContext } from "../../use-cases/detection";
import type { Command } from "../run-command";
import type { ClusterPlace } from "./cluster";
import type { Machine } from "./machine";

/** A command as it is run and as it is shown; both from one list, so they cannot differ. */
export interface ControlCommand extends Command {
  readonly shown: string;
  /** True when this user may run it now; otherwise it is a line to copy. */
  readonly runnable: boolean;
  /** What to know before it runs; null when the line says enough. */
  readonly note: string | null;
}

/** One cluster as an installer laid it out. */
export interface Installation {
  /** The server's id: `apt:15/main`, `homebrew:postgresql@16`. */
  readonly id: string;
  readonly origin: Origin;
  readonly label: string;
  readonly place: ClusterPlace;
  /** As exact as the layout tells: "15.18"; null: the major version of its data. */
  readonly version: string | null;
  readonly logFile: string | null;
  /** Roles that can administer it besides the user of this app and `postgres`; likeliest first. */
  readonly roles: readonly string[];
  /** How to get it to run from the state it is in; given the data directory it is configured with, and that one's owner. */
  readonly commands: (
    ownerUid: number | null,
    dataDirectory: string,
  ) => Promise<Partial<Record<Extract<ServerAction, "start" | "initialise">, ControlCommand>>>;
}

export type Listed =
  | { readonly kind: "installation"; readonly installation: Installation }
  | { readonly kind: "problem"; readonly problem: SourceProblem };

/** One way PostgreSQL gets onto a computer: an entry in the list of installers.ts. */
export interface Installer {
  readonly id: string;
  readonly title: string;
  readonly origins: readonly Origin[];
  readonly platforms: readonly NodeJS.Platform[];
  readonly timeLimitMs: number;
  /** Every cluster it laid out here, by its files alone; it starts no server and changes nothing. */
  list(machine: Machine, context: Pick<DetectContext, "once" | "signal">): AsyncIterable<Listed>;
}

/** Folders can be called anything: what names a card is one line that is safe to show. */
export const listed = (installation: Installation): Listed => ({
  kind: "installation",
  installation: { ...installation, id: printable(installation.id), label: printable(installation.label) },
});

export const listProblem = (source: string, kind: SourceProblem["kind"], message: string): Listed => ({
  kind: "problem",
  problem: { source, kind, message: printable(message, 300) },
});
