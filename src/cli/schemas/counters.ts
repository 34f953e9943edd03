// What counters tell of a heap whose operations were not recorded.
import * as v from "valibot";
import { bytesMore, change, choice, flag, howMany, inBytes, number, object, text } from "./fields.ts";

/** How a heap grows. */
export const counterGrowth = object("How the bytes in use change from report to report.", {
  samples: howMany("Reports that were compared: the longest stretch without a new start."),
  restarts: howMany("How often the counters began anew."),
  first: inBytes("In use in the first report."),
  last: inBytes("In use in the last report."),
  rises: howMany("Steps in which it rose."),
  falls: howMany("Steps in which it fell."),
  even: flag("Every step changed it by the same."),
  perSample: number("Growth from report to report, the median of all pairs. In bytes."),
  perMinute: v.nullable(number("Growth in a minute, in bytes; null where the times are unknown.")),
  grows: flag("It grows steadily, and not by chance."),
  free: v.nullable(change("`size` less `allocated` in the last report, in bytes; null where one is unknown.")),
  samplesLeft: v.nullable(howMany("Reports until that is used up at this pace; null where it does not grow.")),
});

const optionValue = object("An option and its value.", {
  name: text("The build option."),
  value: inBytes("What to set it to, with the margin."),
});

/** One heap. */
export const heapByCounters = object("A heap of which only counters are known. What is unknown is null.", {
  heap: text("The pool or TA, as statistics call it."),
  samples: howMany("How many reports there are of it."),
  trend: v.nullable(counterGrowth),
  size: v.nullable(inBytes("Its pools.")),
  peak: v.nullable(inBytes("The most that was in use.")),
  waste: v.nullable(bytesMore("`size` less the peak: what this load left unused; null for a heap that grows.")),
  failures: v.nullable(howMany("Requests that failed.")),
  missing: v.nullable(
    inBytes("What was missing at least for the largest request that failed; 0 if that much was free."),
  ),
  estimate: v.nullable(inBytes("The least that the pool must have had; null where the counters do not tell.")),
  kind: choice("Which kind of estimate it is.", [
    "upper bound of waste",
    "growing",
    "lower bound",
    "fragmented",
    "impossible request",
    "self test",
    "not recorded",
  ]),
  text: text("All of it in sentences."),
  setting: v.optional(v.nullable(optionValue)),
});
