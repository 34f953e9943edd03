// Writes what the plugin of QEMU needs beside it: a plan of the programs that it records, and their bytes.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { shellWord } from "../../base/shell_word.ts";
import { type PlannedProgram, planProgram, planText } from "../../source/qemu_plugin/plan.ts";
import { readInput } from "../inputs/read_input.ts";
import { writeReason } from "../outputs/file_reason.ts";
import type { Io } from "../outputs/outcome.ts";
import { elfFiles } from "../systems/elf_files.ts";
import type { BuiltPart, PartOptions } from "./part.ts";

/** Reads the ELF files and writes the plan. Gives the lines that start QEMU with the plugin. */
export async function writePlan(
  { file, folder }: BuiltPart,
  given: PartOptions,
  io: Pick<Io, "input">,
): Promise<Result<string[]>> {
  const files = await elfFiles(given, process.env);
  if (!files.ok) return files;
  const { elf, taElf } = files.value;
  const programs: PlannedProgram[] = [];
  for (const path of elf === undefined ? taElf : [elf, ...taElf]) {
    const bytes = await readInput(path, io.input);
    if (!bytes.ok) return bytes;
    const program = planProgram(bytes.value, `program.${programs.length}`);
    if (!program.ok) return err(`${printable(path)}: ${program.error}`);
    const twice = programs.some(({ heap }) => heap === program.value.heap);
    if (twice) return err(`${printable(path)}: there are two programs for the heap ${program.value.heap}`);
    programs.push(program.value);
  }
  try {
    for (const [n, { image }] of programs.entries()) writeFileSync(join(folder, `program.${n}`), image);
    writeFileSync(join(folder, "plan"), planText(programs));
  } catch (error) {
    return err(`${printable(folder)}: ${writeReason(error)}`);
  }
  const option = `-plugin ${resolve(file)},out=${resolve("heap.events")}`;
  return ok([
    ...programs.map(({ heap, calls }) => `${heap}: ${calls} calls of its allocator`),
    ...(programs.length === 0 ? ["core: found while it runs, without call sites"] : []),
    "",
    "Start QEMU with:",
    `  ${option}`,
    "In OP-TEE's build tree:",
    `  make run QEMU_EXTRA_ARGS=${shellWord(option)}`,
    "Then:",
    "  teemem record --from heap.events -o run.arrows",
  ]);
}
