// The JSON of `teemem replay`: a line for each trace, in one of these forms.
import * as v from "valibot";
import { as, change, choice, flag, howMany, inBytes, list, object, siteText, text } from "./fields.ts";
import { replayDifference } from "./heap_report.ts";

const ABIS = ["ilp32", "lp64"] as const;
const trace = text("The trace, as it was named.");
const context = text("The heap that was recorded: `core`, `ldelf`, `ta-UUID`; empty if unknown.");
const crc = (about: string) => text(`${about} A CRC-32 in 8 hexadecimal digits.`);
const peakMark = text("The mark of the peak; empty before the first.");
const peakRow = change("The row of the peak, from 0; -1 where nothing was allocated.");

const verified = object("A recorded trace, compared operation by operation.", {
  trace,
  context,
  operations: howMany("Operations that were compared."),
  instances: howMany("Heap instances."),
  found: v.optional(howMany("Blocks that were live already when the recording began: nothing is compared then.")),
  asRecorded: v.nullable(flag("Every address and every count is as recorded; null where nothing was compared.")),
  difference: v.nullable(as("Where it first differs; null if it does not.", replayDifference)),
});

const marks = object("With --marks: the marks of a recorded trace.", {
  trace,
  context,
  operations: howMany("Operations of the trace."),
  marks: list(
    "The marks, in their order.",
    object("A mark.", {
      name: text("Its name, a test or command."),
      operations: howMany("Operations up to the next mark."),
      command: text("Its command line."),
    }),
  ),
});

const tried = object("A recorded trace in another allocator.", {
  trace,
  context,
  allocator: object("The allocator.", {
    abi: choice("The word size.", ABIS),
    fit: v.optional(choice("The fit.", ["first", "best"])),
    mdbg: v.optional(flag("Leak headers.")),
    debug: v.optional(flag("Checks of debug builds.")),
    pool: v.nullable(inBytes("The pool; null: as recorded.")),
  }),
  sizesOf: choice("The word size of the recording, whose sizes are asked for.", ABIS),
  operations: howMany("Operations that were replayed."),
  found: v.optional(howMany("Blocks that were live already when the recording began: the replay is not exact then.")),
  newFailures: howMany("Requests that fail, and had succeeded."),
  rescued: howMany("Requests that succeed, and had failed."),
  skipped: howMany("Releases of blocks that are not in the recording."),
  byMark: list(
    "Marks with new failures, in their order.",
    object("A mark with new failures.", {
      mark: text("The mark; empty before the first."),
      failures: howMany("Requests that fail, and had succeeded."),
    }),
  ),
  mark: v.optional(
    object("With --mark: how that mark alone fares.", {
      mark: text("The mark."),
      passes: flag("Nothing fails in it that had succeeded, and no block is missing at its begin."),
      served: flag("Nor does anything fail in it that some pool would serve."),
    }),
  ),
  refused: list(
    "The first requests that failed.",
    object("A request that failed.", {
      row: howMany("The row of the trace, from 0."),
      line: howMany("The line of the trace file, from 1."),
      instance: howMany("The heap instance, as in the file."),
      mark: text("The mark; empty before the first."),
      size: inBytes("What was asked for."),
      alignment: inBytes("The alignment that was asked for; 0 for none."),
      recorded: flag("It had failed in the recording, too."),
      allocated: inBytes("In use then, with block headers."),
      free: inBytes("Free blocks then."),
      largestFree: change("The largest free block then, in bytes; -1 if there is none."),
      freeBlocks: howMany("How many free blocks there were."),
      func: v.optional(text("The function that asked; empty if unknown.")),
      place: v.optional(siteText("The call site.")),
      stack: v.optional(text("Who called it, one after the other, where that was recorded.")),
    }),
  ),
  lives: list(
    "The heap instances, in the order in which they began; sizes have block headers.",
    object("A heap instance.", {
      instance: howMany("Its number, as in the file."),
      pool: inBytes("Its pools."),
      peak: inBytes("The most that was in use."),
      peakRow,
      peakMark,
      failures: howMany("Requests that failed."),
      newFailures: howMany("Those that had succeeded."),
      rescued: howMany("Requests that succeed, and had failed."),
      end: object("After its last operation.", {
        allocated: inBytes("In use."),
        free: inBytes("Free blocks."),
        largestFree: change("The largest free block, in bytes; -1 if there is none."),
        freeBlocks: howMany("How many free blocks there are."),
      }),
      recorded: object("The same in the recording.", {
        pool: inBytes("Its pools."),
        peak: inBytes("The most that was in use."),
        peakRow,
        peakMark,
        failures: howMany("Requests that failed."),
        allocated: inBytes("In use after its last operation."),
      }),
    }),
  ),
});

const golden = object("A golden trace, performed.", {
  trace,
  variant: text("The allocator, like `lp64-ff-ta-mdbg`."),
  lines: howMany("Lines of its results."),
  out: crc("Of its results."),
  ops: crc("Of its operations."),
  data: crc("Of the contents of blocks."),
  panic: v.nullable(text("The message of the panic that ended it; null if none did. The rest is absent then.")),
  stats: v.optional(
    list("allocated, maxAllocated, size, failures, biggestFailure, biggestFailureUsed.", howMany("A counter.")),
  ),
  bget: v.optional(
    list(
      "Allocated bytes, free bytes, largest free block, blocks given out, blocks taken back.",
      change("A figure of BGET."),
    ),
  ),
  pools: v.optional(howMany("Pools.")),
  blocks: v.optional(howMany("Blocks, allocated and free.")),
  free: v.optional(howMany("Free blocks.")),
  map: v.optional(crc("Of the block map.")),
  list: v.optional(crc("Of the free list.")),
  heap: v.optional(crc("Of what the blocks hold.")),
  image: v.optional(crc("Of all bytes.")),
});

/** All of it, for one trace. */
export const replaySchema = v.pipe(
  v.union([verified, marks, tried, golden]),
  v.description("A heap trace in the allocator; one line for each trace."),
);

/** What it is in types, of a comparison. */
export type VerifiedJson = v.InferOutput<typeof verified>;
/** What it is of `--marks`. */
export type MarksJson = v.InferOutput<typeof marks>;
/** What it is in another allocator. */
export type WhatIfJson = v.InferOutput<typeof tried>;
/** What it is of a golden trace. */
export type GoldenJson = v.InferOutput<typeof golden>;
