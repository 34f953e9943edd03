// Tests of run_end.ts.
import { expect, it } from "vitest";
import { andWrong, ENDED_WELL, endedWith, exitCode, failedRun } from "./run_end.ts";

it.each([
  [0, null, { code: 0, wrong: [] }],
  [3, null, { code: 3, wrong: ["'x' ended with exit code 3"] }],
  [null, "SIGTERM", { code: 143, wrong: ["'x' ended with SIGTERM"] }],
  [null, "SIGKILL", { code: 137, wrong: ["'x' ended with SIGKILL"] }],
])("a command that ended with %j, %j", (code, signal, end) => {
  expect(endedWith("x", code, signal)).toEqual(end);
});

it("the command's exit code comes before ours, and ours before none", () => {
  expect(exitCode(ENDED_WELL)).toBe(0);
  expect(exitCode(andWrong(ENDED_WELL, "", ""))).toBe(0);
  expect(exitCode(andWrong(ENDED_WELL, "events were lost"))).toBe(1);
  expect(exitCode(andWrong(endedWith("x", 42), "events were lost"))).toBe(42);
  expect(exitCode(failedRun("it could not be reached"))).toBe(1);
});
