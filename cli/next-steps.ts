import { nextCommands } from "../shared/domain/snippets";

/** What to type after a set-up, in a project's folder. */
export const nextSteps = (folder: string): readonly string[] => [
  "",
  `Then, in ${folder}:`,
  ...nextCommands().map((line) => `  ${line}`),
];
