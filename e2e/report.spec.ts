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
  async function report(args: readonly string[], input: string): Promise<string> {
    if (isRoot) giveTo(planted.home, NAMELESS);
    const child = spawn(process.execPath, [path.join(workTree(), "out", "cli.cjs"), "report", ...args], {
      env: { ...planted.env },
      cwd: planted.project,
      timeout: 60_000,
      ...(isRoot ? { uid: NAMELESS, gid: NAMELESS } : {}),
    });
    child.stdin.end(input);
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = (await once(child, "close")) as [number | null];
    const [out, errors] = await said;
    expect(status, errors).toBe(1);
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
});

test.describe("the window's report", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-saved-"));
  test.afterAll(() => rmSync(folder, { recursive: true }));

  async function shown(): Promise<AppWindow> {
    const { HOME: _home, AKSARA_DATABASE_SETUP_HOME: _data, USER: _user, PATH: _path, ...env } = planted.env;
    const window = await AppWindow.open({ env, project: planted.project });
    await window.scanned();
    await window.goTo("Diagnose");
    await window.page
      .getByRole("textbox", { name: "Connection string" })
      .fill(planted.strings["a server that repeats it all"] ?? "");
    await window.button("Check").click();
    await window.button("Support report…").click();
    await expect(window.page.getByRole("region", { name: "The report" })).toBeVisible();
    return window;
  }

  const textOf = (window: AppWindow): Promise<string> =>
    window.page.getByRole("region", { name: "The report" }).locator("pre").innerText();

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
    await expect(window.page.getByRole("region", { name: "The report" })).toContainText("aksara-support-report");
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
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(dialog).toBeHidden();
    await window.close();
  });

  test("fits the window in both themes and has no accessibility fault", async () => {
    const window = await shown();
    for (const theme of ["light", "dark"] as const) {
      await window.launched.preferTheme(theme);
      await window.launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(1120, 740),
      );
      await expect.poll(() => window.page.evaluate(() => innerWidth)).toBe(1120);
      await window.launched.screenshot(`report-${theme}`);
      expect(await violations(window.launched), theme).toEqual([]);
      await window.launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(560, 420),
      );
      await expect.poll(() => window.page.evaluate(() => innerWidth)).toBe(560);
      await window.launched.screenshot(`report-${theme}-small`);
      await expect(window.dialog("Support report").getByRole("button", { name: "Save…" })).toBeInViewport();
    }
    await window.close();
  });
});
