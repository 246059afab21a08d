import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textFiles } from "../adapters/env-file";
import { git } from "../adapters/git";
import { projectFolders } from "../adapters/project-folder";
import { createExports, type ExportChoice } from "./export";
import { createProjects } from "./project";

const DSN = "postgresql://desk:hunter22@localhost:5432/desk";
const SETTINGS =
  '# desk settings\nSECRET_KEY="4f1c-keep"   # do not rotate\nDATABASE_URL=postgresql://localhost/desk\nDEBUG=true\n';

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "export-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const put = (name: string, text: string): void => writeFileSync(at(name), text, { mode: 0o600 });
const contents = (name: string): string => readFileSync(at(name), "utf8");
const gitRepository = (): void => void execFileSync("git", ["init", folder], { stdio: "ignore" });

async function opened(env: Record<string, string> = {}) {
  const projects = createProjects({ folders: projectFolders, files: textFiles, env });
  const result = await projects.open(folder);
  if (!result.ok) throw new Error(result.error.message);
  return { projects, exports: createExports({ projects, files: textFiles, git, env }) };
}

const choice = (over: Partial<ExportChoice> = {}): ExportChoice => ({
  dsn: DSN,
  pool: { min: 5, max: 14 },
  file: ".env",
  ignore: false,
  ...over,
});

async function preview(over: Partial<ExportChoice> = {}, env: Record<string, string> = {}) {
  const { exports, projects } = await opened(env);
  const result = await exports.preview(choice(over));
  if (!result.ok) throw new Error(result.error.message);
  return { exports, projects, shown: result.value };
}

