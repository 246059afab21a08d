import { expect, type Locator, type Page } from "@playwright/test";
import { type LaunchedApp, type LaunchOptions, launchApp } from "../app/launch";

export type StepName =
  | "Server"
  | "Database"
  | "Connection"
  | "Pool"
  | "Export"
  | "Diagnose"
  | "Install guide"
  | "Settings";

const TITLES: Readonly<Record<StepName, string | RegExp>> = {
  Server: "Where is PostgreSQL?",
  Database: /^A database for /,
  Connection: "The connection string",
  Pool: "How many connections?",
  Export: "Write it to your project",
  Diagnose: /^(Why it does not connect|It connects)$/,
  "Install guide": "Install guide",
  Settings: "Settings",
};

/** The window as a person uses it: things are found by their names. */
export class AppWindow {
  readonly launched: LaunchedApp;
  readonly page: Page;

  constructor(launched: LaunchedApp) {
    this.launched = launched;
    this.page = launched.window;
  }

  /** Starts the app; on Linux under a virtual display. */
  static async open(options: LaunchOptions = {}): Promise<AppWindow> {
    return new AppWindow(await launchApp(options));
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  field(label: string): Locator {
    return this.page.getByRole("textbox", { name: label, exact: true });
  }

  /** Password fields have no role; they are found by their label. */
  password(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  dialog(title: string): Locator {
    return this.page.getByRole("dialog", { name: title });
  }

  /** A server's card, by its label. */
  card(label: string | RegExp): Locator {
    return this.page
      .getByRole("list", { name: "Servers" })
      .getByRole("listitem")
      .filter({ has: this.page.locator("b", { hasText: label }) });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { level: 1, name, exact: typeof name === "string" });
  }

  async goTo(step: StepName): Promise<void> {
    await this.page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: step }).click();
    await expect(this.heading(TITLES[step])).toBeVisible();
  }

  /** Waits until the first or latest scan has ended. */
  async scanned(): Promise<void> {
    await expect(this.page.getByText(/found on this computer in \d+ ms/)).toBeVisible();
  }

  /** Puts a whole string in place of what is there. */
  async typeString(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Connection string" }).fill(text);
  }

  /** The string being built, as it is in memory. */
  async string(): Promise<string> {
    const strip = this.page.getByRole("region", { name: "The connection being built" });
    await strip.getByRole("button", { name: "Copy" }).click();
    return this.launched.app.evaluate(async ({ clipboard }) => clipboard.readText());
  }

  async close(): Promise<void> {
    await this.launched.close();
  }
}
