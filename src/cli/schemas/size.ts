// The JSON of `teemem size`.
import * as v from "valibot";
import { heapByCounters } from "./counters.ts";
import { as, choice, flag, howMany, inBytes, list, number, object, siteText, text } from "./fields.ts";
import { heapOption, MOMENT_FIELDS } from "./heap_report.ts";
import { textsRead, wordSize } from "./memory.ts";

/** A pool that was searched for. */
export const smallestPool = object("The smallest pool from which on every larger size that was tried works.", {
  pool: v.nullable(inBytes("Its size; null if none that was tried works.")),
  fails: v.nullable(inBytes("The largest size that does not work; null if the smallest that was tried works.")),
  lucky: list("Smaller sizes that work by luck, ascending.", inBytes("A size.")),
  from: inBytes("Every size from here on was tried, in steps of the quantum,"),
  to: inBytes("up to here,"),
  far: inBytes("and every eighth one up to here."),
  tried: howMany("How many sizes were tried."),
});

/** A point of the curve. */
export const curvePoint = object("What one pool size gives with one fit.", {
  newFailures: howMany("Requests that fail, and had succeeded."),
  unserved: howMany("Requests that fail again, but some pool would serve."),
  spoiltMarks: howMany("Marks with such a request, or with a block missing at their begin."),
  headroom: inBytes("What is never in use, not even at the peak."),
});

const heap = object("How large the pool of one heap has to be.", {
  heap: text("`core`, `ldelf` or `ta-UUID`."),
  version: text("The release of OP-TEE; empty if unknown."),
  operations: howMany("Operations on the heap."),
  instances: howMany("Its instances."),
  word: wordSize,
  leakHeaders: flag("The blocks have leak headers."),
  pool: inBytes("The largest pool that was recorded."),
  knob: heapOption,
  quantum: inBytes("The step of block sizes."),
  curable: howMany("Requests that failed, and that a larger pool would have served."),
  variants: list(
    "As it was built, with first and best fit; then other builds.",
    object("An allocator, and the smallest pools for it.", {
      fit: choice("The fit.", ["first", "best"]),
      word: wordSize,
      leakHeaders: flag("The blocks have leak headers."),
      asRecorded: v.nullable(as("Nothing fails that had succeeded; null where it was not searched for.", smallestPool)),
      served: as("Nor does anything fail that some pool would serve.", smallestPool),
      setting: v.nullable(
        object("What to set; null where no size works, or no option sets it.", {
          pool: inBytes("The smallest pool with the margin."),
          value: inBytes("The value of the option, in whole pages or KiB."),
          here: v.nullable(inBytes("A smaller value that is enough in the recorded build; null if there is none.")),
        }),
      ),
      below: v.nullable(
        object("What fails first in a pool that is one quantum smaller; null where nothing does.", {
          ...MOMENT_FIELDS,
          site: siteText("The call site."),
          size: v.optional(inBytes("What was asked for.")),
          refusedThen: flag("It had failed in the recording, too."),
        }),
      ),
    }),
  ),
  tests: list(
    "Each mark alone.",
    object("The smallest pools for one mark, a test or command.", {
      mark: text("The mark."),
      command: text("Its command line."),
      first: as("With first fit: nothing fails that had succeeded.", smallestPool),
      best: as("With best fit.", smallestPool),
      firstServed: v.nullable(
        as("With first fit, what failed is served, too; null where nothing failed.", smallestPool),
      ),
      bestServed: v.nullable(as("With best fit, what failed is served, too; null where nothing failed.", smallestPool)),
    }),
  ),
  curve: list(
    "Failures over the size of the pool.",
    object("One size.", {
      pool: inBytes("The pool."),
      first: as("With first fit.", curvePoint),
      best: as("With best fit.", curvePoint),
    }),
  ),
});

/** All of it. */
export const sizeSchema = object("The smallest pools that work for the heaps of a recording.", {
  recording: text("The recording, as it was named."),
  version: text("The release of OP-TEE; empty if unknown."),
  read: v.optional(textsRead),
  margin: v.union([
    object("The margin as a share.", { percent: number("In percent of what is needed.") }),
    object("The margin as a size.", { bytes: inBytes("Added to what is needed.") }),
  ]),
  heaps: list("Heaps whose operations were recorded.", heap),
  estimates: list("Heaps of which only counters are known.", heapByCounters),
});

/** What it is in types. */
export type SizeJson = v.InferOutput<typeof sizeSchema>;
