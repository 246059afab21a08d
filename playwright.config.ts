import { defineConfig } from "@playwright/test";

/** End-to-end tests drive the real Electron; one at a time, because they share the computer's ports and servers. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-output/playwright",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  globalTimeout: 1_200_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-output/e2e.json" }]],
});
