// The JSON of `teemem stats`.
import * as v from "valibot";
import { byName, howMany, inBytes, list, object, text, uuid } from "./fields.ts";
import { endedTa, poolStatistics, textsRead } from "./memory.ts";

const release = text("The release of OP-TEE, like 4.10.0; empty if unknown.");

const pools = object("Pools and TAs of a system.", {
  release,
  pools: list("The pools, in the order of `xtest --stats`.", poolStatistics),
  tas: list(
    "The TAs that are loaded.",
    object("A TA instance.", {
      uuid: uuid("The TA's UUID; what stands in its place where it is not readable."),
      panicked: v.optional(howMany("0, or another number if it panicked.")),
      sessions: v.optional(howMany("Open sessions. Without any, OP-TEE reports zeros for its heap.")),
      heap: poolStatistics,
    }),
  ),
  own: v.optional(
    object("What of the core heap belongs to the question itself, on a board.", {
      held: v.optional(inBytes("What was left out of `allocated`; absent where it is unknown, and so not left out.")),
      text: text("The same in a sentence."),
    }),
  ),
  changes: v.optional(
    byName("Of a recording: how heaps change, in sentences, by the names of their pools or TAs.", text("A sentence.")),
  ),
  read: v.optional(textsRead),
});

const ended = object("With --ended: TAs that have exited.", {
  release,
  ended: list("Instances that ended, the last one last.", endedTa),
});

/** All of it. */
export const statsSchema = v.pipe(v.union([pools, ended]), v.description("The memory of a system."));

/** What it is in types. */
export type StatsJson = v.InferOutput<typeof pools>;
/** What it is with `--ended`. */
export type EndedJson = v.InferOutput<typeof ended>;
