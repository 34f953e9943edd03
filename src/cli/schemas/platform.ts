// The JSON of `teemem platform capture`.
import type * as v from "valibot";
import { howMany, object, text } from "./fields.ts";

/** All of it. */
export const platformSchema = object("A platform that was made of a recording.", {
  folder: text("The folder that was written."),
  boot: howMany("Operations of the boot."),
  load: howMany("Operations of loading a TA."),
  unload: howMany("Operations of unloading it."),
  sites: howMany("Call sites of the platform; the end of one that frees counts, too."),
  measured: howMany("Those of them that were measured; the others are of the platform that --like names."),
});

/** What it is in types. */
export type PlatformJson = v.InferOutput<typeof platformSchema>;
