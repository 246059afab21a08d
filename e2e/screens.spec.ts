import { expect, test } from "@playwright/test";
import { violations } from "./app/accessibility";
import { createProject, type ProjectFixture } from "./app/projects";
import { spills } from "./app/spills";
import { AppWindow, type StepName } from "./pages/window";
import { startPostgres, type TestServer } from "./servers/postgres";

const STEPS: readonly StepName[] = [
  "Server",
  "Database",
  "Connection",
  "Pool",
  "Export",
  "Diagnose",
  "Install guide",
  "Settings",
];

test.describe("every screen", () => {
  let server: TestServer;
  let project: ProjectFixture;
  test.beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    project = createProject("ticket_desk");
  });
  test.afterAll(async () => {
    project.remove();
    await server.remove();
  });

  /** Brings the app to a state with something on every screen. */
  async function filled(): Promise<AppWindow> {
    const window = await AppWindow.open({ project: project.path });
    await window.scanned();
    await window.card(String(server.port)).getByRole("button", { name: "Use", exact: true }).click();
    await window.password("Administrator’s password").fill(server.password);
    await window.button("Sign in").click();
    await expect(window.button("Create")).toBeEnabled();
    await window.goTo("Connection");
    await window.typeString(
      `postgresql://postgres:wrong%40pass@127.0.0.1:${server.port}/postgres?connect_timeout=10&application_name=ticket_desk`,
    );
    await window.goTo("Diagnose");
    await window.page
      .getByRole("main")
      .getByRole("button", { name: /^Check/ })
      .click();
    await expect(window.page.getByRole("region", { name: "Cause" })).toBeVisible();
    return window;
  }

  for (const theme of ["light", "dark"] as const) {
    test(`is readable in the ${theme} theme, at its first size and small, and has no accessibility fault`, async () => {
      const window = await filled();
      await window.goTo("Settings");
      await window.page.getByRole("radio", { name: theme === "light" ? "Light" : "Dark" }).check();
      for (const step of STEPS) {
        await window.goTo(step);
        await window.page.evaluate(() => document.fonts.ready.then(() => null));
        await window.launched.screenshot(`${step.toLowerCase()}-${theme}`);
        expect(await violations(window.launched), `${step}, ${theme}`).toEqual([]);
      }
      await window.launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(900, 620),
      );
      await expect.poll(() => window.page.evaluate(() => innerWidth)).toBe(900);
      for (const step of STEPS) {
        await window.goTo(step);
        await window.launched.screenshot(`${step.toLowerCase()}-${theme}-small`);
        const wide = await window.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide, `${step} scrolls sideways`).toBeLessThanOrEqual(0);
        expect.soft(await spills(window.page), `${step}, small`).toEqual([]);
      }
      await window.launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2),
      );
      for (const step of STEPS) {
        await window.goTo(step);
        const wide = await window.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide, `${step} scrolls sideways at 200 %`).toBeLessThanOrEqual(0);
        expect.soft(await spills(window.page), `${step} at 200 %`).toEqual([]);
        await window.launched.capture(`${step.toLowerCase()}-${theme}-zoom`);
      }
      await window.close();
    });
  }

  test("long names and paths stay in their boxes, and what can be done stays in sight", async () => {
    const long = createProject("a_name_for_a_project_as_long_as_postgresql_takes_it_whole_63_x");
    const window = await AppWindow.open({ project: long.path });
    const { page, launched } = window;
    const fits = async (what: string): Promise<void> => {
      expect(await spills(page), what).toEqual([]);
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll(".page-body, dialog")].map((box) => box.scrollWidth - box.clientWidth),
      );
      expect(Math.max(...boxes), `${what} scrolls sideways`).toBeLessThanOrEqual(0);
    };
    await window.scanned();
    await window.card(String(server.port)).getByRole("button", { name: "Use", exact: true }).click();
    await window.password("Administrator’s password").fill(server.password);
    await window.button("Sign in").click();
    await expect(window.button("Create")).toBeEnabled();
    await fits("Database");
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 620));
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
    await fits("Database at 200 %");
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1));
    await window.goTo("Server");
    await window.button("Set it all up for me").click();
    await expect(window.button("Done")).toBeInViewport({ ratio: 1 });
    await fits("Set it all up");
    await launched.screenshot("auto-done-long");
    await window.close();
    long.remove();
  });

  test("the steps can be walked by keyboard alone", async () => {
    const window = await AppWindow.open({ project: project.path });
    await window.scanned();
    const { page } = window;
    const focused = (): Promise<string> =>
      page.evaluate(
        () => (document.activeElement?.tagName === "BUTTON" ? document.activeElement.textContent : "") ?? "",
      );
    for (let presses = 0; presses < 12 && !(await focused()).includes("Settings"); presses += 1)
      await page.keyboard.press("Tab");
    expect(await focused()).toContain("Settings");
    await page.keyboard.press("Enter");
    await expect(window.heading("Settings")).toBeVisible();
    await window.close();
  });
});
