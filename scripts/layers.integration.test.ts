import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const BIOME = path.resolve("node_modules/@biomejs/biome/bin/biome");

/** [file, import, whether a layer rule refuses it] */
const CASES: readonly (readonly [string, string, boolean])[] = [
  ["shared/domain/dsn/a.ts", "node:fs", true],
  ["shared/domain/dsn/a.ts", "zod", true],
  ["shared/domain/dsn/a.ts", "react-dom/client", true],
  ["shared/domain/dsn/a.ts", "../../ipc/messages", true],
  ["shared/domain/dsn/a.ts", "../../../electron/main", true],
  ["shared/domain/dsn/a.ts", "../result", false],
  ["shared/ipc/a.ts", "pg", true],
  ["shared/ipc/a.ts", "../../electron/main", true],
  ["shared/ipc/a.ts", "zod", false],
  ["shared/ipc/a.ts", "../domain/result", false],
  ["electron/use-cases/a.ts", "node:fs/promises", true],
  ["electron/use-cases/a.ts", "node:child_process", true],
  ["electron/use-cases/a.ts", "pg", true],
  ["electron/use-cases/a.ts", "electron", true],
  ["electron/use-cases/a.ts", "../adapters/git", true],
  ["electron/use-cases/a.ts", "../../shared/ipc/messages", false],
  ["electron/use-cases/a.ts", "./ports", false],
  ["electron/ipc/a.ts", "node:fs", true],
  ["electron/ipc/a.ts", "electron", false],
  ["electron/adapters/a.ts", "node:child_process", false],
  ["electron/adapters/a.ts", "react", true],
  ["electron/adapters/a.ts", "../../renderer/api", true],
  ["electron/main.ts", "../cli/main", true],
  ["cli/a.ts", "electron", true],
  ["cli/a.ts", "pg", true],
  ["cli/a.ts", "node:fs", true],
  ["cli/a.ts", "node:util", false],
  ["cli/a.ts", "../electron/use-cases/scan", false],
  ["renderer/screens/a.tsx", "electron", true],
  ["renderer/screens/a.tsx", "node:path", true],
  ["renderer/screens/a.tsx", "pg", true],
  ["renderer/screens/a.tsx", "../../electron/use-cases/ports", true],
  ["renderer/screens/a.tsx", "react", false],
  ["renderer/screens/a.tsx", "../../shared/domain/result", false],
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

let folder = "";
let refused: ReadonlySet<string> = new Set();
const nameOf = (index: number, file: string): string => {
  const { dir, ext } = path.posix.parse(file);
  return `${dir ? `${dir}/` : ""}case-${index}${ext}`;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "aksara-layers-"));
  copyFileSync("biome.json", path.join(folder, "biome.json"));
  CASES.forEach(([file, from], index) => {
    const at = path.join(folder, nameOf(index, file));
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, `import { thing } from "${from}";\n\nexport const used = thing;\n`);
  });
  const args = [BIOME, "lint", "--reporter=json", "--max-diagnostics=none", "."];
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }, (_error, out) => resolve(out));
  });
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  const files = diagnostics
    .filter(({ category }) => category === "lint/style/noRestrictedImports")
    .map(({ location }) => (typeof location.path === "string" ? location.path : location.path.file));
  refused = new Set(files.map((file) => path.relative(folder, path.resolve(folder, file)).replaceAll(path.sep, "/")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the layer rules of biome.json", () => {
  it.each(CASES.map(([file, from, bad], index) => ({ file, from, bad, verb: bad ? "refuse" : "allow", index })))(
    "$verb $from in $file",
    ({ file, bad, index }) => {
      expect(refused.has(nameOf(index, file))).toBe(bad);
    },
  );

  it("refuse console output and default exports in the renderer", async () => {
    mkdirSync(path.join(folder, "renderer"), { recursive: true });
    writeFileSync(path.join(folder, "renderer", "loud.ts"), "console.log(1);\nexport default 1;\n");
    const args = [BIOME, "lint", "--reporter=json", "renderer/loud.ts"];
    const stdout = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (_error, out) => resolve(out));
    });
    expect(stdout).toContain("lint/suspicious/noConsole");
    expect(stdout).toContain("lint/style/noDefaultExport");
  });
});
