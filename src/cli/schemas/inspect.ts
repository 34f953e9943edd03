// The JSON of `teemem inspect`: a list of heaps.
import * as v from "valibot";
import { choice, flag, howMany, inBytes, list, object, text } from "./fields.ts";
import { POOL_COUNTERS } from "./memory.ts";

const PLACED = {
  address: text("Its address, in hexadecimal."),
  offset: howMany("Where it lies in the dump, in bytes from its begin."),
};
const site = v.nullable(text("The call site, `file:line`; null without a leak header."));

const heap = object("A heap in a memory dump.", {
  abi: choice("The word size.", ["ilp32", "lp64"]),
  base: v.nullable(text("The address of the dump's first byte, in hexadecimal; null where it has none.")),
  baseFrom: choice("What told the address.", ["given", "pool table", "free list", "nothing"]),
  contradictedBase: v.optional(text("The address that was given for it, and that the bytes contradict.")),
  state: choice("`dead`: it lies in memory that OP-TEE has freed; `unknown`: the dump does not tell.", [
    "live",
    "dead",
    "unknown",
  ]),
  owner: v.nullable(
    object("Whose heap it is; null where the bytes do not tell.", {
      kind: choice("What it belongs to.", ["core", "ta", "loader", "unknown"]),
      uuid: text("The TA's UUID; empty if unknown."),
      scratch: flag("It is a pool for big numbers inside of other memory."),
    }),
  ),
  counters: v.nullable(
    object("The allocator's counters; null where the dump lacks them.", {
      ...POOL_COUNTERS,
      gets: howMany("Blocks that were given out."),
      releases: howMany("Blocks that were taken back."),
      free2Sum: v.nullable(
        text("Sum of the squares of the sizes of the free blocks, in square bytes, as digits; null before OP-TEE 4.6."),
      ),
      lock: howMany("The heap's lock; of the core not 0 while an operation is under way."),
    }),
  ),
  leakHeaders: flag("The blocks have leak headers."),
  leakLayouts: list(
    "Layouts of the leak headers, the most frequent first; empty on arm.",
    object("A layout.", {
      since: text("The first release with it, like `4.6`."),
      before: v.nullable(text("The first release with another one again; null for none.")),
      blocks: howMany("Blocks that have it."),
    }),
  ),
  slide: v.nullable(
    object("How file names were found in a program; null where they were not.", {
      program: text("The program."),
      shift: text("What was added to its addresses, in hexadecimal."),
    }),
  ),
  inFlight: v.nullable(
    object("A block that was being allocated or released; null for none.", {
      ...PLACED,
      step: choice("What was being done.", ["allocation", "release", "operation"]),
    }),
  ),
  poolTable: flag("The heap has the pool table of OP-TEE's malloc layer."),
  pools: list(
    "Its pools.",
    object("A pool.", {
      ...PLACED,
      length: inBytes("Its size."),
      blocks: list(
        "Its blocks, by address.",
        object("A block.", {
          ...PLACED,
          size: inBytes("With its header."),
          free: flag("It is free."),
          payload: v.optional(
            inBytes("What was asked for where a leak header says so, else its room; absent in free blocks."),
          ),
          site: v.optional(site),
        }),
      ),
      lost: list(
        "Ranges in which damage hides the blocks.",
        object("A range.", { ...PLACED, length: inBytes("Its size.") }),
      ),
    }),
  ),
  damage: list(
    "What is damaged.",
    object("A damaged block.", {
      ...PLACED,
      what: text("What is wrong with it."),
      site,
      before: v.nullable(object("The block before it, the usual suspect; null for none.", { ...PLACED, site })),
    }),
  ),
  doubtful: howMany("Faults that touch bytes which the dump lacks, and so may be none."),
});

/** All of it. */
export const inspectSchema = list("The heaps of a memory dump.", heap);

/** What it is in types. */
export type InspectJson = v.InferOutput<typeof inspectSchema>;
