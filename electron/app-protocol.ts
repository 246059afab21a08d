import { readFile } from "node:fs/promises";
import path from "node:path";
import { protocol, session } from "electron";

export const APP_ORIGIN = "app://aksara";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { standard: true, secure: true } }]);
}

/** Serves the built window from `root` and nothing outside it; unknown paths are 404. */
export function serveApp(root: string): void {
  protocol.handle("app", async (request) => {
    const url = new URL(request.url);
    const name = decodeURIComponent(url.pathname === "/" ? "/index.html" : url.pathname);
    const file = path.join(root, path.normalize(name));
    const type = TYPES[path.extname(file)];
    if (url.host !== "aksara" || !type || !file.startsWith(root + path.sep)) return new Response(null, { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: { "content-type": type, "content-security-policy": CSP, "x-content-type-options": "nosniff" },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

/**
 * Settles when a page has got its script. Its files come through main, so that until then main must not be busy; from
 * then on page and main work side by side.
 */
export function pageHasScript(): Promise<void> {
  const { webRequest } = session.defaultSession;
  return new Promise((resolve) => {
    webRequest.onCompleted({ urls: [`${APP_ORIGIN}/*`] }, ({ resourceType }) => {
      if (resourceType !== "script") return;
      webRequest.onCompleted(null);
      resolve();
    });
  });
}
