import { expect, type Locator, type Page } from "@playwright/test";
import type { LaunchOptions } from "../app/launch";
import { AppWindow } from "./window";

/** The Connection screen as a person uses it. */
export class ConnectionPage {
  readonly window: AppWindow;
  readonly page: Page;

  constructor(window: AppWindow) {
    this.window = window;
    this.page = window.page;
  }

  /** Starts the app and goes to the screen. */
  static async open(options: LaunchOptions = {}): Promise<ConnectionPage> {
    const window = await AppWindow.open(options);
    await window.goTo("Connection");
    return new ConnectionPage(window);
  }

  /** The text area; what is in it is the string, password in clear. */
  get string(): Locator {
    return this.page.getByRole("textbox", { name: "Connection string" });
  }

  /** What is painted behind the caret. */
  get layer(): Locator {
    return this.page.locator(".string-layer");
  }

  /** A row of "What ... will do". */
  fact(label: string): Locator {
    return this.page.locator(`dt:text-is("${label}") + dd`);
  }

  get worthKnowing(): Locator {
    return this.page.locator("section.card", { has: this.page.getByRole("heading", { name: "Worth knowing" }) });
  }

  async isString(text: string): Promise<void> {
    await expect(this.string).toHaveValue(text);
  }

  /** Puts the caret before the character at `position`, counted from 0. */
  async putCaret(position: number): Promise<void> {
    await this.string.focus();
    await this.string.evaluate((area: HTMLTextAreaElement, at) => area.setSelectionRange(at, at), position);
  }

  /** The string with | at the caret, or around what is selected. */
  async caret(): Promise<string> {
    return this.string.evaluate((area: HTMLTextAreaElement) => {
      const { value, selectionStart, selectionEnd } = area;
      const selected = selectionStart === selectionEnd ? "" : `${value.slice(selectionStart, selectionEnd)}|`;
      return `${value.slice(0, selectionStart)}|${selected}${value.slice(selectionEnd)}`;
    });
  }

  async setClipboard(text: string): Promise<void> {
    await this.window.launched.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  }

  async clipboard(): Promise<string> {
    return this.window.launched.app.evaluate(({ clipboard }) => clipboard.readText());
  }

  /** Leaves every control. */
  async focusNothing(): Promise<void> {
    await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }

  /** The box of the string as it is seen, PNG. */
  async picture(): Promise<Buffer> {
    return this.page.locator(".string-scroll").screenshot({ animations: "disabled", caret: "hide" });
  }

  async close(): Promise<void> {
    await this.window.close();
  }
}
