// The JSON of `teemem check`.
import * as v from "valibot";
import { choice, howMany, list, number, object, text } from "./fields.ts";
import { textsRead } from "./memory.ts";

/** All of it. */
export const checkSchema = object("A recording held against memory budgets.", {
  budget: text("The file of the budget."),
  recording: text("The recording, as it was named."),
  version: text("The release of OP-TEE; empty if unknown."),
  read: v.optional(textsRead),
  broken: howMany("Limits that are broken, or could not be checked."),
  checks: list(
    "Each limit.",
    object("A limit, and what was measured.", {
      heap: text("The heap; `total` for all together."),
      metric: choice("What is limited.", ["peak", "fragmentation", "failures", "blocks", "left", "leaks"]),
      site: text("The call site or file of a limit of leaks; empty for others."),
      line: howMany("The line in the budget, from 1."),
      unit: choice("The unit of `limit`, `measured` and `over`.", ["bytes", "percent", "count"]),
      limit: number("The limit."),
      measured: v.nullable(number("What was measured; null if unknown.")),
      over: number("How much more than the limit it is; 0 if it is not."),
      status: choice("How it ended.", ["ok", "over", "unknown"]),
      where: text("Where it was measured, or why it is unknown; may be empty."),
    }),
  ),
});

/** What it is in types. */
export type CheckJson = v.InferOutput<typeof checkSchema>;
