// The JSON of `teemem watch`.
import * as v from "valibot";
import { taCall } from "./calls.ts";
import { as, bytesMore, choice, flag, howMany, inBytes, list, object, text, uuid } from "./fields.ts";
import { counters, endedTa, holder } from "./memory.ts";

const release = text("The release of OP-TEE, like 4.10.0; empty if unknown.");
const consoleLines = v.optional(
  list("Lines of the secure console meanwhile; absent where none was read.", text("A line.")),
);
const instance = howMany("The instance, from 1 over all loadings since the boot.");

/** A heap around an entry. */
export const heapSpan = object("A heap around an entry, with block headers.", {
  before: inBytes("In use at entry."),
  peak: inBytes("The most that was in use from entry to exit."),
  after: inBytes("In use at exit."),
  growth: bytesMore("`after` less `before`."),
});

/** An entry. */
export const taEntry = object("One entry into a TA, and the memory around it.", {
  uuid: uuid(),
  name: text("The TA's name; empty where only the UUID is known."),
  instance,
  entry: choice("Why it was entered.", ["create", "open", "invoke", "close", "destroy"]),
  session: howMany("The session; 0 where there is none."),
  command: howMany("The command, where the entry is `invoke`."),
  from: howMany("The number of the event at entry."),
  to: howMany("The number of the event at exit."),
  code: howMany("The result code."),
  heap: as("The TA's heap.", heapSpan),
  core: as("The core heap.", heapSpan),
  loader: as("The loader's heap for this instance.", heapSpan),
  alone: flag("False if another TA was entered at some time of it: then `core` may show that one, too."),
  allocations: howMany("Blocks that the TA allocated."),
  frees: howMany("Blocks that it freed."),
  refused: howMany("Requests that its heap failed."),
  holders: list("Who held its heap at the peak, the most bytes first.", holder),
});

const entries = object("TAs that were watched from inside.", {
  release,
  uuid: text("The TA's UUID; empty where several are watched, or only a name is known."),
  name: text("The TA's name; of several, all names."),
  records: list("Each entry, in their order.", taEntry),
  highest: v.nullable(as("The entry with the highest peak; null where none was entered.", taEntry)),
  ended: list(
    "Instances that ended.",
    object("An instance that ended.", {
      sequence: howMany("The number of the event."),
      instance,
      last: endedTa,
      holders: list("Blocks that were never freed, by holder, the most bytes first.", holder),
    }),
  ),
  running: list(
    "Instances that still run.",
    object("An instance.", {
      instance,
      uuid: uuid(),
      name: text("The TA's name; empty where only the UUID is known."),
      sessions: howMany("Open sessions."),
      panicked: flag("It panicked."),
      busy: flag("A call is inside of it."),
      stats: counters,
    }),
  ),
  console: consoleLines,
});

const calls = object("A program that ran on a board: its calls into TAs.", {
  release,
  calls: list("Each call, as it returned.", taCall),
  unseen: list("What could not be seen, in sentences.", text("A sentence.")),
  console: consoleLines,
});

/** All of it. */
export const watchSchema = v.pipe(
  v.union([entries, calls]),
  v.description("The memory of TAs around each of their commands."),
);

/** What it is in types. */
export type WatchJson = v.InferOutput<typeof entries>;
/** What it is for a program on a board. */
export type WatchedCallsJson = v.InferOutput<typeof calls>;
