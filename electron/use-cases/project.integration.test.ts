import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { textFiles } from "../adapters/env-file";
import { projectFolders } from "../adapters/project-folder";
import { createProjects } from "./project";

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "project-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text = ""): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const projectsWith = (env: Record<string, string> = {}) =>
  createProjects({ folders: projectFolders, files: textFiles, env });

it("describes an Aksara project, its password hidden from the window and known to main", async () => {
  put("desk/pyproject.toml", '[project]\nname = "desk"\ndependencies = ["aksara-framework>=0.7"]\n');
  put("desk/.env", "DATABASE_URL=postgresql://a:hunter22@h:5432/d\n");
  put("desk/main.py", "from aksara import Aksara\n");
  put("desk/.venv/bin/python");
  const projects = projectsWith();
  expect(await projects.open(path.join(folder, "desk"))).toEqual({
    ok: true,
    value: {
      path: path.join(folder, "desk"),
      name: "desk",
      isAksara: true,
      reason: "pyproject.toml lists aksara-framework.",
      envFile: path.join(folder, "desk", ".env"),
      databaseUrl: "postgresql://a:***@h:5432/d",
      shadowedBy: null,
      writable: true,
    },
  });
  expect(projects.rawDatabaseUrl()).toBe("postgresql://a:hunter22@h:5432/d");
  expect(projects.details()).toMatchObject({ envAbove: null });
});

it("opens an empty folder too, and finds the .env above it", async () => {
  put(".env", "A=1\n");
  put("a/b/README.md");
  const projects = projectsWith();
  expect(await projects.open(path.join(folder, "a/b"))).toMatchObject({
    ok: true,
    value: { isAksara: false, envFile: null, databaseUrl: null, writable: true },
  });
  expect(projects.details()?.envAbove).toBe(path.join(folder, ".env"));
});

it("tells what is set in the environment and beats the file", async () => {
  put(".env", "DATABASE_URL=postgresql://a@h/d\n");
  const shadowOf = async (env: Record<string, string>) => {
    const opened = await projectsWith(env).open(folder);
    return opened.ok ? opened.value.shadowedBy : opened.error;
  };
  expect(await shadowOf({})).toBeNull();
  expect(await shadowOf({ DATABASE_URL: "postgresql://a@h/d" })).toBeNull();
  expect(await shadowOf({ DATABASE_URL: "postgresql://b@h/d" })).toBe("DATABASE_URL");
  expect(await shadowOf({ AKSARA_DATABASE_URL: "postgresql://b@h/d" })).toBe("AKSARA_DATABASE_URL");
});

it("says what is wrong with a .env it cannot use, and still opens the project", async () => {
  mkdirSync(path.join(folder, ".env"));
  const opened = await projectsWith().open(folder);
  expect(opened).toMatchObject({ ok: true, value: { writable: false, databaseUrl: null } });
  expect(opened.ok && opened.value.reason).toContain("is a folder");
});

it("keeps the open project when another folder is not there", async () => {
  const projects = projectsWith();
  await projects.open(folder);
  expect(await projects.open(path.join(folder, "nowhere"))).toMatchObject({ ok: false, error: { kind: "not-found" } });
  put("file");
  expect(await projects.open(path.join(folder, "file"))).toMatchObject({ ok: false, error: { kind: "invalid-input" } });
  expect(projects.current()?.path).toBe(folder);
});

it("sees on refresh what changed, and that the folder is gone", async () => {
  const projects = projectsWith();
  expect(await projects.refresh()).toBeNull();
  await projects.open(folder);
  put(".env", "DATABASE_URL=postgresql://a@h/d\n");
  expect((await projects.refresh())?.databaseUrl).toBe("postgresql://a@h/d");
  rmSync(folder, { recursive: true });
  expect(await projects.refresh()).toMatchObject({ writable: false, envFile: null });
  expect(projects.rawDatabaseUrl()).toBeNull();
});
