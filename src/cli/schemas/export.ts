// What `teemem export --format json` writes.
import * as v from "valibot";
import { change, choice, constant, howMany, inBytes, list, microseconds, object, text, uuid } from "./fields.ts";
import { callFrame, KNOWN_COUNTERS } from "./memory.ts";

const event = object("An operation on the heap.", {
  row: howMany("Its row, from 0."),
  time: microseconds("When it was, since the reset."),
  instance: howMany("The heap instance."),
  op: choice("The operation.", ["add_pool", "malloc", "calloc", "realloc", "memalign", "free", "free_wipe"]),
  pointer: howMany("The address that was passed in; 0 for none."),
  size: inBytes("What was asked for; of a pool its length."),
  arg: howMany("Of `memalign` the alignment, of `calloc` the size of an element; else 0."),
  result: howMany("The address that was returned; 0 where the request failed, or nothing is returned."),
  allocated: inBytes("In use after it, with block headers."),
  block: v.optional(howMany("The number of the block that it is about, from 0.")),
  bytes: v.optional(inBytes("The size of that block, with its header.")),
  site: howMany("The call site, a number in `sites`, from 0."),
  thread: howMany("The thread, a number in `threads`, from 0."),
});

const heap = object("A heap.", {
  heap: text("`core`, `ldelf` or `ta-UUID`."),
  from: howMany("The first row that is here."),
  to: howMany("The row behind the last."),
  instances: list(
    "Its instances.",
    object("A heap instance.", {
      number: howMany("Its number."),
      first: howMany("Its first row."),
      last: howMany("Its last row."),
      pools: list(
        "Its pools.",
        object("A pool.", {
          row: howMany("The row that added it."),
          address: howMany("The address of its first byte."),
          length: inBytes("Its size."),
        }),
      ),
    }),
  ),
  marks: list(
    "Its marks.",
    object("A mark.", {
      name: text("A test or command."),
      command: text("Its command line."),
      row: howMany("Its first row."),
    }),
  ),
  sites: list(
    "Call sites, by their numbers.",
    object("A call site.", {
      func: text("The function; empty if unknown."),
      place: text("`file:line`; empty if unknown."),
      stack: v.optional(list("Who called it, the innermost first.", callFrame)),
    }),
  ),
  threads: list("Threads, by their numbers.", text("A name.")),
  events: list("The operations.", event),
});

/** All of it. */
export const exportSchema = object("A recording as JSON; docs/export.md explains it.", {
  format: constant("The format.", "teemem"),
  version: constant("Its version.", 1),
  recording: text("The recording, as it was named."),
  optee: text("The release of OP-TEE; empty if unknown."),
  mark: text("The mark that was selected; empty for none."),
  heaps: list("The heaps.", heap),
  entries: list(
    "Entries into TAs.",
    object("An entry.", {
      heap: change("The TA's heap, a number in `heaps`, from 0."),
      instance: howMany("The heap instance."),
      name: text("`invoke 3`, `open` …"),
      from: howMany("The row of its begin."),
      to: howMany("The row of its end."),
      uuid: uuid(),
    }),
  ),
  samples: list(
    "Counters over time.",
    object("The counters of a heap at one moment; one that is unknown is absent.", {
      time: microseconds("The moment, since the reset."),
      heap: text("The pool or TA."),
      ...KNOWN_COUNTERS,
      free2Sum: v.optional(text("Sum of the squares of the sizes of the free blocks, in square bytes, as digits.")),
    }),
  ),
});
