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

  /** How far two pictures of one size differ in the pixel and colour where they differ most, 0 to 255. */
  async greatestDifference(one: Buffer, other: Buffer): Promise<number> {
    return this.page.evaluate(
      async (pictures) => {
        const [a = [], b = []] = await Promise.all(
          pictures.map(async (picture) => {
            const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
            const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
            pen?.drawImage(image, 0, 0);
            return pen?.getImageData(0, 0, image.width, image.height).data ?? [];
          }),
        );
        if (a.length !== b.length) return 255;
        let greatest = 0;
        for (let at = 0; at < a.length; at += 1) greatest = Math.max(greatest, Math.abs((a[at] ?? 0) - (b[at] ?? 0)));
        return greatest;
      },
      [one.toString("base64"), other.toString("base64")],
    );
  }

  async close(): Promise<void> {
    await this.window.close();
  }
}
