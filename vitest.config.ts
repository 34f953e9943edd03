import { configDefaults, defineConfig } from "vitest/config";
import { SummaryReporter } from "./scripts/summary_reporter.ts";

// Only a hang reaches these limits; the full sets of golden traces take their time.
const LIMIT_MS = 900_000;

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // They install or fetch packages: `npm run test:package`, `npm run test:debian`.
    exclude: [...configDefaults.exclude, "test/package/**", "test/debian/**"],
    pool: "forks",
    // One less than there are would leave half of a small machine idle.
    maxWorkers: "100%",
    testTimeout: LIMIT_MS,
    // Browsers, terminals and daemons on a busy server: what fails once is tried once more there, and the report says so.
    retry: process.env.CI === "true" ? 1 : 0,
    hookTimeout: LIMIT_MS,
    // What the tester's environment has, a daemon on the default socket too, does not reach tests.
    globalSetup: "test/support/hermetic.ts",
    reporters: ["default", new SummaryReporter()],
  },
});
