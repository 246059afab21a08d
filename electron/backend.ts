import { compose } from "./compose";
import { createHandlers, type HandlerParts } from "./ipc/handlers";
import { createRouter, type Router } from "./ipc/router";

/** Everything behind the window. */
export interface Backend {
  readonly router: Router;
  /** Opens a project's folder; answers its path, or null where it cannot be opened. */
  openProject(folder: string): Promise<string | null>;
}

/**
 * Puts together what the window asks. Its modules are loaded with this file, after the window was opened: the page and
 * they start side by side.
 */
export async function startBackend(
  env: Readonly<Record<string, string | undefined>>,
  parts: Omit<HandlerParts, "app" | "cancelJob">,
): Promise<Backend> {
  const app = compose({ env });
  const router: Router = createRouter(
    createHandlers({ ...parts, app, cancelJob: (jobId: string): void => router.cancel(jobId) }),
  );
  return {
    router,
    async openProject(folder) {
      const opened = await app.projects.open(folder);
      return opened.ok ? opened.value.path : null;
    },
  };
}
