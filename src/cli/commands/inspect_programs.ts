// Reads the programs of `teemem inspect --elf`: their file names.
import type { ProgramNames } from "../../analyze/dump/slide.ts";
import { readElf, sourcePaths, stringAt } from "../../base/elf.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { inputName } from "../inputs/open_input.ts";
import { readInput } from "../inputs/read_input.ts";
import type { Io } from "../outputs/outcome.ts";

/** The file names of some programs. */
export async function programsOf(paths: readonly string[], io: Io): Promise<Result<ProgramNames[]>> {
  const programs: ProgramNames[] = [];
  for (const path of paths) {
    const bytes = await readInput(path, io.input);
    if (!bytes.ok) return bytes;
    const elf = readElf(bytes.value);
    if (!elf.ok) return err(`${inputName(path)}: ${elf.error}`);
    programs.push({
      name: path,
      paths: sourcePaths(elf.value),
      at: (address) => stringAt(elf.value, address),
    });
  }
  return ok(programs);
}
