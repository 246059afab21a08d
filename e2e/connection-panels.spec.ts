import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { violations } from "./app/accessibility";
import { createHome } from "./app/home";
import { createProject } from "./app/projects";
import { spills } from "./app/spills";
import { ConnectionPage } from "./pages/connection";

const DSN = "postgresql://ticket_desk:p%40ss%2Fw0rd@db.example.com:5432/ticket_desk?sslmode=verify-full";

/** A pooler's string, whose mend writes a long name. */
const POOLER =
  "postgresql://alex:pw@ep-cool-darkness-123456-pooler.us-east-2.aws.neon.tech/shop?channel_binding=require";

test.describe("what is said about the string", () => {
  test("an error points at its field and at its character", async () => {
    const screen = await ConnectionPage.open();
    await screen.string.fill("postgresql://u:p@h:99999/d");
    await expect(screen.page.getByRole("alert")).toContainText("Character 20: The port is not a number");
    await expect(screen.window.field("Port")).toHaveAttribute("aria-invalid", "true");
    await expect(screen.layer.locator(".string-fault-sign")).toHaveText("9");
    await screen.focusNothing();
    await screen.window.button("Character 20").click();
    expect(await screen.caret()).toBe("postgresql://u:p@h:|9|9999/d");
    await screen.string.fill("postgresql://[::1/d");
    await expect(screen.layer.locator(".string-fault-sign")).toHaveText("[");
    await screen.close();
  });

  test("raw signs in a password and unfit parameters are mended in one press", async () => {
    const screen = await ConnectionPage.open();
    await screen.string.fill("postgresql://u:p@ss@localhost:5432/d");
    await screen.window.button("Encode @ in the password").click();
    await screen.isString("postgresql://u:p%40ss@localhost:5432/d");
    await screen.string.fill("postgresql://u:p@127.0.0.1:5432/d?connect_timeout=10&application_name=desk");
    await screen.worthKnowing.getByRole("button", { name: "Take connect_timeout out" }).click();
    await screen.isString("postgresql://u:p@127.0.0.1:5432/d?application_name=desk");
    await screen.window.button("Undo").click();
    await expect(screen.worthKnowing).toContainText("connect_timeout is read by libpq, not by asyncpg");
    await screen.close();
  });

  test("the panel reads as asyncpg, as libpq and as node-postgres, by keyboard too", async () => {
    const screen = await ConnectionPage.open();
    await screen.string.fill("host=h user=u dbname=d");
    await expect(screen.fact("Refuses")).toBeVisible();
    await screen.page.getByRole("tab", { name: "asyncpg" }).focus();
    await screen.page.keyboard.press("ArrowRight");
    await expect(screen.page.getByRole("heading", { name: "What libpq will do" })).toBeVisible();
    await expect(screen.fact("Address")).toContainText("h:5432");
    await screen.page.keyboard.press("ArrowRight");
    await expect(screen.fact("Refuses")).toContainText('a host named "base"');
    await screen.string.fill("postgresql://u@h/d?connect_timeout=3");
    await expect(screen.fact("Unlike libpq")).toContainText("It ignores connect_timeout.");
    await screen.close();
  });

  test("the project's own .env is one press away, and its values say so", async () => {
    const dsn = "postgresql://desk:p%40ss@127.0.0.1:5432/desk";
    const project = createProject("desk", { ".env": `DATABASE_URL=${dsn}\n` });
    const screen = await ConnectionPage.open({ project: project.path });
    await screen.window.button("Your .env").click();
    await screen.isString(dsn);
    await expect(screen.fact("Address")).toContainText(".env");
    await screen.close();
    project.remove();
  });

  test("each value says where it came from", async () => {
    const home = createHome();
    writeFileSync(path.join(home.path, ".pgpass"), "# own\ndb.local:*:*:me:s3cr3t\n", { mode: 0o600 });
    const env = { PGHOST: "db.local", PGPORT: "5544" };
    const screen = await ConnectionPage.open({ home, env });
    await screen.string.fill("postgresql://me@/shop");
    await expect(screen.fact("Address")).toContainText("db.local:5544");
    await expect(screen.fact("Address")).toContainText("host PGHOST, port PGPORT");
    await expect(screen.fact("Sign in")).toContainText(/user typed, password .*\.pgpass, line 2/);
    await expect(screen.fact("Encrypt")).toContainText("default");
    await screen.setClipboard("postgresql://me@h:1/shop");
    await screen.window.button("Paste").click();
    await expect(screen.fact("Address")).toContainText("pasted");
    await screen.window.field("Port").fill("2");
    await expect(screen.fact("Address")).toContainText("host pasted, port typed");
    expect(await screen.page.locator("body").innerText()).not.toContain("s3cr3t");
    await screen.close();
    home.remove();
  });
});

