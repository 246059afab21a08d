import os from "node:os";
import { version as nodePostgres } from "pg/package.json";

declare const __APP_VERSION__: string | undefined;

/** What runs, and on what. */
export function versionsHere(): {
  readonly app: string;
  readonly runtime: string;
  readonly node: string;
  readonly system: string;
  readonly nodePostgres: string;
} {
  const { electron, node } = process.versions;
  return {
    // Filled in by the build; tests run the sources.
    app: typeof __APP_VERSION__ === "string" ? __APP_VERSION__ : "not built",
    runtime: electron ? `Electron ${electron}` : "Node",
    node,
    system: `${os.platform()} ${os.release()} ${os.arch()}`,
    nodePostgres,
  };
}
