// The memory around calls of clients into TAs.
import * as v from "valibot";
import { as, bytesMore, flag, howMany, inBytes, microseconds, object, text, uuid } from "./fields.ts";

const AROUND = {
  before: v.nullable(inBytes("In use before; null if unknown.")),
  after: v.nullable(inBytes("In use after; null if unknown.")),
  peak: v.nullable(inBytes("The most that was in use meanwhile; null if unknown.")),
  exact: flag("False: `peak` is an upper bound, because the maximum is older than the call."),
};
const ALONE = flag("False where another call was going on at some time of it.");

/** A heap around a call. */
export const heapAround = object("A heap around a call, with block headers.", AROUND);

/** A heap around calls. */
export const heapOfCalls = object("A heap around calls, with block headers.", {
  ...AROUND,
  growth: v.nullable(bytesMore("What all the calls together left; null where that is unknown of one.")),
});

/** One call. */
export const taCall = object("A call of a client into a TA.", {
  uuid: uuid(),
  name: text("`open`, `invoke 3` or `close`."),
  session: howMany("The session, from 1 in each process; 0 where none was opened."),
  from: microseconds("When it began."),
  to: microseconds("When it ended."),
  code: howMany("The result code."),
  origin: howMany("The origin of the code: 0 none, 1 client library, 2 driver, 3 TEE, 4 TA."),
  thread: text("The thread of the client."),
  heap: as("The TA's heap.", heapAround),
  core: as("The core heap.", heapAround),
  alone: ALONE,
});

/** Calls of one command. */
export const callGroup = object(
  "All calls of one command of a TA; before, after and peak are of the one with the highest peak.",
  {
    uuid: uuid(),
    name: text("`open`, `invoke 3` or `close`."),
    calls: howMany("How many there were."),
    failed: howMany("Those that returned an error."),
    heap: as("The TA's heap.", heapOfCalls),
    core: as("The core heap.", heapOfCalls),
    alone: ALONE,
    longest: microseconds("The longest one."),
  },
);
