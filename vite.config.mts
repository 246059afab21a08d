import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The window's page. Main process, preload and command line are built by scripts/build.mjs. */
export default defineConfig({
  root: path.join(import.meta.dirname, "renderer"),
  // The page is served from app://, where every path is relative to index.html.
  base: "./",
  plugins: [react()],
  logLevel: "warn",
  build: {
    outDir: path.join(import.meta.dirname, "out", "renderer"),
    emptyOutDir: true,
    // The oldest Chrome the app runs in: the evaluation runtime's.
    target: "chrome114",
    // The strict CSP has no data: sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
