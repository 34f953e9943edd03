// The JSON of what memcheck found: of `teemem exec --format json`, and a part of others.
import * as v from "valibot";
import { change, choice, flag, howMany, inBytes, list, microseconds, number, object, text, uuid } from "./fields.ts";
import { callFrame } from "./memory.ts";

const suppression = object("A suppression of a file.", {
  line: howMany("Its line, from 1."),
  why: text("The comment above it; empty for none."),
});

const FINDING = {
  kind: choice("What it is, as a word that stays the same.", [
    "invalid-read",
    "invalid-write",
    "use-after-free",
    "double-free",
    "invalid-free",
    "uninitialised",
    "undefined",
    "double-fetch",
    "leak",
    "stack-overflow",
    "panic",
    "endless",
    "growth",
  ]),
  title: text("What it is, in valgrind's words."),
  message: text("All of it in a sentence."),
  cwe: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.description("Its number in the list of weaknesses, cwe.mitre.org."),
  ),
  severity: choice("How bad it is.", ["error", "warning"]),
  ta: uuid(),
  name: text("The TA's name; empty if unknown."),
  instance: howMany("The number of the TA's heap instance."),
  session: howMany("The session; 0 where there is none."),
  entry: text("`invoke 3`, `open`, `close`, `create` or `destroy`; empty outside of an entry."),
  time: microseconds("The first one, since the recording began."),
  last: microseconds("The last one, since the recording began."),
  times: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.description("How many there were of this kind with this call stack."),
  ),
  place: v.optional(text("The line to mend, `file:line`; absent if unknown.")),
  stack: list("The call stack, the innermost first.", callFrame),
  access: v.optional(
    object("The access that was wrong.", {
      write: flag("It was a write."),
      bytes: inBytes("Its size."),
      address: number("The address in the TA's memory."),
    }),
  ),
  object: v.optional(
    object("What was accessed.", {
      kind: choice("Which memory it is.", ["heap", "stack", "global", "parameter", "null", "unknown"]),
      name: text("The name of a variable or parameter; empty for others."),
      size: inBytes("Its size."),
      offset: change("From its first byte, in bytes; negative, or its size and more: beside it."),
      allocated: list("Where it was allocated, the innermost first; empty if unknown.", callFrame),
      freed: list("Where it was freed, the innermost first; empty if it was not, or where unknown.", callFrame),
    }),
  ),
  detail: text("More in words; empty for none."),
};

/** One finding. */
export const memcheckFinding = object("What memcheck found at one call stack.", FINDING);

/** All findings of a run. */
export const memcheckFindings = object("What memcheck found.", {
  findings: list("The findings, the first one first.", memcheckFinding),
  suppressed: list(
    "Those that a suppression covers.",
    object("A finding that is suppressed.", { ...FINDING, by: suppression }),
  ),
  unused: list("Suppressions that covered nothing.", suppression),
});

/** What it is in types. */
export type FindingsJson = v.InferOutput<typeof memcheckFindings>;
