// The JSON of `teemem report`.
import * as v from "valibot";
import { callGroup } from "./calls.ts";
import { heapByCounters } from "./counters.ts";
import { as, byName, choice, flag, howMany, inBytes, list, microseconds, object, text } from "./fields.ts";
import { memcheckFindings } from "./findings.ts";
import { heapByOperations } from "./heap_report.ts";
import { holder, siteChange, textSummary, textsRead } from "./memory.ts";

const HEAD = {
  recording: text("The recording, as it was named."),
  version: text("The release of OP-TEE; empty if unknown."),
  cut: v.optional(flag("The recording is truncated.")),
};

const leakList = object("The leak lists of one heap; sizes as they were asked for.", {
  heap: text("The heap."),
  lists: howMany("How many lists there are."),
  last: object("The last one.", {
    blocks: howMany("Live blocks."),
    bytes: inBytes("Their sum."),
    sites: list("By call site, the most bytes first.", holder),
  }),
  uncertain: howMany("Blocks of it that are not sure."),
  state: choice("Whether it has its end, lacks it, something broke into it, or most of its blocks are not sure.", [
    "whole",
    "cut",
    "broken",
    "unreadable",
  ]),
});

const consoleReport = object("A secure console, and what it told.", {
  name: text("Its name."),
  read: as("What was read in it.", textSummary),
  said: text("The same in a line."),
  events: list(
    "What it told, in the order of its lines; of each kind of trouble the first and the last 16.",
    object("Something that it told.", {
      time: microseconds("When its first byte came, on the recording's clock."),
      during: text("The question that was asked then, else the mark; empty if there was neither."),
      kind: choice("What it is.", ["trouble", "leak list", "dump", "call stack"]),
      line: howMany("Its line, from 1."),
      text: text("The line, or what it is in words."),
    }),
  ),
});

const whole = object("A recording.", {
  ...HEAD,
  read: v.optional(textsRead),
  heaps: list("Heaps whose operations were recorded.", heapByOperations),
  counters: list("Heaps of which only counters are known.", heapByCounters),
  calls: v.optional(list("Commands of TAs that clients called, with the memory around them.", callGroup)),
  leakLists: v.optional(list("Heaps of which only leak lists are known.", leakList)),
  console: v.optional(consoleReport),
  memcheck: v.optional(memcheckFindings),
});

/** Blocks of a stretch of time. */
export const blocksHeld = object("Blocks that were held, with block headers.", {
  blocks: howMany("How many there are."),
  bytes: inBytes("Their sum."),
  holders: list("Who holds them, the most bytes first; `site` is the owner that --by selects.", holder),
});

const range = object("With --range: a stretch of time of a recording.", {
  ...HEAD,
  by: choice("What --by selected.", ["site", "file", "function", "ta", "thread", "command", "mark", "stack"]),
  heaps: list(
    "The heap instances that were used then, or held something.",
    object("A heap instance.", {
      heap: text("`core`, `ldelf` or `ta-UUID`."),
      instance: howMany("Its number, as in the file."),
      version: text("The release of OP-TEE; empty if unknown."),
      from: microseconds("Where the stretch begins."),
      to: microseconds("Where it ends."),
      operations: howMany("Operations on the heap meanwhile."),
      top: v.nullable(
        object("Its highest point; null where nothing was done to the heap.", {
          row: howMany("The row of the trace, from 0."),
          time: microseconds("When it was."),
          bytes: inBytes("In use then."),
        }),
      ),
      retained: as("Allocated meanwhile, and live at the end.", blocksHeld),
      peak: as("Live at the highest point.", blocksHeld),
      end: as("Live at the end.", blocksHeld),
      allocated: as("Allocated meanwhile, freed or not.", blocksHeld),
      freed: as("Freed meanwhile.", blocksHeld),
      changes: v.optional(
        byName(
          "With --against: by measure, what this stretch has more or less than the other.",
          list("By owner.", siteChange),
        ),
      ),
    }),
  ),
});

/** All of it. */
export const reportSchema = v.pipe(v.union([whole, range]), v.description("What became of the heaps of a recording."));

/** What it is in types. */
export type ReportJson = v.InferOutput<typeof whole>;
/** What it is with `--range`. */
export type RangeJson = v.InferOutput<typeof range>;
