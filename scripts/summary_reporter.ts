// A vitest reporter that ends a run with one line: `N passed, N failed`.
import type { SerializedError } from "vitest";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import { NO_BOARD, NO_DEBIAN, NO_SHARED } from "../test/support/needs.ts";

/**
 * Prints `N passed, N failed` (and `, N skipped`) as the last line of a run. What fails outside of a test, such as a file
 * that does not load, counts as one failure; so does a skipped test where CI=true is set, unless it lacks the whole sets of data, or a board.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    let passed = 0;
    let failed = unhandled.length;
    let skipped = 0;
    for (const module of modules) {
      failed += outsideTests(module);
      for (const suite of module.children.allSuites()) failed += outsideTests(suite);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state !== "skipped") failed++;
        else if (mayBeSkipped(test)) skipped++;
        else {
          failed++;
          process.stdout.write(`skipped, which CI does not take: ${module.relativeModuleId}: ${test.fullName}\n`);
          process.exitCode = 1;
        }
      }
    }
    process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  }
}

/** Under CI=true a test may be skipped only for want of the whole sets of data, of a board, or of Debian's OP-TEE. */
function mayBeSkipped(test: TestCase): boolean {
  const result = test.result();
  if (process.env.CI !== "true") return true;
  const note = (result.state === "skipped" ? result.note : undefined) ?? "";
  return [NO_SHARED, NO_BOARD].includes(note) || note.startsWith(NO_DEBIAN);
}

function outsideTests(place: TestModule | TestSuite): number {
  return place.errors().length > 0 ? 1 : 0;
}
