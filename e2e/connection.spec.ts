import { expect, test } from "@playwright/test";
import { ConnectionPage } from "./pages/connection";

const DSN = "postgresql://ticket_desk:p%40ss%2Fw0rd@db.example.com:5432/ticket_desk?sslmode=verify-full";
/** Spelled as this app would not spell it. */
const ODD = "postgres://%75ser:p%2fw@h:05432/d%62?options=-c%20a%3Db&sslmode=prefer";

test.describe("editing", () => {
  let screen: ConnectionPage;
  test.beforeEach(async () => {
    screen = await ConnectionPage.open();
  });
  test.afterEach(async () => {
    await screen.close();
  });

  test("typing in the middle keeps the caret, and the fields follow", async () => {
    await screen.string.fill(DSN);
    await screen.putCaret(DSN.indexOf("db.example"));
    await screen.page.keyboard.type("my-");
    expect(await screen.caret()).toBe(DSN.replace("db.example", "my-|db.example"));
    await expect(screen.window.field("Host")).toHaveValue("my-db.example.com");
    await screen.page.keyboard.press("Backspace");
    expect(await screen.caret()).toBe(DSN.replace("db.example", "my|db.example"));
    await expect(screen.fact("Address")).toContainText("mydb.example.com:5432");
    await screen.page.keyboard.press("Enter");
    await screen.isString(DSN.replace("db.", "mydb."));
  });

  test("an input method's half-written word is left alone until it is done", async () => {
    await screen.string.fill("postgresql://@h/d");
    await screen.putCaret("postgresql://".length);
    const session = await screen.page.context().newCDPSession(screen.page);
    for (const text of ["あ", "あか", "赤"])
      await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    expect(await screen.caret()).toBe("postgresql://赤|@h/d");
    await session.send("Input.insertText", { text: "赤い" });
    expect(await screen.caret()).toBe("postgresql://赤い|@h/d");
    await expect(screen.window.field("User")).toHaveValue("赤い");
  });

  test("a field changes its own part and nothing else, and the caret stays beside the same characters", async () => {
    await screen.string.fill(ODD);
    await screen.putCaret(ODD.indexOf("options"));
    await screen.window.field("Port").fill("6543");
    await screen.isString(ODD.replace("05432", "6543"));
    await screen.window.field("User").fill("é");
    await screen.window.password("Password").fill("a b");
    await screen.page.getByLabel("Encryption (sslmode)").selectOption("require");
    const expected = "postgres://%C3%A9:a%20b@h:6543/d%62?options=-c%20a%3Db&sslmode=require";
    await screen.isString(expected);
    expect(await screen.caret()).toBe(expected.replace("?options", "?|options"));
    await screen.window.field("Port").fill("");
    await screen.isString(expected.replace(":6543", ""));
  });

  test("what a field cannot put into the string is said there; undo takes it back", async () => {
    await screen.string.fill(DSN);
    const port = screen.window.field("Port");
    await port.fill("70000");
    await expect(screen.page.getByRole("alert")).toContainText("65535");
    await screen.isString(DSN);
    await screen.window.button(/Test and continue/).click();
    await expect(port).toBeFocused();
    await port.press("Control+z");
    await expect(port).toHaveValue("5432");
    await expect(screen.page.getByRole("alert")).toHaveCount(0);
    await screen.isString(DSN);
  });

  test("undo and redo go over the string, the fields and whatever one press did", async () => {
    await screen.string.pressSequentially("postgresql://h/d");
    await screen.window.field("User").pressSequentially("me");
    await screen.window.button("Docker").click();
    const docker = await screen.string.inputValue();
    await screen.focusNothing();
    await screen.page.keyboard.press("Control+z");
    await screen.isString("postgresql://me@h/d");
    await screen.window.field("Host").focus();
    await screen.page.keyboard.press("Control+z");
    await screen.isString("postgresql://h/d");
    await expect(screen.window.field("User")).toHaveValue("");
    await screen.string.focus();
    await screen.page.keyboard.press("Control+z");
    await screen.isString("");
    await screen.window.button("Redo").click();
    await screen.page.keyboard.press("Control+y");
    await screen.isString("postgresql://me@h/d");
    await screen.page.keyboard.press("Control+Shift+Z");
    await screen.isString(docker);
    await screen.window.button("Undo").click();
    await screen.isString("postgresql://me@h/d");
    await screen.window.goTo("Pool");
    await screen.window.goTo("Connection");
    await screen.window.button("Undo").click();
    await screen.isString("postgresql://h/d");
  });
});

