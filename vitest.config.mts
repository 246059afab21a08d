import { defineConfig } from "vitest/config";

const PROPERTY_SEED = "scripts/property-seed.mjs";
const SKIP = ["**/node_modules/**", "out/**", "dist/**", ".cache/**", "test-output/**"];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...SKIP, "**/*.integration.test.ts", "**/*.engine.test.ts"],
          setupFiles: PROPERTY_SEED,
          // Rules are pure and threads start faster; nothing here starts processes.
          pool: "threads",
          // Properties take as long as the machine is busy; how fast they are is the bench's business.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude: SKIP,
          setupFiles: PROPERTY_SEED,
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Needs a real container engine: scripts/engine-tests.mjs runs it beside one.
          name: "engine",
          include: ["**/*.engine.test.ts"],
          exclude: SKIP,
          pool: "forks",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
