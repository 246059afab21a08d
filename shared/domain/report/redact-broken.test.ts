import { describe, expect, it } from "vitest";
import { createRedactor } from "./redact";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");
const cut = (text: string, size: number): readonly string[] => text.match(new RegExp(`.{1,${size}}`, "gsu")) ?? [];

/** What breaks a text up, spaces it out or writes its bytes, and leaves it for anybody to read. */
const BROKEN: Readonly<Record<string, (text: string) => string>> = {
  "over several lines": (text) => cut(text, 10).join("\n"),
  "over several lines, indented": (text) => cut(text, 10).join("\n\t"),
  "over several lines of C": (text) => cut(text, 10).join("\\\n"),
  "over several lines, escaped": (text) => cut(text, 10).join("\\n"),
  "in pieces put together": (text) => cut(text, 8).join('" + "'),
  "with signs nobody sees": (text) => cut(text, 4).join("\u200b"),
  "with soft hyphens": (text) => cut(text, 4).join("\u00ad"),
  "sign by sign": (text) => [...text].join(" "),
  "in full width": (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  "with accents apart": (text) => text.normalize("NFD"),
  "with spaces that do not break": (text) => text.replaceAll(" ", "\u00a0"),
  "with a word processor's quotes": (text) => text.replaceAll("'", "’").replaceAll('"', "”"),
  "for a shell": (text) => `'${text.replaceAll("'", "'\\''")}'`,
  "for a shell, sign by sign": (text) => text.replace(/[^A-Za-z0-9]/g, "\\$&"),
  "in octal": (text) => [...bytes(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""),
  "as bytes of Python": (text) => [...bytes(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join(""),
  "as code points": (text) => [...text].map((sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`).join(""),
  "as long code points": (text) =>
    [...text].map((sign) => `\\U${sign.codePointAt(0)?.toString(16).padStart(8, "0")}`).join(""),
  "as entities": (text) => [...text].map((sign) => `&#${sign.codePointAt(0)};`).join(""),
  "as a mail": (text) =>
    [...bytes(text)]
      .map((byte) => (byte > 32 && byte < 127 && byte !== 61 ? String.fromCharCode(byte) : `=${byte.toString(16)}`))
      .join(""),
  "in hexadecimal, byte by byte": (text) =>
    bytes(text)
      .toString("hex")
      .replace(/..(?=.)/g, "$& "),
  "as a fingerprint": (text) =>
    bytes(text)
      .toString("hex")
      .replace(/..(?=.)/g, "$&:"),
  "as a Buffer of Node": (text) => JSON.stringify(bytes(text)),
  "in base64 over several lines": (text) => cut(bytes(text).toString("base64"), 8).join("\n"),
  "as UTF-16 in base64": (text) => Buffer.from(text, "utf16le").toString("base64"),
  "as UTF-16 in hexadecimal": (text) => Buffer.from(text, "utf16le").toString("hex"),
};

/** What puts one spelling into another, as a log that repeats a log does. */
const AROUND: Readonly<Record<string, (text: string) => string>> = {
  "URL-encoded": encodeURIComponent,
  "as JSON": (text) => JSON.stringify(text).slice(1, -1),
  "in base64": (text) => bytes(text).toString("base64"),
  "in hexadecimal": (text) => bytes(text).toString("hex"),
  "as HTML": (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
  "as entities": (text) => [...text].map((sign) => `&#${sign.codePointAt(0)};`).join(""),
};

const SECRETS = ["Tr0ub4dor's \"&3", "p@ss/w:rd?#%20", "päss wörd-27", "c0rrect-horse_staple", "пароль-Секрет7"];

/** Whether more than half of a spelling is left. */
function tells(text: string, spelt: string): boolean {
  const length = Math.max(6, Math.ceil(spelt.length * 0.6));
  for (let at = 0; at + length <= spelt.length; at += 1) if (text.includes(spelt.slice(at, at + length))) return true;
  return false;
}

const redact = (text: string, secret: string): string => createRedactor([{ kind: "secret", text: secret }]).text(text);

describe("a secret that is broken up", () => {
  it.each(Object.entries(BROKEN))("goes when it is written %s", (_name, spell) => {
    for (const secret of SECRETS)
      for (const around of [(text: string) => `it says ${text} to me`, (text: string) => `"k":"${text}"`]) {
        const spelt = spell(secret);
        const text = redact(around(spelt), secret);
        expect(tells(text, spelt), `${spelt} → ${text}`).toBe(false);
      }
  });

  it.each(Object.entries(AROUND))("goes when each of these is %s once more", (_name, wrap) => {
    for (const [name, spell] of Object.entries(BROKEN))
      for (const secret of SECRETS) {
        const spelt = wrap(spell(secret));
        expect(tells(redact(`it says ${spelt} to me`, secret), spelt), `${name}: ${spelt}`).toBe(false);
      }
  });

  it("goes at every place where a text repeats it", () => {
    const spelt = bytes("c0rrect-horse_staple").toString("base64");
    expect(redact(`${spelt} and ${spelt}`, "c0rrect-horse_staple")).toBe("*** and ***");
  });

  it("goes where a long text is cut off in the middle of it, however it is spelt", () => {
    const secret = "c0rrect-horse_staple";
    for (const spelt of [secret, bytes(secret).toString("base64"), bytes(secret).toString("hex")])
      for (let kept = 1; kept < spelt.length; kept += 1) {
        const text = redact(`${"word ".repeat(1_600).slice(0, 8_000 - kept)}${spelt} and more`, secret);
        expect(text.slice(-spelt.length - 4)).not.toContain(spelt.slice(0, 4));
      }
  });

  it("goes from the end of a long text that is full of other escapes", () => {
    const secret = "c0rrect-horse_staple";
    const full = "a%20b \\n 'it''s' &quot; =3D \\u0041 +x ".repeat(190);
    for (const spell of [
      (text: string) => bytes(text).toString("base64"),
      (text: string) => encodeURIComponent(bytes(text).toString("base64")),
    ])
      expect(redact(`${full}${spell(secret)}`, secret)).not.toContain(spell(secret).slice(0, 12));
  });

  it("leaves the words around it, and texts that only look like it", () => {
    expect(redact("the c0rrect horse\n staple is mine", "c0rrect-horse_staple")).toBe("the *** is mine");
    const other = "connection to server on port 5432 failed: 41 42 43 44 45 46, AAAA\nBBBBCCCC";
    expect(redact(other, "c0rrect-horse_staple")).toBe(other);
  });
});
