import { expect, it } from "vitest";
import { shortPath } from "./short-path";

it("puts ~ for the home folder, and only for it", () => {
  expect(shortPath("/home/me/code/app", "/home/me", 40)).toBe("~/code/app");
  expect(shortPath("/home/me", "/home/me", 40)).toBe("~");
  expect(shortPath("/home/melissa/app", "/home/me", 40)).toBe("/home/melissa/app");
  expect(shortPath("C:\\Users\\me\\app", "C:\\Users\\me", 40)).toBe("~\\app");
});

it("keeps the end, where the project's own name is, and never grows past the length", () => {
  const short = shortPath("/srv/a/very/long/path/to/some/where/ticket_desk", "", 26);
  expect(short).toHaveLength(26);
  expect(short.endsWith("ticket_desk")).toBe(true);
  expect(short).toContain("…");
});
