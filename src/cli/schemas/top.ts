// A line of `teemem top --json`.
import * as v from "valibot";
import { choice, flag, howMany, inBytes, list, milliseconds, number, object, text, uuid } from "./fields.ts";

const heap = object("A pool, or the heap of a TA instance; what is unknown is null.", {
  key: text("Its name within the system: `pool:Heap`, `ta:UUID#1`."),
  kind: choice("What it is.", ["pool", "ta"]),
  name: text("The name of the pool, as statistics call it; of a TA its name, or its UUID."),
  uuid: v.optional(uuid()),
  size: v.nullable(inBytes("All pools of the heap.")),
  allocated: v.nullable(inBytes("In use now, block headers included.")),
  maxAllocated: v.nullable(inBytes("The most that was in use at a time since the last reset.")),
  failures: v.nullable(howMany("Requests that failed since the last reset.")),
  biggestFailure: v.nullable(inBytes("The largest request that failed, without headers; 0 where none did.")),
  biggestFailureUsed: v.nullable(inBytes("What was in use when it failed.")),
  free2Sum: v.nullable(
    number("Sum of the squares of the sizes of the free blocks, in square bytes; since OP-TEE 4.6."),
  ),
  sessions: v.nullable(howMany("Open sessions of a TA; null for pools.")),
  panicked: flag("The TA panicked."),
  gone: flag("It is not reported any more; these are its last counters."),
  growth: v.nullable(number("Growth over the last minutes, in bytes a minute.")),
  untilFull: v.nullable(milliseconds("Until it is full at that pace; null where it does not grow steadily.")),
});

/** One line. */
export const topSchema = object("All systems at one moment; one line of JSON for each.", {
  time: milliseconds("The moment, since 1970."),
  systems: list(
    "The systems, in the order of --on.",
    object("A system.", {
      name: text("The source, as --on names it."),
      release: text("The release of OP-TEE, like 4.10.0; empty if unknown."),
      state: choice("`silent`: no answer; `lost`: it cannot be reached; `ended`: a recording that is whole.", [
        "opening",
        "live",
        "silent",
        "lost",
        "ended",
      ]),
      since: milliseconds("Since when it is in that state, since 1970."),
      trouble: text("Why it is not live, in a sentence; empty while it is."),
      sampled: v.nullable(milliseconds("When it last answered, since 1970; null before the first answer.")),
      heaps: list("Pools, then TAs, then what is gone.", heap),
      alarms: list(
        "With --alarms: alarms that are on.",
        object("An alarm.", {
          rule: text("The name of its rule."),
          heap: text("The `key` of the heap; empty where it is of the system."),
          since: milliseconds("Since when it holds, since 1970."),
          text: text("What is wrong, in a sentence."),
          silenced: flag("It is silenced for now."),
        }),
      ),
    }),
  ),
});

/** What it is in types. */
export type TopJson = v.InferOutput<typeof topSchema>;
