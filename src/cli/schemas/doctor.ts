// The JSON of `teemem doctor`, in one of three forms.
import * as v from "valibot";
import { as, change, choice, flag, howMany, inBytes, list, object, text } from "./fields.ts";
import { poolStatistics, textSummary } from "./memory.ts";

const code = v.optional(howMany("Result code of the TEE, as an unsigned number of 32 bits."));
const origin = v.optional(howMany("Where the code comes from: 1 client library, 2 driver, 3 TEE, 4 TA."));
const size = inBytes("Its regions.");

/** A cause. */
export const cause = object("A cause.", {
  id: text("The cause, as a word that stays the same."),
  sure: choice("Proven by what was given; what it is most of the time; one of several.", [
    "certain",
    "likely",
    "possible",
  ]),
  pool: text("The memory that is meant, in words."),
  knobs: list("Build options, the one to begin with first; none where no option helps.", text("An option.")),
  why: text("The reason, in sentences."),
  next: text("What to do."),
  together: text("What must be raised with the first option; empty if nothing must."),
  evidence: list("What speaks for it.", text("A line that was read, or a figure.")),
  threads: list(
    "Public threads about the same.",
    text("#6596 is one of OP-TEE/optee_os, test#580 of OP-TEE/optee_test."),
  ),
  tried: flag("Its first option was raised without effect."),
});

/** What fits. */
export const room = object("What still fits into a pool whose fragmentation is known.", {
  pool: text("Its name."),
  fits: inBytes("A request of this size still fits for sure."),
  most: inBytes("A larger one fails for sure."),
});

/** A TA that was ended. */
export const taDump = object("A TA that panicked or aborted.", {
  uuid: text("The TA's UUID; as printed where it is none."),
  line: howMany("The line of the text, from 1."),
  arch: text("`aarch64` or `arm`; empty if not printed."),
  regions: list(
    "Its memory.",
    object("A region.", {
      address: howMany("The address of its first byte."),
      size: inBytes("Its size."),
      flags: text("As printed."),
      kind: choice("What it is for.", ["code", "data", "stack", "loader", "parameter", "kernel", "other", "unclear"]),
      file: change("The number of the file in `files`, from 0; -1 for none."),
    }),
  ),
  lost: howMany("Regions that are missing or damaged in the text."),
  files: list(
    "The TA and its libraries.",
    object("A file.", { uuid: text("The UUID of the TA or library."), address: howMany("Where it was loaded.") }),
  ),
  callStack: list("Its call stack, the innermost first.", howMany("An address.")),
  panic: v.optional(howMany("The code of the panic.")),
  abort: v.optional(
    object("The abort.", {
      kind: text("`data`, `prefetch` …"),
      address: howMany("The address that was used."),
      fault: text("As printed."),
    }),
  ),
  sizes: object("Its memory by the kind of region.", {
    code: size,
    data: size,
    stack: size,
    loader: size,
    parameter: size,
    kernel: size,
    other: size,
    unclear: size,
  }),
});

/** A call stack. */
export const callStack = object("A call stack; of a TA only where --ta-elf names some of it.", {
  line: howMany("The line of the text, from 1."),
  why: text("What was printed before it; empty if nothing was."),
  load: v.optional(howMany("Where the core was loaded.")),
  addresses: list("As printed, the innermost first.", howMany("An address.")),
  ta: v.optional(text("The TA whose stack it is; absent for the core's.")),
  frames: list("One for each address.", text("`function file:line`, or the address where no program tells.")),
});

const causes = list("Causes, the surest first.", cause);
const notes = list("What else is to be known.", text("A sentence."));
const rooms = list("What still fits.", room);
const dumps = list("TAs that were ended.", taDump);
const stacks = list("Call stacks.", callStack);

const ofTexts = object("Of texts and options that describe a failure.", {
  read: list("What was read in each text.", textSummary),
  code,
  origin,
  call: v.optional(text("The function that failed.")),
  foreign: v.optional(
    object("A code that is none of the TEE's.", {
      family: choice("Whose code it is.", ["PKCS#11", "Linux", "Keymaster", "TPM 2.0"]),
      name: text("Its name."),
      value: change("Its value, as its family counts it."),
      help: text("What it says."),
    }),
  ),
  verdicts: causes,
  notes,
  room: rooms,
  dumps,
  stacks,
});

const ofSystem = object("Of a system or a recording.", {
  system: text("The source."),
  checks: list(
    "What was asked for.",
    object("One thing that was asked for.", {
      name: text("What it is."),
      well: flag("It is there."),
      optional: v.optional(flag("It is needed for some questions only.")),
      text: text("What is there; or what is missing, and what to do."),
    }),
  ),
  verdicts: causes,
  notes,
  room: rooms,
  dumps: v.optional(dumps),
  stacks: v.optional(stacks),
});

const ofBoard = object("Of a board, step by step.", {
  system: text("The board."),
  steps: list(
    "The check list.",
    object("A step.", {
      name: text("What it looks at."),
      state: choice("How it ended; `skipped`: a step before it failed.", ["ok", "failed", "unknown", "skipped"]),
      text: text("What is there; or what is missing, and what to do."),
    }),
  ),
  command: v.optional(
    object("The command that ran there.", {
      line: text("The command."),
      exit: v.optional(change("Its exit code.")),
      unended: v.optional(text("Why it did not end.")),
      code,
      origin,
      pools: list(
        "Each pool before and after it.",
        object("A pool.", {
          name: text("Its name."),
          before: as("Before.", poolStatistics),
          after: as("Afterwards.", poolStatistics),
          failed: v.optional(change("Requests that failed meanwhile; absent if unknown.")),
          during: as("Of the time between alone.", poolStatistics),
        }),
      ),
    }),
  ),
  verdicts: causes,
  stacks,
});

/** All of it. */
export const doctorSchema = v.pipe(
  v.union([ofTexts, ofSystem, ofBoard]),
  v.description("Why memory ran out, and what to set. Numbers that are unknown are absent, never 0."),
);

/** What it is in types, of texts. */
export type DoctorJson = v.InferOutput<typeof ofTexts>;
/** What it is of a system. */
export type DoctorSystemJson = v.InferOutput<typeof ofSystem>;
/** What it is of a board. */
export type DoctorBoardJson = v.InferOutput<typeof ofBoard>;
