// `teemem replay`: replays heap traces in the allocator.
import { type Command, InvalidArgumentError, Option } from "commander";
import { err, ok } from "../../base/result.ts";
import { traceKind } from "../../replay/trace_kind.ts";
import { parseSize } from "../inputs/numbers.ts";
import { inputName } from "../inputs/open_input.ts";
import { inputProblem, readInput } from "../inputs/read_input.ts";
import type { CommandResult, ExitCode, Io } from "../outputs/outcome.ts";
import { noHeapIn } from "../systems/heap_name.ts";
import { replayGolden } from "./replay_golden.ts";
import { readTraces, startsLikeRecording } from "./replay_input.ts";
import { optionProblem, type ReplayOptions } from "./replay_options.ts";
import { replayRecorded } from "./replay_recorded.ts";

const EXAMPLES = `
TRACE is a file, gzipped or not, or - for standard input. The first lines tell
its kind:

  recorded traces   come from a running OP-TEE. Without options, every returned
                    address and every count of allocated bytes is compared with
                    the trace (exit code 1 at the first difference). With --fit,
                    --pool, --abi, --mdbg, --debug or --variant the same
                    requests go to another allocator, and the requests that fail
                    there are listed (exit code 1 if one of them had succeeded
                    in the recording).
  recordings        of 'teemem record' are recorded traces, one for each heap;
                    --heap NAME selects one.
  golden traces     are lists of operations to perform. Prints their results,
                    the block map, the free list and a summary in JSON. A panic
                    is a result: exit code 0.

SIZE is a number of bytes: 65536, 64k, 0x10000, 1M. The pool of the core heap is
CFG_CORE_HEAP_SIZE plus the bytes that the linker leaves behind it: 3,104 in the
recorded build.

Examples:
  teemem replay demo:core
                  does the allocator do what was recorded?
  teemem replay --pool 52256 demo:core
                  would CFG_CORE_HEAP_SIZE=49152 have been enough?
  teemem replay --marks demo:core
                  list the marks, with the operations of each
  teemem replay --fit best --until boot demo:core
  teemem replay --pool 36k --mark regression-1013 demo:core
                  one test alone
  teemem replay --variant ilp32-bf-core-mdbg demo:edge-sizes
  teemem replay --optee 4.10.0 --mdbg demo:mdbg-leak
                  with the leak headers, lines and assertions of that release
  teemem replay --summary --abi arm demo:edge-query demo:edge-order
                  one line of JSON for each
`;

const NO_TRACE =
  "line 1: expected a heap trace, which begins with '# OP-TEE … heap event trace' (recorded) or 'arena LENGTH' (golden), or a recording of 'teemem record'";

/** Arguments, options and examples of `teemem replay`. */
export function declare(command: Command): void {
  command
    .argument("<TRACE...>", "heap traces; - reads standard input")
    .addOption(new Option("--abi <abi>", "word size").choices(["lp64", "ilp32", "aarch64", "arm"]))
    .addOption(new Option("--fit <fit>", "how a free block is chosen").choices(["first", "best"]))
    .addOption(new Option("--flavour <flavour>", "the owner of the heap; golden traces only").choices(["ta", "core"]))
    .option("--mdbg", "leak headers around every payload (CFG_TEE_*_MALLOC_DEBUG)")
    .option("--debug", "wipe freed blocks, validate the heap before every operation")
    .addOption(
      new Option("--variant <name>", "all five options above in one word, like lp64-ff-ta-mdbg").conflicts([
        "abi",
        "fit",
        "flavour",
        "mdbg",
        "debug",
      ]),
    )
    .option("--optee <version>", "the release whose allocator is used, like 4.10.0; default 4.0.0")
    .addOption(
      new Option("--marks", "list the marks of the trace; recorded traces only").conflicts([
        "abi",
        "fit",
        "mdbg",
        "debug",
        "variant",
        "optee",
        "pool",
        "until",
        "mark",
        "summary",
      ]),
    )
    .addOption(new Option("--pool <size>", "bytes of the heap; recorded traces only").argParser(readSize))
    .addOption(new Option("--until <mark>", "stop at the end of this mark; recorded traces only").conflicts("mark"))
    .option(
      "--heap <name>",
      "only this heap: core, ldelf, a TA's name, or the beginning of its UUID; recorded traces only",
    )
    .option("--mark <mark>", "stop at the end of this mark and report whether it alone passes")
    .option("--summary", "print only the summary, a line for each trace; golden traces only")
    .option("--json", "print a line of JSON for each trace: see 'teemem schema replay'")
    .addHelpText("after", EXAMPLES);
}

/** Replays each trace in turn. The worst exit code counts; wrong input ends the command. */
export async function run(paths: readonly string[], options: ReplayOptions, io: Io): Promise<CommandResult> {
  const problem = optionProblem(options) ?? (await inputProblem(paths));
  if (problem !== null) return err(problem);
  let code: ExitCode = 0;
  const heaps: string[] = [];
  let replayed = 0;
  for (const path of paths) {
    const input = await readInput(path, io.input, headProblem);
    if (!input.ok) return input;
    if (traceKind(input.value) === "golden") {
      const outcome = await replayGolden(path, input.value, options, io);
      if (!outcome.ok) return err(`${inputName(path)}: ${outcome.error}`);
      replayed++;
      await io.out.drain();
      continue;
    }
    const read = await readTraces(path, input.value, options, io);
    if (!read.ok) return err(`${inputName(path)}: ${read.error}`);
    heaps.push(...read.value.heaps);
    for (const named of read.value.chosen) {
      const outcome = replayRecorded(named, options, io);
      if (!outcome.ok) return err(`${named.name}: ${outcome.error}`);
      if (outcome.value === 1) code = 1;
      replayed++;
      await io.out.drain();
    }
  }
  if (replayed > 0) return ok(code);
  const { heap = "" } = options;
  return err(noHeapIn("this recording", heap, heaps));
}

function headProblem(head: Uint8Array): string | null {
  return traceKind(head) === null && !startsLikeRecording(head) ? NO_TRACE : null;
}

function readSize(text: string): number {
  const size = parseSize(text);
  if (!size.ok) throw new InvalidArgumentError(size.error);
  return size.value;
}
