import { describe, expect, it } from "vitest";
import { isMethodAllowed } from "./require-auth";

describe("require_auth", () => {
  it.each([
    [null, "md5", true],
    ["scram-sha-256", "scram-sha-256", true],
    ["scram-sha-256", "none", false],
    ["md5,none", "none", true],
    ["!md5,!password", "md5", false],
    ["!md5,!password", "scram-sha-256", true],
    ["!md5", "none", true],
    ["!none", "md5", true],
  ])("%s: %s passes: %s", (requireAuth, method, passes) => {
    expect(isMethodAllowed(requireAuth, method)).toBe(passes);
  });
});
