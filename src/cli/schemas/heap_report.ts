// What `teemem report` says of one heap whose operations were recorded.
import * as v from "valibot";
import { as, change, choice, flag, howMany, inBytes, list, microseconds, object, siteText, text } from "./fields.ts";
import { callFrame, holder, wordSize } from "./memory.ts";

/** Fields of a moment. */
export const MOMENT_FIELDS = {
  row: howMany("The row of the trace, from 0."),
  line: howMany("The line of the trace file, from 1; 0 where there is no file of text."),
  time: microseconds("When it was, since the reset."),
  instance: howMany("The heap instance, as in the file."),
  mark: text("The mark, a test or command; empty where there is none."),
  command: text("The command line of the mark; empty where there is none."),
};

const blocksLeft = {
  blocks: howMany("Blocks."),
  bytes: inBytes("Their sum, with block headers."),
  bySite: list("By call site, the most bytes first.", holder),
};

/** How the size of a heap is set. */
export const heapOption = object("The option that sets the size of a heap.", {
  name: text("CFG_CORE_HEAP_SIZE, TA_DATA_SIZE …; empty where no option sets it."),
  configured: inBytes("Its value, as far as the pool shows it."),
  added: inBytes("What the pool has on top of the value."),
});

/** A heap at one moment. */
export const freeMemory = object("The memory of a heap at one moment, with block headers.", {
  size: inBytes("All pools."),
  allocated: inBytes("In use."),
  unallocated: inBytes("`size` less `allocated`, as statistics show it."),
  free: inBytes("Free blocks."),
  freeBlocks: howMany("How many free blocks there are."),
  pieces: howMany("Pieces of what is not allocated: free blocks and end marks."),
  largestFree: inBytes("The largest free block; 0 if there is none."),
  largestRequest: change("The largest request that would have succeeded. In bytes."),
  fragmentation: howMany("As `xtest --stats` prints it, in percent."),
});

/** Where a replay differs. */
export const replayDifference = object("Where a replay first differs from the recording.", {
  row: howMany("The row of the trace, from 0."),
  line: howMany("The line of the trace file, from 1."),
  instance: howMany("The heap instance, as in the file."),
  mark: text("The mark; empty before the first."),
  what: choice("The address that was returned, bytes allocated, the block that was passed in, a pool, a panic.", [
    "ret",
    "alloc",
    "ptr",
    "pool",
    "panic",
  ]),
  expected: howMany("What was recorded: an address, or a number of bytes; 0 where there is none."),
  got: howMany("What the replay has in its place."),
  explanation: text("Of a panic, the allocator's own words; else empty."),
});

/** One heap. */
export const heapByOperations = object("One heap whose operations were recorded; sizes have block headers.", {
  heap: text("`core`, `ldelf` or `ta-UUID`."),
  version: text("The release of OP-TEE; empty if unknown."),
  mark: text("The mark that the report is of; empty for all of the recording."),
  word: wordSize,
  leakHeaders: flag("The blocks have leak headers."),
  knob: heapOption,
  operations: howMany("Operations on the heap."),
  found: howMany("Blocks that were live already when the recording began."),
  instances: list(
    "Its instances, the highest peak first.",
    object("One heap instance.", {
      instance: howMany("Its number, as in the file."),
      operations: howMany("Operations on it."),
      pool: inBytes("Its pools."),
      peak: inBytes("The most that was in use."),
      peakRow: change("The row of the peak, from 0; -1 where nothing was allocated."),
      refused: howMany("Requests that failed."),
      atEnd: inBytes("In use after its last operation."),
    }),
  ),
  peak: object("The highest peak, and who held memory then.", {
    ...MOMENT_FIELDS,
    bytes: inBytes("In use then."),
    pool: inBytes("The pools of that instance."),
    bySite: list("By call site, the most bytes first.", holder),
    byMark: list("By the mark in which each block was made.", holder),
    byOwner: list("By the TA, on its own heap by the command; empty where none is known.", holder),
  }),
  churn: object("All that was allocated, whether freed or not.", {
    allocations: howMany("Blocks that were allocated anew."),
    reallocs: howMany("Blocks that a realloc gave."),
    bytes: inBytes("Both."),
    shortLived: howMany("New blocks that were soon freed."),
    bySite: list(
      "By call site, the most bytes first.",
      object("What one call site allocated over time.", {
        site: siteText("The call site."),
        func: text("Its function; empty if unknown."),
        allocations: howMany("Blocks that were allocated anew."),
        reallocs: howMany("Blocks that a realloc gave."),
        bytes: inBytes("Both."),
        shortLived: howMany("New blocks that were soon freed."),
      }),
    ),
  }),
  regrowth: list(
    "How blocks changed their size, by call site; the most bytes copied first.",
    object("How one call site changed the size of its blocks.", {
      site: siteText("The call site."),
      reallocs: howMany("Reallocs that gave a block."),
      grew: howMany("Those that made it larger."),
      same: howMany("Those that left its size as it was."),
      copied: inBytes("What was copied."),
      least: inBytes("The least by which blocks grew, the lowest tenth left out; 0 where none grew."),
      most: inBytes("The most by which blocks grew, the highest tenth left out."),
    }),
  ),
  failures: object("Requests that failed.", {
    count: howMany("How many there were."),
    shown: list(
      "The first ones.",
      object("A request that failed.", {
        ...MOMENT_FIELDS,
        kind: choice("Why it failed.", [
          "self-test",
          "alignment",
          "too-large",
          "exhausted",
          "fragmented",
          "misfit",
          "unknown",
        ]),
        site: siteText("The call site."),
        func: text("Its function; empty if unknown."),
        callers: v.optional(list("Who called it, the innermost first; absent where unknown.", callFrame)),
        size: inBytes("What was asked for, without headers."),
        alignment: v.nullable(inBytes("The alignment that was asked for; null for none.")),
        block: v.nullable(inBytes("The block that it needs, with headers; null where `state` is.")),
        allocated: inBytes("In use then."),
        pool: inBytes("The pools then."),
        state: v.nullable(
          as("The memory then, from a replay; null where a replay does not fit the recording.", freeMemory),
        ),
      }),
    ),
    fit: v.nullable(
      choice("The fit whose replay gives every recorded address; null if neither does, or none was needed.", [
        "first",
        "best",
      ]),
    ),
    difference: v.nullable(as("Where the better of two replays first differs; null if one fits.", replayDifference)),
  }),
  left: object("Blocks that were never freed.", {
    ...blocksLeft,
    byMark: list("By the mark in which each block was made.", holder),
  }),
  leaked: object("Blocks of a TA's own that were left when its instances ended.", {
    instances: howMany("Instances that left some."),
    ...blocksLeft,
  }),
  timeline: object("Bytes in use over the rows of the heap, in columns.", {
    from: howMany("The first row."),
    to: howMany("The row behind the last."),
    columns: list(
      "Stretches of rows.",
      object("A stretch of rows.", {
        row: howMany("Its first row."),
        peak: inBytes("The most that was in use."),
        refused: howMany("Requests that failed."),
      }),
    ),
    marks: list(
      "The marks that begin in these rows.",
      object("A mark in the columns.", {
        name: text("The mark."),
        column: howMany("Its first column, from 0."),
        columns: howMany("How many columns it has."),
      }),
    ),
  }),
  findings: list(
    "What it means.",
    object("A finding.", {
      rule: text("The rule, as a word that stays the same."),
      level: choice("`bad`: something failed; `warn`: something may; `note`: worth knowing.", ["bad", "warn", "note"]),
      text: text("What was found and what to do, in sentences."),
    }),
  ),
});
