// `teemem ta`: builds a TA in C for this machine, and says what that lacks.
import { type Command, Option } from "commander";
import { type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { describedJson } from "../outputs/described_json.ts";
import { suggest } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { TaBuildJson } from "../schemas/ta.ts";
import { buildTa, type TaBuildOptions } from "../ta/build.ts";
import { taDoctor } from "../ta/doctor.ts";
import { modeOption } from "../ta/mode_option.ts";

const EXAMPLES = `
Builds trusted applications in C to WebAssembly by their own Makefile or
CMakeLists.txt, which stays as it is, and prints the path of each. With OP-TEE's
sources a TA has OP-TEE's own libraries: they are built once for each release.
Without them it has headers and a small library of teemem.

Examples:
  teemem ta build hello_world/ta --optee ~/optee_os
  teemem ta build optee_test/ta --optee ~/optee_os CFG_TEE_TA_LOG_LEVEL=4
  OPTEE_OS=~/optee_os teemem ta build my_ta --target wasm32 -o built
  teemem ta doctor        which compilers there are, and what lacks
`;

/** Arguments, options and examples of `teemem ta`. */
export function declare(command: Command): void {
  command
    .argument("<what>", "build: build the TAs of folders; doctor: say what this machine lacks")
    .argument("[folder...]", "folders of TAs, and variables for their Makefiles (NAME=VALUE)")
    .option("--optee <folder>", "sources of OP-TEE (optee_os); default: $OPTEE_OS")
    .addOption(
      new Option(
        "--target <layout>",
        "words of 64 bits, as on the board, or of 32; default: 64 where Node.js runs it",
      ).choices(["wasm64", "wasm32"]),
    )
    .option(
      "--cc <clang>",
      "the clang to build with, or yowasp for the package @yowasp/clang; default: the newest of this machine, else the package",
    )
    .option("-o, --output <folder>", "the folder for the modules; default: one in the cache, where --ta finds them")
    .option("-v, --verbose", "show each file that is compiled")
    .option("--json", "print modules, or what lacks, as JSON: see 'teemem schema ta'")
    .addHelpText("after", EXAMPLES);
  modeOption(command, "build with checks of memory, for --memcheck of other commands; also --memcheck=full");
}

/** Builds, or examines the machine. */
export async function run(words: readonly string[], options: TaBuildOptions, io: Io): Promise<CommandResult> {
  const [what = "", ...rest] = words;
  if (what === "doctor") return rest.length > 0 ? err("doctor takes no folder") : taDoctor(options, io);
  if (what !== "build")
    return err(`unknown word '${printable(what)}'${suggest(what, ["build", "doctor"]) || "; it is build or doctor"}`);
  const variables = rest.filter((word) => /^\w+[:+?]?=/.test(word));
  const folders = rest.filter((word) => !variables.includes(word));
  if (folders.length === 0) return err("which folder? 'teemem ta build FOLDER'");
  const built = await buildTa(folders, variables, options, io);
  return report(built, options.json === true, io);
}

function report(built: Result<readonly string[]>, json: boolean, io: Io): CommandResult {
  if (json) io.out.writeData(builtJson(built));
  else if (built.ok) for (const path of built.value) io.out.write(shown`${printable(path)}\n`);

  if (!built.ok) io.err.write(shown`teemem: ${printable(built.error)}\n`);
  return ok(built.ok ? 0 : 1);
}

function builtJson(built: Result<readonly string[]>): Printable {
  return describedJson<TaBuildJson>()(built.ok ? { modules: built.value } : { modules: [], error: built.error });
}
