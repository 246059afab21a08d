import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { violations } from "./app/accessibility";
import { AppWindow } from "./pages/window";
import { CANARIES, told } from "./report/canaries";
import { type Planted, plant } from "./report/planted";
import { workTree } from "./servers/binaries";

let planted: Planted;
test.beforeAll(async () => {
  planted = await plant();
});
test.afterAll(() => planted.remove());

/** A user without a name in the system: then the environment says who it is, and that can be a canary. */
const NAMELESS = 54_321;

test.describe("the command line's report", () => {
  const isRoot = process.getuid?.() === 0;

  /** Runs it beside this process, which is the server it asks. */
  async function report(args: readonly string[], input: string, { cwd = planted.project, code = 1 } = {}) {
    if (isRoot) giveTo(planted.home, NAMELESS);
    const child = spawn(process.execPath, [path.join(workTree(), "out", "cli.cjs"), "report", ...args], {
      env: { ...planted.env },
      cwd,
      timeout: 60_000,
      ...(isRoot ? { uid: NAMELESS, gid: NAMELESS } : {}),
    });
    child.stdin.end(input);
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = (await once(child, "close")) as [number | null];
    const [out, errors] = await said;
    expect(status, errors).toBe(code);
    expect(told(errors)).toEqual([]);
    return out;
  }

  function giveTo(folder: string, uid: number): void {
    chownSync(folder, uid, uid);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) giveTo(at, uid);
      else chownSync(at, uid, uid);
    }
  }

  for (const form of ["Markdown", "JSON"] as const) {
    test(`holds no secret and no name of anybody's, as ${form}`, async () => {
      const options = form === "JSON" ? ["--json"] : [];
      for (const [name, string] of Object.entries(planted.strings)) {
        const made = await report(["--dsn-stdin", "--project", planted.project, ...options], string);
        expect(told(made), name).toEqual([]);
        expect(made).toContain(form === "JSON" ? '"format": "aksara-support-report"' : "# Support report");
      }
      // Without a string it is the project's own.
      const own = await report(options, "");
      expect(told(own)).toEqual([]);
      expect(own).toContain("password-rejected");
    });
  }

  test("without any string tells what is on this computer", async () => {
    const made = await report([], "", { cwd: planted.home, code: 0 });
    expect(told(made)).toEqual([]);
    expect(made).toContain("No string was checked.");
    expect(made).toContain("docker:container-1");
  });
});

test.describe("the window's report", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-saved-"));
  test.afterAll(() => rmSync(folder, { recursive: true }));

  const report = (window: AppWindow) => window.page.getByRole("region", { name: "The report" });

  async function onDiagnose(): Promise<AppWindow> {
    const { HOME: _home, AKSARA_DATABASE_SETUP_HOME: _data, USER: _user, PATH: _path, ...env } = planted.env;
    const window = await AppWindow.open({ env, project: planted.project });
    await window.scanned();
    await window.goTo("Diagnose");
    return window;
  }

  async function shown(): Promise<AppWindow> {
    const window = await onDiagnose();
    await window.page
      .getByRole("textbox", { name: "Connection string" })
      .fill(planted.strings["a server that repeats it all"] ?? "");
    await window.button("Check").click();
    await window.button("Support report…").click();
    await expect(report(window)).toBeVisible();
    return window;
  }

  const textOf = (window: AppWindow): Promise<string> => report(window).locator("pre").innerText();

  async function resize({ launched, page }: AppWindow, width: number, height: number): Promise<void> {
    const size = [width, height] as const;
    await launched.app.evaluate(
      ({ BrowserWindow }, [x, y]) => BrowserWindow.getAllWindows()[0]?.setContentSize(x, y),
      size,
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
  }

  test("is there before any check, with what was found on this computer", async () => {
    const window = await onDiagnose();
    await window.button("Support report…").click();
    await expect(report(window)).toContainText("No string was checked.");
    expect(told(await textOf(window))).toEqual([]);
    await window.launched.screenshot("report-no-check");
    await window.close();
  });

  test("is read first, then copied or saved exactly as it was shown", async () => {
    const window = await shown();
    const dialog = window.dialog("Support report");
    const markdown = await textOf(window);
    expect(told(markdown)).toEqual([]);
    expect(markdown).toContain("authenticate.password-rejected");
    await dialog.getByRole("button", { name: "Copy" }).click();
    await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
    const copied = await window.launched.app.evaluate(async ({ clipboard }) => clipboard.readText());
    expect(copied.trim()).toBe(markdown.trim());

    await dialog.getByRole("tab", { name: "JSON" }).click();
    await expect(report(window)).toContainText("aksara-support-report");
    const json = await textOf(window);
    expect(told(json)).toEqual([]);
    const file = path.join(folder, "report.json");
    await window.launched.app.evaluate(({ dialog: system }, chosen) => {
      system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    }, file);
    await dialog.getByRole("button", { name: "Save…" }).click();
    await expect(dialog.getByText("Saved as report.json.")).toBeVisible();
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(json));
    expect(readFileSync(file, "utf8")).not.toContain(CANARIES.stringPassword);

    await window.launched.app.evaluate(({ dialog: system }) => {
      system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: "/nowhere/report.json" });
    });
    await dialog.getByRole("button", { name: "Save…" }).click();
    await expect(dialog.getByText("cannot be written there")).toBeVisible();
    await expect(dialog.getByText("Saved as report.json.")).toBeHidden();
    await resize(window, 900, 620);
    await window.launched.screenshot("report-not-saved");
    await expect(dialog.getByRole("button", { name: "Save…" })).toBeInViewport({ ratio: 1 });
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(dialog).toBeHidden();
    await window.close();
  });

  test("fits the window in both themes and has no accessibility fault", async () => {
    const window = await shown();
    for (const theme of ["light", "dark"] as const) {
      await window.launched.preferTheme(theme);
      for (const [name, width, height] of [
        ["", 1120, 740],
        ["-least", 900, 620],
        ["-zoomed", 560, 420],
      ] as const) {
        await resize(window, width, height);
        await window.launched.screenshot(`report-${theme}${name}`);
        expect(await violations(window.launched), `${theme}${name}`).toEqual([]);
        const dialog = window.dialog("Support report");
        await expect(dialog.getByRole("heading", { name: "Support report" })).toBeInViewport();
        await expect(dialog.getByRole("button", { name: "Save…" })).toBeInViewport();
      }
    }
    await window.close();
  });
});
