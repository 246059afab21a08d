import { expect, test } from "@playwright/test";
import { createHome } from "./app/home";
import { startSecondCopy } from "./app/launch";
import { createProject } from "./app/projects";
import { AppWindow } from "./pages/window";

test("theme, size, place and project are remembered, and forgotten on request", async () => {
  const home = createHome();
  const project = createProject("remembered");
  const first = await AppWindow.open({ home });
  await first.launched.chooseFolder(project.path);
  await first.page.getByRole("navigation").getByRole("button", { name: "Choose your project’s folder" }).click();
  await expect(first.page.getByRole("navigation")).toContainText("Aksara project");
  await first.goTo("Settings");
  await first.page.getByRole("radio", { name: "Dark" }).check();
  await first.launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 960, height: 650 }),
  );
  await expect.poll(() => first.page.evaluate(() => innerWidth)).toBe(960);
  await first.close();

  const second = await AppWindow.open({ home });
  await expect(second.page.getByRole("navigation")).toContainText("remembered");
  expect(await second.page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  const place = await second.launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(place).toEqual({ x: 40, y: 30, width: 960, height: 650 });
  await second.goTo("Settings");
  await second.button("Forget remembered data").click();
  await second.page.getByRole("dialog").getByRole("button", { name: "Forget" }).click();
  await expect(second.page.getByText("Forgotten.")).toBeVisible();
  await second.close();

  const third = await AppWindow.open({ home });
  await expect(third.page.getByRole("navigation")).toContainText("Choose your project’s folder");
  expect(await third.page.evaluate(() => document.documentElement.dataset.theme)).toBe("system");
  await third.close();
  home.remove();
  project.remove();
});

test("a second copy of the app brings the first one's window to the front and ends", async () => {
  const home = createHome();
  const first = await AppWindow.open({ home });
  const second = await startSecondCopy(home);
  expect(second.code).toBe(0);
  expect(second.printed).toContain("is open already");
  await first.goTo("Pool");
  await expect(first.heading("How many connections?")).toBeVisible();
  await first.close();
  home.remove();
});

test("steps keep what was entered", async () => {
  const window = await AppWindow.open();
  await window.goTo("Connection");
  await window.field("Host").fill("db.example.com");
  await window.field("User").fill("me");
  await window.password("Password").fill("p@ss/w0rd");
  await window.field("Port").fill("70000");
  await expect(window.page.getByRole("alert")).toContainText("65535");
  await window.field("Port").fill("6543");
  await window.field("Database").fill("shop");
  await window.goTo("Pool");
  await window.page.getByText("Small production").click();
  await window.field("App instances").fill("3");
  await window.goTo("Connection");
  expect(await window.string()).toBe("postgresql://me:p%40ss%2Fw0rd@db.example.com:6543/shop");
  await expect(window.field("Host")).toHaveValue("db.example.com");
  await window.goTo("Pool");
  await expect(window.field("App instances")).toHaveValue("3");
  await window.close();
});

test("unreadable text is said at the string and pointed at; the app goes on", async () => {
  const window = await AppWindow.open();
  await window.goTo("Connection");
  for (const text of [
    "mysql://u:p@h/d",
    "postgresql://u:p@h:99999/d",
    "postgresql://h/%zz",
    "total nonsense",
    "postgresql://[::1/d",
  ]) {
    await window.typeString(text);
    await expect(window.page.getByRole("alert")).toBeVisible();
  }
  await window.typeString("postgresql://u:p@localhost:5432/d");
  await expect(window.page.getByRole("alert")).toHaveCount(0);
  await window.close();
});

test("the page is isolated: no Node, a strict policy, no way out", async () => {
  const window = await AppWindow.open();
  const { page } = window;
  const seen = await page.evaluate(async () => {
    const inner = globalThis as unknown as Record<string, unknown>;
    const refused = async (work: () => Promise<unknown>): Promise<boolean> =>
      work().then(
        () => false,
        () => true,
      );
    return {
      url: location.href,
      node: ["require", "process", "module", "Buffer", "global"].filter((name) => name in inner),
      bridge: Object.keys(inner.aksara as object).sort(),
      frozen: Object.isFrozen(inner.aksara),
      opened: globalThis.open("https://example.com"),
      fetched: await refused(() => fetch("https://example.com")),
      // In a timer of the page's own: what the test tool itself evaluates is let past the policy.
      evaluated: await new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            new Function("return 1")();
            resolve(false);
          } catch {
            resolve(true);
          }
        });
      }),
      unknownCall: await refused(() =>
        (inner.aksara as { call(n: string, i: unknown): Promise<unknown> }).call("fs.read", "/etc/passwd"),
      ),
      notification: await Notification.requestPermission(),
    };
  });
  expect(seen).toEqual({
    url: "app://aksara/index.html",
    node: [],
    bridge: ["call", "onJob", "start"],
    frozen: true,
    opened: null,
    fetched: true,
    evaluated: true,
    unknownCall: true,
    notification: "denied",
  });
  await page.evaluate(() => {
    location.href = "https://example.com/";
  });
  expect(page.url()).toBe("app://aksara/index.html");
  const preferences = await window.launched.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { contextIsolation, sandbox, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
    return { contextIsolation, sandbox, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true });
  const served = await page.evaluate(async () => {
    const load = (path: string): Promise<string> =>
      new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = path;
        script.onload = () => resolve("loaded");
        script.onerror = () => resolve("refused");
        document.head.append(script);
      });
    return [
      await load("app://aksara/../main.cjs"),
      await load("app://aksara/%2e%2e/main.cjs"),
      await load("app://other/index.html"),
    ];
  });
  expect(served).toEqual(["refused", "refused", "refused"]);
  await window.close();
});
