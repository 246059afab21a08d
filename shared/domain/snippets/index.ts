import { aksara } from "./aksara";
import { configure } from "./configure";
import { dockerCompose } from "./docker-compose";
import { healthCheck } from "./health-check";
import type { Snippet } from "./snippet";

export { nextCommands } from "./next-commands";
export type { Snippet, SnippetInput } from "./snippet";

/** All snippets in the order they are offered; a new one is a file of its own and a line here. */
export const SNIPPETS: readonly Snippet[] = [configure, aksara, dockerCompose, healthCheck];
