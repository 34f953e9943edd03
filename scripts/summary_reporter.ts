import type { SerializedError } from "vitest";
import type { Reporter, TestModule, TestSuite } from "vitest/node";

/**
 * Prints `N passed, N failed` (and `, N skipped`) as the last line of a run. What fails outside of a test, such as a file
 * that does not load, counts as one failure.
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
        else if (state === "skipped") skipped++;
        else failed++;
      }
    }
    process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  }
}

function outsideTests(place: TestModule | TestSuite): number {
  return place.errors().length > 0 ? 1 : 0;
}
