// The JSON of `teemem ta`.
import * as v from "valibot";
import { flag, list, object, text } from "./fields.ts";

const built = object("Of build: the modules that were made.", {
  modules: list("Their paths, in the order of the folders; empty where a build failed.", text("A path.")),
  error: v.optional(text("Why the build failed; what the compiler said is on standard error.")),
});

const examined = object("Of doctor: what builds need.", {
  checks: list(
    "Each thing that a build needs.",
    object("One thing.", {
      name: text("What it is."),
      well: flag("False: without it nothing is built."),
      text: text("What is there; or what lacks, and what to do."),
    }),
  ),
});

/** All of it. */
export const taSchema = v.pipe(
  v.union([built, examined]),
  v.description("TAs in C that were built, or what their builds need."),
);

/** What it is in types, of a build. */
export type TaBuildJson = v.InferOutput<typeof built>;
/** What it is of `ta doctor`. */
export type TaDoctorJson = v.InferOutput<typeof examined>;
