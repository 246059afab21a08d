import { expect, it } from "vitest";
import type { EnvPreview } from "../../../shared/domain/project-types";
import { gitSays } from "./git-says";

const preview = (more: Partial<EnvPreview> = {}): EnvPreview => ({
  id: "p",
  path: "/home/me/code/ticket_desk/.env",
  exists: true,
  changes: [],
  diff: [],
  gitIgnored: true,
  tracked: false,
  shadowedBy: null,
  backup: "/home/me/code/ticket_desk/.env.bak",
  mode: "600",
  warnings: [],
  ...more,
});

const whole = (more: Partial<EnvPreview>, ignore = true): string => {
  const { title, rest } = gitSays(preview(more), ignore);
  return `${title} ${rest}`;
};

it("says in one sentence that all is well", () => {
  expect(whole({})).toBe(".env is ignored by git and readable only by you (600). The old file is kept as .env.bak.");
  expect(gitSays(preview(), true).safe).toBe(true);
});

it("says who else may read the file", () => {
  expect(whole({ mode: "644" })).toContain("readable by every account here (644)");
  expect(whole({ mode: "640" })).toContain("readable by you and the file’s group (640)");
});

it("is safe without an ignoring line only when that line is about to be added", () => {
  expect(gitSays(preview({ gitIgnored: false }), true)).toMatchObject({ safe: true });
  expect(gitSays(preview({ gitIgnored: false }), false)).toMatchObject({ safe: false });
  expect(whole({ gitIgnored: false }, false)).toContain("committed by mistake");
});

it("gives the command that takes a tracked file out of git", () => {
  expect(gitSays(preview({ tracked: true, gitIgnored: true }), true)).toMatchObject({
    safe: false,
    command: "git rm --cached .env",
  });
});

it("does not speak of ignoring where there is no git", () => {
  expect(whole({ gitIgnored: null, backup: null })).toBe(
    "This folder is no git work tree. .env is readable only by you (600).",
  );
});
