// Tests of trial_estimate.ts.
import { expect, test } from "vitest";
import { trialEstimate } from "./trial_estimate.ts";

test.each([
  [{ took: 4, replays: 800, workers: 2 }, true, null],
  [
    { took: 20, replays: 800, workers: 2 },
    true,
    "up to about 8 seconds: 800 replays at most, the first took 20 ms, 2 at a time",
  ],
  [{ took: 20, replays: 800, workers: 2 }, false, null],
  [
    { took: 1500, replays: 2000, workers: 4 },
    false,
    "up to about 13 minutes: 2,000 replays at most, the first took 1.5 s, 4 at a time",
  ],
])("%j, watched: %s", (first, isWatched, text) => {
  expect(trialEstimate(first, isWatched)).toBe(text);
});
