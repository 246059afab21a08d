import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsInLine, UNKNOWN_ADDRESS, withAddress, withLine, withoutLine } from "./hba-file";

const LINE = 'host "app" "app" 127.0.0.1/32 scram-sha-256';
const FILE = "# rules\nlocal all all peer\nhost all all ::1/128 scram-sha-256\n";

const file = fc.array(
  fc.constantFrom("local all all peer\n", "# x\n", "\n", "host all all all md5 \\\n", "é\n", "last"),
);

describe("a line for pg_hba.conf", () => {
  it("goes last, with its number", () => {
    expect(withLine(FILE, LINE, "last")).toEqual({
      content: `${FILE}# added by Aksara Database Setup\n${LINE}\n`,
      lineNumber: 5,
    });
  });
  it("goes first, with its number", () => {
    const { content, lineNumber } = withLine(FILE, LINE, "first");
    expect(content.split("\n")[lineNumber - 1]).toBe(LINE);
    expect(content.endsWith(FILE)).toBe(true);
  });
  it("does not run into a last line without an end", () => {
    const { content, lineNumber } = withLine("local all all peer", LINE, "last");
    expect(content.split("\n")[0]).toBe("local all all peer");
    expect(content.split("\n")[lineNumber - 1]).toBe(LINE);
  });
  it("keeps the line ends of the file", () => {
    expect(withLine("local all all peer\r\n", LINE, "last").content).toBe(
      `local all all peer\r\n# added by Aksara Database Setup\r\n${LINE}\r\n`,
    );
  });
  it("is taken out again, and nothing else", () => {
    fc.assert(
      fc.property(file, fc.constantFrom("first" as const, "last" as const), (lines, place) => {
        const before = lines.join("");
        const taken = withoutLine(withLine(before, LINE, place).content, LINE);
        const ended = before === "" || before.endsWith("\n") || place === "first" ? before : `${before}\n`;
        expect(taken).toBe(ended);
      }),
    );
  });
  it("is taken out of a file that somebody went on with", () => {
    const grown = `${withLine(FILE, LINE, "last").content}host other other 10.0.0.0/8 scram-sha-256\n`;
    expect(withoutLine(grown, LINE)).toBe(`${FILE}host other other 10.0.0.0/8 scram-sha-256\n`);
  });
  it("is said to be gone where somebody took it out or changed it", () => {
    expect(withoutLine(FILE, LINE)).toBeNull();
    expect(withoutLine(withLine(FILE, LINE, "last").content.replace(LINE, `${LINE}#`), LINE)).toBeNull();
  });
});

describe("where the server sees a connection come from", () => {
  it.each([
    [LINE, "172.17.0.1", 'host "app" "app" 172.17.0.1/32 scram-sha-256'],
    [
      `hostssl "a b/32 c" "app" ${UNKNOWN_ADDRESS} scram-sha-256`,
      "fd00::1",
      'hostssl "a b/32 c" "app" fd00::1/128 scram-sha-256',
    ],
    [LINE, null, LINE],
    [`host "app" "app" ${UNKNOWN_ADDRESS} scram-sha-256`, null, null],
  ])("%s, seen as %s", (line, seen, expected) => {
    expect(withAddress(line, seen)).toBe(expected);
  });
});

it.each([
  ["app", true],
  ['str"ange ö', true],
  ["all", true],
  ["/.*", false],
  ["x\nhost all all all trust", false],
  ["x\r", false],
])("a line may hold the name %j: %s", (name, fits) => {
  expect(fitsInLine(name)).toBe(fits);
});
