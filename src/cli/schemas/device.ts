// The JSON of `teemem device`.
import * as v from "valibot";
import { as, flag, list, object, text } from "./fields.ts";

/** A part. */
export const devicePart = object("A part in C.", {
  name: text("As `teemem device` takes it."),
  summary: text("What it is for, in a line."),
  explanation: list(
    "What it does, how it is built and used; a line that begins with a blank is to be copied.",
    text("A paragraph or line."),
  ),
  source: text("The folder or file of its source."),
  builds: flag("`teemem device build` compiles it."),
});

const parts = object("Without a name: all parts.", { parts: list("The parts.", devicePart) });

const built = object("Of build: what was compiled.", {
  file: text("The path of what was compiled."),
  warnings: text("What the compiler said; empty for nothing."),
  usage: list("How it is used.", text("A line.")),
});

const failed = object("Of a build that failed.", {
  file: v.pipe(v.null(), v.description("Nothing was compiled.")),
  error: text("Why."),
});

/** All of it. */
export const deviceSchema = v.pipe(
  v.union([parts, as("Of a name: that part.", devicePart), built, failed]),
  v.description("The parts in C for a board."),
);

/** What it is in types: all parts. */
export type DevicePartsJson = v.InferOutput<typeof parts>;
/** One part. */
export type DevicePartJson = v.InferOutput<typeof devicePart>;
/** What was built. */
export type DeviceBuildJson = v.InferOutput<typeof built> | v.InferOutput<typeof failed>;
