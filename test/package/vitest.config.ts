// The configuration of the package tests.
import { defineConfig } from "vitest/config";
import { SummaryReporter } from "../../scripts/summary_reporter.ts";

// `npm run test:package`: what a newcomer does, with packages from the registry or npm's cache.
const LIMIT_MS = 900_000;

export default defineConfig({
  test: {
    include: ["test/package/**/*.test.ts"],
    globalSetup: "test/package/setup.ts",
    pool: "forks",
    maxWorkers: 1,
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    reporters: ["default", new SummaryReporter()],
  },
});