test.describe("the password", () => {
  test("cannot be read off the screen until it is revealed, also while it is edited", async () => {
    const screen = await ConnectionPage.open();
    const pictures = async (): Promise<readonly string[]> => {
      const seen: string[] = [];
      for (const letter of ["a", "W"]) {
        await screen.string.fill(`postgresql://u:${letter.repeat(12)}@h/d`);
        await screen.string.focus();
        seen.push((await screen.picture()).toString("base64"));
      }
      return seen;
    };
    const [first, second] = await pictures();
    expect(first).toBe(second);
    await screen.window.button("Show the password in the string").click();
    const [third, fourth] = await pictures();
    expect(third).not.toBe(fourth);
    await screen.window.button("Hide the password in the string").click();
    expect((await pictures())[0]).toBe(first);
    // Before its @ is typed, too.
    await screen.string.fill("postgresql://me:s3cr");
    expect((await screen.layer.locator(".string-dots").allTextContents()).join("")).toBe("s3cr");
    await screen.close();
  });

  test("shows in no other place either, where a fault makes a piece of it look like something else", async () => {
    const screen = await ConnectionPage.open();
    const { window, page } = screen;
    await screen.string.fill("postgresql://u:p@ss@h:99999/d");
    await expect(window.field("Host")).toHaveValue("h");
    await expect(window.password("Password")).toHaveValue("p@ss");
    for (const [text, pieces] of [
      ["postgresql://u:12/SECRET@h", ["Port", "Database"]],
      ["postgresql://me:SECRET/SECRET", ["Port", "Database"]],
      ["postgresql://u:SECRET@SECRET@h:99999/d", []],
      ["host=h password=SECRET SECRET", []],
    ] as const) {
      await screen.string.fill(text);
      for (const label of pieces)
        await expect(window.password(label), `${label} of ${text}`).toHaveAttribute("type", "password");
      const seen = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("body *:not(textarea)")]
          .map((element) => {
            if (element instanceof HTMLInputElement) return element.type === "password" ? "" : element.value;
            const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
            return element.closest(".string-dots") ? "" : own.map(({ textContent }) => textContent).join("");
          })
          .join("\n"),
      );
      expect(seen, text).not.toContain("SECRET");
    }
    await screen.string.fill("postgresql://u:12/SECRET@h");
    await window.button("Show the password in the string").click();
    await expect(window.field("Database")).toHaveValue("SECRET@h");
    await expect(window.field("Database")).toHaveAttribute("type", "text");
    await screen.close();
  });

  test("is covered character for character: what is painted lies exactly where the text is", async () => {
    const screen = await ConnectionPage.open();
    const tricky = ["a-b", "/x?", "%2F", "é", "  ", "&&", "fi", "://", "--"];
    const long = Array.from({ length: 40 }, (_, index) => tricky[index % tricky.length]).join("");
    await screen.string.fill(`postgresql://u:${encodeURI(long).slice(0, 90)}@h/d?options=${long}`);
    await screen.focusNothing();
    const paint = (selector: string, styles: Readonly<Record<string, string>>): Promise<void> =>
      screen.page.evaluate(
        ([found, rules]) => {
          for (const element of document.querySelectorAll<HTMLElement>(found))
            for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value);
        },
        [selector, styles] as const,
      );
    await paint(".string-layer span", { color: "var(--ink)", background: "none", "box-shadow": "none" });
    const layer = await screen.picture();
    await paint(".string-layer", { visibility: "hidden" });
    await paint("#connection-string", { "-webkit-text-fill-color": "var(--ink)" });
    const text = await screen.picture();
    // Fractions of a pixel are rounded run by run; a sign that lies one pixel off differs by some 200.
    expect(await screen.greatestDifference(layer, text)).toBeLessThan(100);
    // Signs of other fonts are not of one width; lines break at the same places all the same.
    for (let length = 60; length < 75; length += 1) {
      await screen.string.fill(`postgresql://u:${"é日本😀-".repeat(length)}@h/d`);
      const heights = await screen.string.evaluate((area) => [
        area.scrollHeight,
        document.querySelector(".string-layer")?.clientHeight,
      ]);
      expect(heights[0], String(length)).toBe(heights[1]);
    }
    await screen.close();
  });
});

test.describe("pasting", () => {
  let screen: ConnectionPage;
  test.beforeEach(async () => {
    screen = await ConnectionPage.open();
  });
  test.afterEach(async () => {
    await screen.close();
  });

  test("anywhere on the screen brings the string, read for what it means", async () => {
    await screen.setClipboard(`export DATABASE_URL="${DSN}"\n`);
    await screen.focusNothing();
    await screen.page.keyboard.press("Control+v");
    await screen.isString(DSN);
    await expect(screen.page.getByRole("status").filter({ hasText: "DATABASE_URL" })).toBeVisible();
    await screen.setClipboard("postgresql+asyncpg://u@h/d");
    await screen.window.field("Host").focus();
    await screen.page.keyboard.press("Control+v");
    await screen.isString("postgresql://u@h/d");
    await screen.page.keyboard.press("Control+z");
    await screen.isString(DSN);
  });

  test("a piece stays a piece, and a password may be an address", async () => {
    await screen.string.fill("postgresql://u:x@host/d");
    await screen.setClipboard("my.");
    await screen.putCaret("postgresql://u:x@".length);
    await screen.page.keyboard.press("Control+v");
    expect(await screen.caret()).toBe("postgresql://u:x@my.|host/d");
    await screen.setClipboard("postgres://");
    await screen.window.password("Password").focus();
    await screen.window.password("Password").selectText();
    await screen.page.keyboard.press("Control+v");
    await screen.isString("postgresql://u:postgres%3A%2F%2F@my.host/d");
  });

  test("what is longer than any string is not taken, and thousands of hosts are still one string to edit", async () => {
    await screen.string.fill(DSN);
    await screen.setClipboard(`postgresql://u@h/d?options=${"a".repeat(300_000)}`);
    await screen.string.selectText();
    await screen.page.keyboard.press("Control+v");
    await expect(screen.page.getByText("more than 100,000 characters is not taken")).toBeVisible();
    await screen.isString(DSN);
    const many = `postgresql://u:p@${"h:1,".repeat(20_000)}h/d`;
    await screen.setClipboard(many);
    await screen.page.keyboard.press("Control+v");
    await screen.isString(many);
    await screen.page.keyboard.press("End");
    await screen.page.keyboard.type("b");
    await expect(screen.window.field("Database")).toHaveValue("db");
    await expect(screen.page.getByText("is not taken")).toHaveCount(0);
  });

  test("what is no connection string changes nothing", async () => {
    await screen.string.fill(DSN);
    await screen.setClipboard("bread, milk and two lemons");
    await screen.window.button("Paste").click();
    await expect(screen.page.getByText("The clipboard holds no connection string.")).toBeVisible();
    await screen.isString(DSN);
  });
});
