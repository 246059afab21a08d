import type { Project } from "../../shared/domain/project-types";

/** "Aksara project", or in a sentence what is in the way; what stops a written `.env` comes first. */
export function projectSays({ isAksara, writable, reason }: Project): string {
  if (!writable) return "This folder cannot be written.";
  return isAksara ? "Aksara project" : `No Aksara project: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
