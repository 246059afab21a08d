import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSettings } from "./settings-file";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "settings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("gives the defaults where nothing was remembered, and says nothing about it", () => {
  const settings = openSettings(folder);
  expect(settings.get()).toEqual({ theme: "system", lastProject: null, window: null });
  expect(settings.problem).toBeNull();
});

it("keeps what was changed for the next start, readable only by its owner", () => {
  const place = { x: 1, y: 2, width: 900, height: 620, maximized: false };
  expect(openSettings(folder).update({ theme: "dark", window: place })).toEqual({ ok: true, value: null });
  expect(openSettings(folder).get()).toEqual({ theme: "dark", lastProject: null, window: place });
  expect(statSync(path.join(folder, "settings.json")).mode & 0o777).toBe(0o600);
});

it("says that a damaged file cannot be read and goes on with the defaults", () => {
  writeFileSync(path.join(folder, "settings.json"), "{not json");
  const settings = openSettings(folder);
  expect(settings.problem).toContain("settings.json");
  expect(settings.get().theme).toBe("system");
});

it("replaces only the damaged part of a readable file", () => {
  writeFileSync(path.join(folder, "settings.json"), '{"theme":"pink","lastProject":"/p","window":{"width":-1}}');
  expect(openSettings(folder).get()).toEqual({ theme: "system", lastProject: "/p", window: null });
});

it("says that it cannot be kept where the folder cannot be made, and keeps it for this run", () => {
  const file = path.join(folder, "a-file");
  writeFileSync(file, "");
  const settings = openSettings(path.join(file, "below"));
  const result = settings.update({ theme: "light" });
  expect(result.ok).toBe(false);
  expect(settings.get().theme).toBe("light");
});

it("forgets", () => {
  const settings = openSettings(folder);
  settings.update({ lastProject: "/p" });
  expect(settings.forget().ok).toBe(true);
  expect(openSettings(folder).get().lastProject).toBeNull();
  mkdirSync(folder, { recursive: true });
  expect(() => readFileSync(path.join(folder, "settings.json"))).toThrow();
});
