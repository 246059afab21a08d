import { compose } from "./compose";
import { createHandlers, type HandlerParts } from "./ipc/handlers";
import { createRouter, type Router } from "./ipc/router";
import { begunEarly } from "./use-cases/begun-early";

/** Everything behind the window. */
export interface Backend {
  readonly router: Router;
  /** Opens a project's folder; answers its path, or null where it cannot be opened. */
  openProject(folder: string): Promise<string | null>;
  /** Begins the first scan, for the page to take over as soon as it is there. */
  beginScan(): void;
}

/**
 * Puts together what the window asks. Its modules are loaded with this file, after the window was opened: the page and
 * they start side by side.
 */
export async function startBackend(
  env: Readonly<Record<string, string | undefined>>,
  parts: Omit<HandlerParts, "app" | "scan" | "cancelJob">,
): Promise<Backend> {
  const app = compose({ env });
  const scan = begunEarly(app.scan.run);
  const router: Router = createRouter(
    createHandlers({ ...parts, app, scan: scan.run, cancelJob: (jobId: string): void => router.cancel(jobId) }),
  );
  return {
    router,
    async openProject(folder) {
      const opened = await app.projects.open(folder);
      return opened.ok ? opened.value.path : null;
    },
    beginScan: scan.begin,
  };
}
