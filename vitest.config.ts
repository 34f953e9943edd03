import { configDefaults, defineConfig } from "vitest/config";
import { SummaryReporter } from "./scripts/summary_reporter.ts";

// Only a hang reaches these limits; the full sets of golden traces take their time.
const LIMIT_MS = 900_000;

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // They install packages: `npm run test:package`.
    exclude: [...configDefaults.exclude, "test/package/**"],
    pool: "forks",
    // One less than there are would leave half of a small machine idle.
    maxWorkers: "100%",
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    // A daemon that the tester happens to run is no part of any test, nor is the service that runs it.
    env: { TEEMEM_SOCKET: "", GITHUB_ACTIONS: "" },
    reporters: ["default", new SummaryReporter()],
  },
});
