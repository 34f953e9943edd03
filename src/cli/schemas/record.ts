// The JSON of `teemem record`.
import type * as v from "valibot";
import { howMany, inBytes, list, object, text } from "./fields.ts";

/** All of it. */
export const recordSchema = object("What was recorded.", {
  file: text("The recording, as -o named it."),
  recording: text("What was recorded: a source, or the files of --from."),
  version: text("The release of OP-TEE; empty if unknown."),
  rows: howMany("Rows of the recording: operations, samples, entries and notes."),
  bytes: inBytes("The file."),
  late: list("Heaps that were recorded from the middle.", text("`core`, `ldelf` or `ta-UUID`.")),
  findings: howMany("What memcheck noticed, each time that it did."),
  wrong: list("What did not go well, in sentences; none: all is well.", text("A sentence.")),
});

/** What it is in types. */
export type RecordJson = v.InferOutput<typeof recordSchema>;
