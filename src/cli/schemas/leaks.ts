// The JSON of `teemem leaks`: a list of heaps or TA instances, in one of these forms.
import * as v from "valibot";
import { counterGrowth } from "./counters.ts";
import { choice, constant, flag, howMany, inBytes, list, number, object, siteText, text, uuid } from "./fields.ts";
import { counters, siteChange, textsRead } from "./memory.ts";

const sum = (about: string) => object(about, { blocks: howMany("Blocks."), bytes: inBytes("Their sum.") });
const three = <const S extends v.GenericSchema>(about: string, item: S) =>
  v.pipe(v.tuple([item, item, item]), v.description(about));

const HEAP = {
  heap: text("The heap: `core`, `ta-UUID` …; `TA` where the list does not name it."),
  grew: choice("Whether something grew, or leaks.", ["yes", "no", "unknown"]),
  leftOut: howMany("Snapshots that were left out: they are cut, or most of their blocks are not sure."),
  snapshots: list(
    "The snapshots, in their order.",
    object("A snapshot; sizes as they were asked for.", {
      name: text("Its name."),
      blocks: howMany("Live blocks."),
      bytes: inBytes("Their sum."),
      uncertain: howMany("Blocks that are not sure, because lines are damaged."),
      cut: flag("It lacks its end."),
      series: v.optional(
        object("Of a log with very many lists.", {
          lists: howMany("How many lists there are."),
          every: howMany("One of so many is here, and the first and the last."),
        }),
      ),
    }),
  ),
  read: v.optional(textsRead),
};

const one = object("One snapshot: what is live.", {
  ...HEAP,
  kind: constant("Which form it is.", "snapshot"),
  rows: list(
    "By call site, the most bytes first.",
    object("What one call site holds.", {
      site: siteText("The call site."),
      blocks: howMany("Its blocks."),
      bytes: inBytes("Their sum, as it was asked for."),
      library: v.optional(text("What the block is, where no line of the program took it.")),
    }),
  ),
});

const two = object("Two snapshots: what changed.", {
  ...HEAP,
  kind: constant("Which form it is.", "two"),
  rows: list("By call site, those that grew first; only what is sure.", siteChange),
});

const threeOf = object("Three snapshots: what came and stayed.", {
  ...HEAP,
  kind: constant("Which form it is.", "three"),
  rows: list(
    "By call site.",
    object("A call site with blocks that came after the first snapshot and stayed.", {
      site: siteText("The call site."),
      counts: three("Blocks in each snapshot.", howMany("Blocks.")),
      sizes: three("Bytes in each snapshot, as they were asked for.", inBytes("Their sum.")),
      kept: sum("Came between the first and the second, and stayed."),
      late: sum("Came between the second and the third."),
      kind: choice("`leak`: both times; `kept`: only the first time, like a cache; `new`: only the second time.", [
        "leak",
        "kept",
        "new",
      ]),
    }),
  ),
});

const many = object("Four snapshots or more: what grows.", {
  ...HEAP,
  kind: constant("Which form it is.", "many"),
  rows: list(
    "By call site, the steepest first.",
    object("A call site that holds more at the end than at the beginning.", {
      site: siteText("The call site."),
      trend: object("Its growth from step to step.", {
        slope: number("The median of all pairs. In bytes a step."),
        mean: number("By least squares. In bytes a step."),
        error: number("Its standard error. In bytes a step."),
        confidence: number("How sure it is that it rises, 0 to 1."),
        steady: number("Share of the steps that did not fall, 0 to 1."),
        rises: howMany("Steps that rose."),
      }),
      blocks: number("More blocks with each step, the median of all pairs."),
      bytes: list("In each snapshot, as it was asked for.", inBytes("Their sum.")),
      leaks: flag("It grows steadily, and not by chance."),
      freed: flag("It grew like that, and all of it was freed when the heap ended."),
    }),
  ),
});

const incomparable = object("Snapshots that cannot be compared.", {
  ...HEAP,
  kind: constant("Which form it is.", "incomparable"),
  rows: v.pipe(v.array(v.never()), v.maxLength(0), v.description("Always empty.")),
});

const heapOfCounters = object("A heap of which only counters are known.", {
  heap: text("The heap, as recordings call it."),
  kind: constant("Which form it is.", "counters"),
  samples: howMany("How many reports there are."),
  trend: v.nullable(counterGrowth),
  read: v.optional(textsRead),
});

const instance = object("A TA instance, after a workload or in a system that runs.", {
  instance: howMany("Its number, from 1 over all loadings since the boot."),
  uuid: uuid("The TA's UUID; `core` for the core heap."),
  name: text("The TA's name; empty where only the UUID is known."),
  ended: flag("It has ended: what it held then was never freed."),
  panicked: v.optional(flag("A panic ended it, so that it could not free its blocks.")),
  busy: v.optional(flag("A call is inside of it.")),
  sessions: v.optional(howMany("Open sessions.")),
  stats: v.optional(counters),
  blocks: list(
    "Its live blocks, by address.",
    object("A live block.", {
      at: howMany("Where its payload begins, from the first byte of the heap. In bytes."),
      size: inBytes("What was asked for."),
      file: text("The source file; `unknown` if none was recorded."),
      line: howMany("The line."),
    }),
  ),
});

/** Those of a heap in snapshots. */
const snapshots = v.union([one, two, threeOf, many, incomparable]);

/** All of it. */
export const leaksSchema = v.pipe(
  v.union([
    list("TA instances.", instance),
    list("Heaps, by their counters.", heapOfCounters),
    list("Heaps, by snapshots.", snapshots),
  ]),
  v.description("Blocks that were never freed, and what grows."),
);

/** What it is in types, of snapshots. */
export type LeaksJson = v.InferOutput<typeof snapshots>[];
/** What it is of counters. */
export type CounterLeaksJson = v.InferOutput<typeof heapOfCounters>[];
/** What it is of instances. */
export type LiveLeaksJson = v.InferOutput<typeof instance>[];
