import { defineConfig } from "vitest/config";

const SKIP = ["**/node_modules/**", "out/**", "dist/**", ".cache/**", "test-output/**"];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...SKIP, "**/*.integration.test.ts"],
          // Rules are pure and threads start faster; nothing here starts processes.
          pool: "threads",
        },
      },
      {
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: SKIP,
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