describe("writing .env", () => {
  it("changes what was shown and nothing else, and keeps the old file", async () => {
    put(".env", SETTINGS);
    const { exports, projects, shown } = await preview();
    expect(shown).toMatchObject({
      exists: true,
      mode: "600",
      backup: at(".env.bak"),
      gitIgnored: null,
      shadowedBy: null,
    });
    expect(shown.diff.filter(({ kind }) => kind !== "keep")).toEqual([
      { kind: "remove", text: "DATABASE_URL=postgresql://localhost/desk" },
      { kind: "add", text: "DATABASE_URL=postgresql://desk:••••••••@localhost:5432/desk" },
      { kind: "add", text: "AKSARA_POOL_MIN_SIZE=5" },
      { kind: "add", text: "AKSARA_POOL_MAX_SIZE=14" },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/hunter22|4f1c/);
    expect(contents(".env")).toBe(SETTINGS);

    expect(await exports.write(shown.id)).toMatchObject({
      ok: true,
      value: { backup: at(".env.bak"), ignoredNow: false },
    });
    expect(contents(".env")).toBe(
      `${SETTINGS.replace("postgresql://localhost/desk", DSN)}AKSARA_POOL_MIN_SIZE=5\nAKSARA_POOL_MAX_SIZE=14\n`,
    );
    expect(contents(".env.bak")).toBe(SETTINGS);
    expect(projects.rawDatabaseUrl()).toBe(DSN);
    expect(projects.current()?.databaseUrl).toBe("postgresql://desk:***@localhost:5432/desk");
  });

  it("makes a new one that only its owner reads", async () => {
    const { exports, shown } = await preview({ pool: null });
    expect(shown).toMatchObject({ exists: false, backup: null, mode: "600" });
    await exports.write(shown.id);
    expect(contents(".env")).toBe(`DATABASE_URL=${DSN}\n`);
    expect(statSync(at(".env")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([".env"]);
  });

  it("leaves a file that says so already, backup and all", async () => {
    put(".env", `DATABASE_URL="${DSN}"\n`);
    const { exports, shown } = await preview({ pool: null });
    expect(shown.changes).toEqual([{ key: "DATABASE_URL", kind: "same" }]);
    const before = statSync(at(".env")).ino;
    expect(await exports.write(shown.id)).toMatchObject({ ok: true, value: { backup: null } });
    expect(statSync(at(".env")).ino).toBe(before);
    expect(existsSync(at(".env.bak"))).toBe(false);
  });

  it("refuses when the file has changed since, and each preview is for one write", async () => {
    put(".env", SETTINGS);
    const { exports, shown } = await preview();
    put(".env", `${SETTINGS}NEW=1\n`);
    expect(await exports.write(shown.id)).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    expect(contents(".env")).toBe(`${SETTINGS}NEW=1\n`);
    expect(await exports.write(shown.id)).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("refuses a file with an open quote, names its line and leaves it", async () => {
    const text = "A=1\nB='open\n";
    put(".env", text);
    const { exports } = await opened();
    // This string needs quotes, and they would pair up with the open one.
    const result = await exports.preview(choice({ dsn: `${DSN}?application_name=a&target_session_attrs=any` }));
    expect(result).toMatchObject({ ok: false, error: { kind: "invalid-input" } });
    expect(result.ok ? "" : result.error.message).toContain("Line 2 of .env");
    expect(contents(".env")).toBe(text);
  });

  it.each<[string, Partial<ExportChoice>, string]>([
    ["a string nobody can read", { dsn: "postgresql://a:hunter22@h:notaport/d" }, "dsn"],
    ["an empty string", { dsn: "" }, "dsn"],
    ["a minimum above the maximum", { pool: { min: 9, max: 3 } }, "min"],
  ])("refuses %s at its field", async (_what, over, field) => {
    const { exports } = await opened();
    const result = await exports.preview(choice(over));
    expect(result).toMatchObject({ ok: false, error: { kind: "invalid-input", field } });
    expect(JSON.stringify(result)).not.toContain("hunter22");
  });

  it("asks for a project when none is open", async () => {
    const projects = createProjects({ folders: projectFolders, files: textFiles, env: {} });
    const exports = createExports({ projects, files: textFiles, git, env: {} });
    expect(await exports.preview(choice())).toMatchObject({
      ok: false,
      error: { kind: "not-found", field: "project" },
    });
  });
});

describe("git", () => {
  it("gets lines for .env and its backup before the secret is written", async () => {
    gitRepository();
    put(".env", SETTINGS);
    put(".gitignore", "*.pyc");
    const { exports, shown } = await preview({ ignore: true });
    expect(shown).toMatchObject({ gitIgnored: false, tracked: false });
    expect(await exports.write(shown.id)).toMatchObject({ ok: true, value: { ignoredNow: true } });
    expect(contents(".gitignore")).toBe("*.pyc\n.env\n.env.bak\n");
    expect((await exports.preview(choice())).ok && (await preview()).shown.gitIgnored).toBe(true);
  });

  it("is left alone when not asked for, or when it ignores all already", async () => {
    gitRepository();
    put(".env", SETTINGS);
    const one = await preview();
    expect(one.shown.warnings.join()).toContain(".env.bak");
    await one.exports.write(one.shown.id);
    expect(existsSync(at(".gitignore"))).toBe(false);
    put(".gitignore", ".env*\n");
    const two = await preview({ ignore: true, pool: null });
    expect(await two.exports.write(two.shown.id)).toMatchObject({ ok: true, value: { ignoredNow: false } });
    expect(contents(".gitignore")).toBe(".env*\n");
  });

  it("tells that it tracks the file", async () => {
    gitRepository();
    put(".env", SETTINGS);
    execFileSync("git", ["-C", folder, "add", ".env"]);
    expect((await preview()).shown).toMatchObject({ gitIgnored: false, tracked: true });
  });
});

describe("what beats the file", () => {
  it("is told: an exported variable, and AKSARA_DATABASE_URL in the file itself", async () => {
    expect((await preview({}, { DATABASE_URL: "postgresql://x/y" })).shown.shadowedBy).toBe("DATABASE_URL");
    expect((await preview({}, { DATABASE_URL: DSN })).shown.shadowedBy).toBeNull();
    put(".env", "AKSARA_DATABASE_URL=postgresql://other/d\n");
    const { shown } = await preview();
    expect(shown.shadowedBy).toBe("AKSARA_DATABASE_URL");
    expect(shown.warnings[0]).toContain("AKSARA_DATABASE_URL in .env itself");
  });
});

describe(".env.example", () => {
  it("gets keys with placeholders, never the secret, and no backup", async () => {
    put(".env.example", "# copy me\nDEBUG=false\n");
    const { exports, shown } = await preview({ file: ".env.example" });
    expect(await exports.write(shown.id)).toMatchObject({
      ok: true,
      value: { path: at(".env.example"), backup: null },
    });
    expect(contents(".env.example")).toBe(
      "# copy me\nDEBUG=false\nDATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE\nAKSARA_POOL_MIN_SIZE=5\nAKSARA_POOL_MAX_SIZE=14\n",
    );
    expect(readdirSync(folder)).toEqual([".env.example"]);
  });
});

it("follows a link out of the project, and does not pretend to ignore what lies there", async () => {
  mkdirSync(at("elsewhere"));
  mkdirSync(at("app"));
  put("elsewhere/app.env", SETTINGS);
  symlinkSync("../elsewhere/app.env", at("app/.env"));
  gitRepository();
  folder = at("app");
  const { exports, shown } = await preview({ ignore: true });
  expect(shown.backup).toBe(path.join(path.dirname(folder), "elsewhere", "app.env.bak"));
  expect(await exports.write(shown.id)).toMatchObject({ ok: true, value: { ignoredNow: false } });
  expect(existsSync(at(".gitignore"))).toBe(false);
  folder = path.dirname(folder);
  expect(contents("elsewhere/app.env")).toContain(DSN);
});
