// What the JSON of several commands has: counters, holders, blocks, heaps.
import * as v from "valibot";
import { choice, constant, flag, howMany, inBytes, list, object, siteText, text, uuid } from "./fields.ts";

/** Fields of a pool's counters. */
export const POOL_COUNTERS = {
  allocated: inBytes("In use now, block headers included."),
  maxAllocated: inBytes("The most that was in use at a time since the last reset."),
  size: inBytes("All pools of the heap."),
  failures: howMany("Requests that failed since the last reset."),
  biggestFailure: inBytes("The largest request that failed, without headers."),
  biggestFailureUsed: inBytes("What was in use when it failed."),
};

/** Counters that are all known. */
export const counters = object("The counters of a heap.", POOL_COUNTERS);

/** Fields of counters of which each may be unknown, and is absent then. */
export const KNOWN_COUNTERS = {
  allocated: v.optional(POOL_COUNTERS.allocated),
  maxAllocated: v.optional(POOL_COUNTERS.maxAllocated),
  size: v.optional(POOL_COUNTERS.size),
  failures: v.optional(POOL_COUNTERS.failures),
  biggestFailure: v.optional(POOL_COUNTERS.biggestFailure),
  biggestFailureUsed: v.optional(POOL_COUNTERS.biggestFailureUsed),
};

/** Counters of a named pool. */
export const poolStatistics = object("The counters of a pool; one that is unknown is absent.", {
  name: text("As `xtest --stats` prints it; empty for a pool that this build does not have."),
  ...KNOWN_COUNTERS,
  free2Sum: v.optional(
    howMany("Sum of the squares of the sizes of the free blocks, in square bytes; since OP-TEE 4.6."),
  ),
  fragmentation: v.optional(howMany("As a text printed it, in percent; absent where no text was read.")),
  cut: v.optional(constant("The text ends within it.", true)),
});

/** What one call site holds. */
export const holder = object("What one call site holds.", {
  site: siteText("The call site."),
  blocks: howMany("Its blocks."),
  bytes: inBytes("Their sum."),
});

/** A function of a call stack. */
export const callFrame = object("A function of a call stack.", {
  func: text("Its name; empty where it is unknown."),
  place: text("`file:line` in it; empty where it is unknown."),
});

/** How large a word is. */
export const wordSize = choice("The word size, in bytes: 4 on arm, 8 on aarch64.", [4, 8]);

/** What became of one call site. */
export const siteChange = object("What became of one call site from one moment to another.", {
  site: siteText("The call site."),
  before: object("At the first moment.", { blocks: howMany("Blocks."), bytes: inBytes("Their sum.") }),
  after: object("At the second moment.", { blocks: howMany("Blocks."), bytes: inBytes("Their sum.") }),
  blocks: v.pipe(v.number(), v.integer(), v.description("Blocks after, less those before.")),
  bytes: v.pipe(v.number(), v.integer(), v.description("Bytes after, less those before.")),
});

/** What was read in a text. */
export const textSummary = object("What was read in a text.", {
  name: text("The text, as messages call it."),
  lines: howMany("Its lines."),
  encoding: text("Of its characters."),
  prefixed: howMany("Lines with time stamps, names or quotes before them."),
  joined: howMany("Lines that were put together."),
  pools: howMany("Pools with figures."),
  tas: howMany("TAs with figures."),
  reports: howMany("Reports of xtest."),
  thinned: howMany("Reports that were left out, peaks kept."),
  printed: howMany("Lines of OP-TEE's console."),
  tests: howMany("Tests of xtest that began."),
  leakLines: howMany("Lines of leak lists."),
  leakLists: howMany("Leak lists."),
  faults: howMany("Lines that report errors, panics, aborts."),
  told: howMany("Lines that say something of a failure or of the system around it."),
  unread: howMany("Lines that should have been understood and were not."),
  firstUnread: list(
    "The first of them.",
    object("A line that was not understood.", { line: howMany("Its number, from 1."), text: text("The line.") }),
  ),
  column: v.optional(howMany("The column at which a tool cut the lines.")),
  clipped: howMany("Lines that end there."),
  doubtful: v.optional(howMany("The line of an error that may have been cut.")),
  doubled: v.optional(v.pipe(v.literal(true), v.description("Each line stood twice, and was read once."))),
  cut: flag("The file ended too early."),
  events: v.optional(howMany("Lines with heap events of TAs.")),
});

/** Where what was read is told of. */
export const textsRead = list("What was read in each text; absent where no text was read.", textSummary);

/** A TA instance that ended. */
export const endedTa = object("A TA instance that ended.", {
  uuid: uuid(),
  name: text("The TA's name; empty where only the UUID is known."),
  stats: counters,
  panicked: flag("It ended because it panicked."),
  when: object("When it ended, on the clock of the normal world.", {
    seconds: howMany("Seconds since 1970."),
    millis: howMany("Milliseconds beyond them, below 1000."),
  }),
});