test.describe("what is folded away", () => {
  test("every parameter can be searched, set, checked at its place and taken out", async () => {
    const screen = await ConnectionPage.open();
    await screen.string.fill("postgresql://u@h/d?pool_size=5");
    await screen.window.button("Advanced").click();
    const list = screen.page.getByRole("list", { name: "Parameters" });
    await expect(list.getByRole("listitem")).toHaveCount(51);
    await expect(list.getByRole("listitem").first()).toContainText("pool_size");
    const search = screen.page.getByRole("searchbox", { name: "Search the parameters" });
    await search.fill("session standby");
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await expect(list).toContainText("libpq · asyncpg reads it from 0.28 · node-postgres ignores it");
    await list.getByLabel("target_session_attrs").selectOption("primary");
    await screen.isString("postgresql://u@h/d?pool_size=5&target_session_attrs=primary");
    await list.getByLabel("target_session_attrs").selectOption("");
    await screen.isString("postgresql://u@h/d?pool_size=5");
    await search.fill("keepalives_idle");
    await list.getByLabel("keepalives_idle").fill("soon");
    await expect(list.getByRole("alert")).toContainText("does not take this value");
    await screen.isString("postgresql://u@h/d?pool_size=5");
    await list.getByLabel("keepalives_idle").fill("60");
    await screen.isString("postgresql://u@h/d?pool_size=5&keepalives_idle=60");
    await search.fill("zebra");
    await expect(screen.page.getByText("No parameter of libpq’s has")).toBeVisible();
    await screen.window.button("Show all").click();
    await list.getByLabel("pool_size").fill("");
    await screen.isString("postgresql://u@h/d?keepalives_idle=60");
    await screen.close();
  });

  test("the string is copied in each format, its password masked until it is asked for", async () => {
    const screen = await ConnectionPage.open();
    await screen.string.fill(DSN);
    await screen.window.button("Copy as").focus();
    await screen.page.keyboard.press("Enter");
    const dialog = screen.window.dialog("Copy as");
    const expected: readonly (readonly [string, RegExp])[] = [
      ["URI", /^postgresql:\/\/ticket_desk:p%40ss%2Fw0rd@db\.example\.com:5432\/ticket_desk\?sslmode=verify-full$/],
      ["Keyword/value", /^host=db\.example\.com port=5432 user=ticket_desk password=p@ss\/w0rd dbname=ticket_desk /],
      ["psql command", /^psql 'postgresql:\/\/ticket_desk@db\.example\.com/],
      ["asyncpg code", /password="p@ss\/w0rd"/],
      ["SQLAlchemy URL", /^postgresql\+asyncpg:\/\/ticket_desk:p%40ss%2Fw0rd@/],
      ["JDBC URL", /^jdbc:postgresql:\/\/db\.example\.com:5432\/ticket_desk\?/],
    ];
    await dialog.getByRole("tab", { name: "URI" }).focus();
    for (const [title, text] of expected) {
      const shown = dialog.getByRole("region", { name: title });
      await expect(shown).toBeVisible();
      await expect(shown).not.toContainText(/p@ss|p%40ss/);
      await dialog.getByRole("button", { name: `Copy the ${title}` }).click();
      await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
      expect(await screen.clipboard(), title).toMatch(text);
      await dialog.getByRole("tab", { name: title }).focus();
      await screen.page.keyboard.press("ArrowRight");
    }
    await expect(dialog.getByRole("region", { name: "URI" })).toContainText("ticket_desk:••••••••@");
    await dialog.getByRole("button", { name: "Show the password" }).click();
    await expect(dialog.getByRole("region", { name: "URI" })).toContainText("p%40ss%2Fw0rd");
    await screen.page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(screen.window.button("Copy as")).toBeFocused();
    await screen.close();
  });
});

for (const theme of ["light", "dark"] as const) {
  test(`everything is there and readable in the ${theme} theme, small and at 200 %`, async () => {
    const screen = await ConnectionPage.open();
    const { launched } = screen.window;
    await launched.preferTheme(theme);
    const look = async (name: string): Promise<void> => {
      await launched.screenshot(`connection-${name}-${theme}`);
      expect(await violations(launched), name).toEqual([]);
      const wide = await screen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    };
    await look("empty");
    await screen.string.fill(POOLER);
    await look("pooler");
    expect(await spills(screen.page)).toEqual([]);
    await screen.string.fill(`${DSN}&connect_timeout=10`);
    await look("filled");
    await screen.window.button("Copy as").click();
    await look("copy");
    await screen.page.keyboard.press("Escape");
    await screen.window.button("Advanced").click();
    await screen.page.getByRole("searchbox").scrollIntoViewIfNeeded();
    await look("advanced");
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 620));
    await expect.poll(() => screen.page.evaluate(() => innerWidth)).toBe(900);
    await look("advanced-small");
    await screen.window.button("Advanced").click();
    await screen.string.fill("postgresql://u:p@ss@h:99999/d?sslmode=bogus");
    await look("fault-small");
    await screen.string.fill(`${DSN}&application_name=${"a-long-name-".repeat(40)}`);
    await look("long-small");
    await screen.string.fill(POOLER);
    expect(await spills(screen.page)).toEqual([]);
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
    const clipped = await screen.page.evaluate(() =>
      [...document.querySelectorAll("main *")]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".visually-hidden"))
        .map((one) => one.outerHTML.slice(0, 80)),
    );
    expect(clipped).toEqual([]);
    expect(await spills(screen.page)).toEqual([]);
    await screen.close();
  });
}
