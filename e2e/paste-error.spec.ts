import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { violations } from "./app/accessibility";
import { AppWindow } from "./pages/window";
import { startPostgres, type TestServer } from "./servers/postgres";

/** Whether any file below a folder holds a text. */
function holds(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    return entry.isFile() && readFileSync(file).includes(text);
  });
}

test.describe("an error that was pasted", () => {
  let server: TestServer;
  test.beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    await server.sql("postgres", "CREATE ROLE desk LOGIN PASSWORD 'right'");
  });
  test.afterAll(() => server.remove());

  /** A traceback of asyncpg whose source line holds the string, as people have it. */
  const traceback = (database: string): string =>
    [
      "Traceback (most recent call last):",
      `  File "/srv/app/main.py", line 11, in main`,
      `    connection = await asyncpg.connect("postgresql://desk:right@127.0.0.1:${server.port}/${database}")`,
      `asyncpg.exceptions.InvalidCatalogNameError: database "${database}" does not exist`,
    ].join("\n");

  async function pasting(): Promise<AppWindow> {
    const window = await AppWindow.open();
    await window.goTo("Diagnose");
    await window.button("Paste an error").click();
    return window;
  }

  test("is recognised at once, quoted without its password, and checked live with the string it holds", async () => {
    const window = await pasting();
    const area = window.page.getByRole("textbox", { name: "The error, as it was printed" });
    await area.fill(traceback("not_there"));
    const said = window.page.getByRole("region", { name: "What the text says" });
    await expect(said).toContainText('There is no database called "not_there"');
    await expect(said).toContainText("Certain from the text");
    await expect(said).toContainText("InvalidCatalogNameError");
    await expect(said).not.toContainText("right");
    await window.launched.screenshot("paste-error-light");
    await said.getByRole("button", { name: "Check it live" }).click();
    await expect(window.page.getByRole("region", { name: "Cause" })).toContainText("not_there");
    await server.sql("postgres", "CREATE DATABASE not_there OWNER desk");
    await said.getByRole("button", { name: "Check it live" }).click();
    await expect(window.heading("It connects")).toBeVisible();
    await window.close();
  });

  test("text about something else is honestly not recognised, and the ladder is offered", async () => {
    const window = await pasting();
    await window.typeString(`postgresql://desk:wrong@127.0.0.1:${server.port}/postgres`);
    await window.page
      .getByRole("textbox", { name: "The error, as it was printed" })
      .fill("npm ERR! code ECONNREFUSED\nnpm ERR! errno ECONNREFUSED");
    await expect(window.page.getByText("Not recognised.")).toBeVisible();
    await expect(window.page.getByText("Climbs the ladder with the string above.")).toBeVisible();
    await window.button("Climb the ladder").click();
    await expect(window.page.getByRole("region", { name: "Cause" })).toContainText("InvalidPasswordError");
    await window.close();
  });

  test("without any string it says that it needs one; one in an unknown text is shown masked, and climbed with", async () => {
    const window = await pasting();
    const area = window.page.getByRole("textbox", { name: "The error, as it was printed" });
    await area.fill("It does not work");
    await expect(window.button("Climb the ladder")).toBeDisabled();
    await expect(window.page.getByText("Needs a string: the text holds none, and there is none above.")).toBeVisible();
    await area.fill(`It does not work with postgresql://desk:right@127.0.0.1:${server.port}/nowhere`);
    const words = window.page.getByText("Climbs the ladder with the string in the text");
    await expect(words).toContainText(`desk:••••••••@127.0.0.1:${server.port}/nowhere`);
    await window.button("Climb the ladder").click();
    await expect(window.page.getByRole("region", { name: "Cause" })).toContainText("nowhere");
    // The ladder is what was asked for: it comes into sight.
    await expect(window.page.getByRole("list", { name: "Rungs" })).toBeInViewport({ ratio: 0.9 });
    await window.close();
  });

  test("what was pasted is gone with the screen and stands in no file of the app", async () => {
    const window = await pasting();
    const secret = "c4nary-5ecret";
    await window.page
      .getByRole("textbox", { name: "The error, as it was printed" })
      .fill(`PGPASSWORD=${secret}\n${traceback("app").replace("right", secret)}`);
    await expect(window.page.getByRole("region", { name: "What the text says" })).toBeVisible();
    await window.goTo("Settings");
    await window.goTo("Diagnose");
    await expect(window.page.getByRole("textbox", { name: "The error, as it was printed" })).toHaveCount(0);
    expect(await window.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      secret,
    );
    expect(window.launched.printed()).not.toContain(secret);
    expect(holds(window.launched.home.path, secret)).toBe(false);
    await window.close();
  });

  for (const theme of ["light", "dark"] as const) {
    test(`is readable in the ${theme} theme, small too, and has no accessibility fault`, async () => {
      const window = await AppWindow.open();
      await window.goTo("Settings");
      await window.page.getByRole("radio", { name: theme === "light" ? "Light" : "Dark" }).check();
      await window.goTo("Diagnose");
      await window.button("Paste an error").click();
      const recorded = readFileSync(path.resolve("shared/domain/paste-error/recorded/pooler.ndjson"), "utf8");
      const { text } = JSON.parse(recorded.split("\n").find((line) => line.includes('"also"')) ?? "{}") as {
        text: string;
      };
      await window.page.getByRole("textbox", { name: "The error, as it was printed" }).fill(text);
      await expect(window.page.getByRole("region", { name: "What the text says" })).toContainText("Could also be");
      expect(await violations(window.launched)).toEqual([]);
      await window.launched.screenshot(`paste-error-${theme}-first`);
      await window.launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(900, 620),
      );
      await expect.poll(() => window.page.evaluate(() => innerWidth)).toBe(900);
      const wide = await window.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, "scrolls sideways").toBeLessThanOrEqual(0);
      await window.launched.screenshot(`paste-error-${theme}-small`);
      await window.close();
    });
  }
});

test.describe("explain-error on the command line", () => {
  const explain = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, ["out/cli.cjs", "explain-error", ...args], { input, encoding: "utf8" });
  const text = 'postgresql://app:s3cret@h/d\npsql: error: FATAL:  password authentication failed for user "app"';

  test("one document with the diagnosis as diagnose has it, secrets hidden; exit 1", () => {
    const { status, stdout } = explain(text, "--json");
    expect(status).toBe(1);
    expect(stdout).not.toContain("s3cret");
    const { recognised, diagnosis, alternatives, source, quoted } = JSON.parse(stdout);
    expect(recognised).toBe(true);
    expect(diagnosis).toMatchObject({
      id: "authenticate.password-rejected",
      confidence: "likely",
      sqlstate: "28P01",
      errno: null,
      asyncpgException: "InvalidPasswordError",
    });
    expect(alternatives[0]).toMatchObject({ id: "authenticate.role-missing" });
    expect([source, quoted]).toEqual(["psql", expect.stringContaining("password authentication failed")]);
  });

  test("a text about something else: a null diagnosis and exit 0; no text at all is wrong usage", () => {
    const { status, stdout } = explain("Tyger Tyger, burning bright", "--json");
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { recognised: false, diagnosis: null, alternatives: [] }]);
    expect(explain("").status).toBe(2);
    expect(explain(text, "postgresql://h/d").status).toBe(2);
  });
});
