// The JSON of `teemem fuzz`.
import type * as v from "valibot";
import { flag, howMany, list, milliseconds, object, text, uuid } from "./fields.ts";
import { memcheckFinding } from "./findings.ts";

/** All of it. */
export const fuzzSchema = object("What fuzzing a TA found.", {
  ta: text("The TA's name."),
  uuid: uuid(),
  runs: howMany("Inputs that were run."),
  calls: howMany("Commands that were called."),
  milliseconds: milliseconds("How long it took."),
  corpus: howMany("Inputs that were kept."),
  edges: howMany("Edges of the TA's code that were reached."),
  allEdges: howMany("Edges of the TA's code."),
  bugs: howMany("Bugs."),
  unconfirmed: howMany("Suspicions that did not show again."),
  waited: howMany("Inputs that waited within a call."),
  unfollowed: howMany("Those of them that could not be run to their end."),
  opened: flag("A session was opened."),
  findings: list("What memcheck found, one for each bug.", memcheckFinding),
  files: list(
    "What shows each bug again, in the order of the findings.",
    object("A file for --replay.", {
      file: text("Its path."),
      input: howMany("The number of the input, from the first one."),
    }),
  ),
});

/** What it is in types. */
export type FuzzJson = v.InferOutput<typeof fuzzSchema>;
