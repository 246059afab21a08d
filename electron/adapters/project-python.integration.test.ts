import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SYSTEM_PYTHON, virtualEnvironment } from "../../e2e/app/virtual-environment";
import { thisMachine } from "./detect/machine";
import { createFindPython } from "./project-python";
import { projectFolder } from "./project-python.fixture";

const find = (project: string, environment: Readonly<Record<string, string>> = {}) =>
  createFindPython(thisMachine({ environment: { HOME: "/nonexistent", ...environment } }))(project);

/** asyncpg as pip lays it out; nothing imports it here. */
function installAsyncpg(packages: string, version: string): void {
  mkdirSync(path.join(packages, "asyncpg"), { recursive: true });
  mkdirSync(path.join(packages, `asyncpg-${version}.dist-info`), { recursive: true });
}

/** A whole Python below a folder: bin/python3 and its packages. */
function python(folder: string, asyncpg: string | null): string {
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  const packages = path.join(folder, "lib", "python3.12", "site-packages");
  mkdirSync(packages, { recursive: true });
  const program = path.join(folder, "bin", "python3");
  writeFileSync(program, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  if (asyncpg !== null) installAsyncpg(packages, asyncpg);
  return program;
}

describe("the project's Python", () => {
  it.each([".venv", "venv", "env"])("is the one in %s, with the versions that its files say", async (name) => {
    const project = projectFolder();
    const interpreter = virtualEnvironment(project, { name, systemPackages: false });
    installAsyncpg(path.join(project, name, "lib", "python3.11", "site-packages"), "0.31.0");
    expect(await find(project)).toEqual({
      kind: "found",
      interpreter,
      program: realpathSync(SYSTEM_PYTHON),
      leadsTo: realpathSync(SYSTEM_PYTHON),
      python: "3.11.2",
      asyncpg: "0.31.0",
      foundBy: `${name} in the project`,
    });
  });

  it("is the active environment before .venv, where that lies in the project", async () => {
    const project = projectFolder();
    virtualEnvironment(project);
    const active = virtualEnvironment(project, { name: "work" });
    const elsewhere = path.dirname(path.dirname(virtualEnvironment(projectFolder())));
    expect(await find(project, { VIRTUAL_ENV: path.join(project, "work") })).toMatchObject({
      interpreter: active,
      foundBy: "VIRTUAL_ENV",
    });
    expect(await find(project, { VIRTUAL_ENV: elsewhere })).toMatchObject({ foundBy: ".venv in the project" });
    expect(await find(project, { VIRTUAL_ENV: `${project}/../x` })).toMatchObject({ foundBy: ".venv in the project" });
  });

  it("is an environment with asyncpg before one without", async () => {
    const project = projectFolder();
    virtualEnvironment(project, { systemPackages: false });
    expect(await find(project)).toMatchObject({
      kind: "none",
      reason: expect.stringMatching(/\.venv.*has no asyncpg/),
    });
    virtualEnvironment(project, { name: "venv" });
    expect(await find(project)).toMatchObject({ kind: "found", foundBy: "venv in the project" });
  });

  it("has the system's asyncpg only where the environment lets the system's packages in", async () => {
    const project = projectFolder();
    virtualEnvironment(project);
    expect(await find(project)).toMatchObject({ kind: "found", asyncpg: expect.stringMatching(/^\d+\.\d+/) });
    rmSync(path.join(project, ".venv"), { recursive: true });
    const interpreter = virtualEnvironment(project, { systemPackages: false });
    expect(await find(project)).toMatchObject({
      kind: "none",
      next: `Install it there: ${interpreter} -m pip install asyncpg`,
    });
  });

  it("is told as broken where its link leads nowhere; the system's Python does not step in", async () => {
    const project = projectFolder();
    virtualEnvironment(project, { python: "/nonexistent/python3.9" });
    expect(await find(project, { PATH: "/usr/bin" })).toMatchObject({
      kind: "none",
      reason: expect.stringMatching(/a link to a Python that is gone/),
    });
  });

  it("is the pyenv version that .python-version names, and never a path in its place", async () => {
    const [project, root] = [projectFolder(), projectFolder()];
    const program = python(path.join(root, "versions", "3.12.4"), "0.30.0");
    writeFileSync(path.join(project, ".python-version"), "3.12.4\n");
    expect(await find(project, { PYENV_ROOT: root })).toMatchObject({ interpreter: program, python: "3.12" });
    python(path.join(root, "outside"), "0.30.0");
    writeFileSync(path.join(project, ".python-version"), "../outside\n");
    expect(await find(project, { PYENV_ROOT: root })).toMatchObject({ kind: "none" });
  });

  /** The sign that Poetry and Pipenv put into a name, from Python's own hashlib. */
  const signOf = (text: string): string =>
    execFileSync(
      SYSTEM_PYTHON,
      [
        ...["-I", "-c"],
        "import base64, hashlib, sys; print(base64.urlsafe_b64encode(hashlib.sha256(sys.argv[1].encode()).digest())[:8].decode())",
        text,
      ],
      { encoding: "utf8" },
    ).trim();

  it("is the environment that Poetry keeps for it, the chosen one before the newest", async () => {
    const [project, home] = [projectFolder(), projectFolder()];
    writeFileSync(path.join(project, "pyproject.toml"), '[project]\nname = "shop"\n');
    const kept = path.join(home, "pypoetry", "virtualenvs");
    const name = `shop-${signOf(realpathSync(project))}`;
    const older = virtualEnvironment(kept, { name: `${name}-py3.9` });
    const newer = virtualEnvironment(kept, { name: `${name}-py3.11` });
    virtualEnvironment(kept, { name: "shop-AAAAAAAA-py3.12" });
    expect(await find(project, { XDG_CACHE_HOME: home })).toMatchObject({
      interpreter: newer,
      foundBy: "Poetry’s environment for the project",
    });
    writeFileSync(path.join(kept, "envs.toml"), `["other-x"]\nminor = "3.8"\n\n["${name}"]\nminor = "3.9"\n`);
    expect(await find(project, { XDG_CACHE_HOME: home })).toMatchObject({ interpreter: older });
    const moved = path.join(home, "pypoetry");
    expect(await find(project, { POETRY_CACHE_DIR: moved })).toMatchObject({ interpreter: older });
    const own = virtualEnvironment(project);
    expect(await find(project, { XDG_CACHE_HOME: home })).toMatchObject({ interpreter: own });
  });

  it("is the environment that Pipenv keeps for it", async () => {
    const [project, home] = [projectFolder(), projectFolder()];
    writeFileSync(path.join(project, "Pipfile"), "");
    const kept = path.join(home, "virtualenvs");
    const name = `shop-${signOf(path.join(realpathSync(project), "Pipfile"))}`;
    const interpreter = virtualEnvironment(kept, { name });
    virtualEnvironment(kept, { name: "shop-AAAAAAAA" });
    expect(await find(project, { XDG_DATA_HOME: home })).toMatchObject({
      interpreter,
      foundBy: "Pipenv’s environment for the project",
    });
    expect(await find(project, { WORKON_HOME: kept })).toMatchObject({ interpreter });
  });

  it("is python3 on PATH where the project has none, and says so", async () => {
    const project = projectFolder();
    expect(await find(project, { PATH: "/nonexistent:relative:/usr/bin" })).toMatchObject({
      kind: "found",
      interpreter: SYSTEM_PYTHON,
      foundBy: expect.stringMatching(/^python3 on PATH/),
    });
    expect(await find(project, { PATH: "" })).toMatchObject({
      kind: "none",
      reason: expect.stringMatching(/no Python/),
    });
  });

  it("is the version behind pyenv's shim, which is a script and has no packages", async () => {
    const [project, root] = [projectFolder(), projectFolder()];
    python(path.join(root, "shims"), null);
    mkdirSync(path.join(root, "shims"), { recursive: true });
    symlinkSync(path.join(root, "shims", "bin", "python3"), path.join(root, "shims", "python3"));
    const program = python(path.join(root, "versions", "3.12.4"), "0.30.0");
    writeFileSync(path.join(root, "version"), "3.12.4\n");
    const environment = { PYENV_ROOT: root, PATH: `${path.join(root, "shims")}:/usr/bin` };
    expect(await find(project, environment)).toMatchObject({ interpreter: program, asyncpg: "0.30.0" });
  });

  it("is found without running anything", async () => {
    const project = projectFolder();
    const trap = path.join(project, "ran");
    virtualEnvironment(project);
    const interpreter = path.join(project, ".venv", "bin", "python");
    rmSync(interpreter);
    writeFileSync(interpreter, `#!/bin/sh\ntouch ${trap}\n`, { mode: 0o755 });
    expect(await find(project)).toMatchObject({ kind: "found", leadsTo: null });
    expect(() => realpathSync(trap)).toThrow(/ENOENT/);
  });
});
