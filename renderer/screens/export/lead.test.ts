import { expect, it } from "vitest";
import type { EnvPreview } from "../../../shared/domain/project-types";
import { leadOf } from "./lead";

const preview = (kinds: readonly ("add" | "change" | "same")[], exists = true): EnvPreview => ({
  id: "p",
  path: "/p/.env",
  exists,
  changes: kinds.map((kind, index) => ({ key: `K${index}`, kind })),
  diff: [],
  gitIgnored: true,
  tracked: false,
  shadowedBy: null,
  backup: null,
  mode: "600",
  warnings: [],
});

it("counts the lines that change", () => {
  expect(leadOf(preview(["change", "add", "same"]), ".env")).toBe(
    "Two lines change in .env. Everything else in the file stays as it is, comments included.",
  );
  expect(leadOf(preview(["change"]), ".env")).toContain("One line changes");
});

it("tells a new file and an unchanged one apart", () => {
  expect(leadOf(preview(["add", "add", "add"], false), ".env")).toBe(".env is new, with three lines.");
  expect(leadOf(preview(["same"]), ".env")).toBe("Nothing changes: .env says so already.");
});
