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

const lead = (shown: EnvPreview | null, more: { snippet?: string; written?: boolean } = {}): string =>
  leadOf({ preview: shown, file: ".env", snippet: more.snippet ?? null, written: more.written ?? false });

it("counts the lines that change", () => {
  expect(lead(preview(["change", "add", "same"]))).toBe(
    "Two lines change in .env. Everything else in the file stays as it is, comments included.",
  );
  expect(lead(preview(["change"]))).toContain("One line changes");
});

it("tells a new file, an unchanged one and one just written apart", () => {
  expect(lead(preview(["add", "add", "add"], false))).toBe(".env is new, with three lines.");
  expect(lead(preview(["same"]))).toBe("Nothing changes: .env says so already.");
  expect(lead(preview(["same"]), { written: true })).toBe("Written. This is the file as it is now.");
});

it("says of a text to copy that nothing is written", () => {
  expect(lead(preview(["change"]), { snippet: "configure()" })).toContain("nothing is written");
});
