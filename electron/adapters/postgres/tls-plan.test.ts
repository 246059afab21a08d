import { describe, expect, it } from "vitest";
import { certificateFolder } from "./tls-plan";

describe("the folder of certificates that no string names", () => {
  it.each([
    ["linux", {}, "/home/me", "/home/me/.postgresql"],
    ["darwin", { APPDATA: "C:\\no" }, "/Users/me", "/Users/me/.postgresql"],
    [
      "win32",
      { APPDATA: "C:\\Users\\me\\AppData\\Roaming" },
      "C:\\Users\\me",
      "C:\\Users\\me\\AppData\\Roaming\\postgresql",
    ],
    ["win32", {}, "C:\\Users\\me", "C:\\Users\\me\\AppData\\Roaming\\postgresql"],
  ] as const)("on %s with %o is libpq's own", (platform, environment, home, folder) => {
    expect(certificateFolder(platform, environment, home)).toBe(folder);
  });
});
