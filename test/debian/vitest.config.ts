// The configuration of the tests on Debian's OP-TEE: `npm run test:debian`.
import { defineConfig } from "vitest/config";
import { SummaryReporter } from "../../scripts/summary_reporter.ts";

const LIMIT_MS = 900_000;

export default defineConfig({
  test: {
    include: ["test/debian/**/*.test.ts"],
    pool: "forks",
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    globalSetup: "test/support/hermetic.ts",
    reporters: ["default", new SummaryReporter()],
  },
});
