import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** What only lists, style sheets and other sizes need of an icon: random keys, names, the size that is the default. */
const UNUSED = /, key: "\w+"|^ {2}(?:name: "[\w-]+"|size: 24|aliases: \[.*\]),?\n|^__iconData\.node;\n/gm;

/** Takes from icons what nobody looks at: more than a kilobyte that nothing compresses. */
const bareIcons: Plugin = {
  name: "bare-icons",
  transform: (code, id) =>
    /lucide-react\/.*\/icons\//.test(id) ? { code: code.replace(UNUSED, ""), map: null } : null,
};

/** The window's page. Main process, preload and command line are built by scripts/build.mjs. */
export default defineConfig({
  root: path.join(import.meta.dirname, "renderer"),
  // The page is served from app://, where every path is relative to index.html.
  base: "./",
  plugins: [react(), bareIcons],
  logLevel: "warn",
  build: {
    outDir: path.join(import.meta.dirname, "out", "renderer"),
    emptyOutDir: true,
    // The oldest Chrome the app runs in: the evaluation runtime's.
    target: "chrome114",
    // The strict CSP has no data: sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One style sheet: what is loaded later then needs no loader of its own.
    cssCodeSplit: false,
    // The page comes from the disk; what counts is its size packed, which the bench measures.
    chunkSizeWarningLimit: 1000,
  },
});
