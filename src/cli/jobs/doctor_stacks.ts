// Looks up call stacks for `teemem doctor`: those of the core, and those of TAs that panicked or aborted.
import { readFile } from "node:fs/promises";
import { uuidOfProgram } from "../../abi/ta_head.ts";
import { readSections } from "../../base/elf_section.ts";
import { type Printable, printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { lookUp } from "../../node/addr2line.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK } from "../../view/terminal/wrap.ts";
import type { CoreStack } from "../../xtest/core_stack.ts";
import type { TaDump } from "../../xtest/ta_dump.ts";
import { withElf } from "../inputs/elf_file.ts";
import { hex } from "../inputs/numbers.ts";
import type { Io } from "../outputs/outcome.ts";
import type { ElfFiles } from "../systems/elf_files.ts";
import { type LoadedStack, partIn, taStack } from "./loaded_stack.ts";

/** A call stack with what is known of its addresses. */
export interface ShownStack extends CoreStack {
  /** The TA whose stack it is; absent for one of the core. */
  readonly ta?: string;
  /** One for each address: `function file:line`, or the address. */
  readonly frames: readonly string[];
}

/** What a console told. */
interface ToldStacks {
  readonly stacks: readonly CoreStack[];
  readonly dumps: readonly TaDump[];
}

const NOTHING: ToldStacks = { stacks: [], dumps: [] };

/** Looks the stacks of a console up in the files that are given; those of TAs are left out where none of it is known. */
export async function resolveStacks(
  { stacks, dumps }: ToldStacks = NOTHING,
  { elf, taElf }: ElfFiles,
  io: Pick<Io, "input">,
): Promise<Result<readonly ShownStack[]>> {
  const ofCore: LoadedStack[] = stacks.map((stack) => ({ ...stack, files: [] }));
  const known = ofCore.map(unknown);
  // A file is needed where there is something to look up.
  const core =
    elf === undefined || known.length === 0 ? ok(known) : await withElf(elf, io, (file) => looked(known, file));
  if (!core.ok) return core;
  let ofTas = dumps.filter(({ callStack }) => callStack.length > 0).map((dump) => unknown(taStack(dump)));
  for (const path of ofTas.length === 0 ? [] : taElf) {
    const some = await withElf(path, io, async (file) => {
      const sections = readSections(await readFile(file));
      const uuid = sections.ok ? uuidOfProgram(sections.value) : undefined;
      return uuid === undefined
        ? err(`${printable(path)}: no program of a TA; give the .elf of its build`)
        : looked(ofTas, file, uuid);
    });
    if (!some.ok) return some;
    ofTas = some.value;
  }
  const told = ofTas.filter(({ frames }) => frames.some(isKnown));
  return ok([...core.value, ...told].map(({ files: _files, ...stack }) => stack));
}

type Resolved = ShownStack & Pick<LoadedStack, "files">;

function unknown(stack: LoadedStack): Resolved {
  return { ...stack, frames: stack.addresses.map(hex) };
}

/** With the frames that lie in this file: of the core, or (`uuid`) of the TA or library that it is. */
async function looked(stacks: readonly Resolved[], file: string, uuid?: string): Promise<Result<Resolved[]>> {
  const found: Resolved[] = [];
  for (const stack of stacks) {
    const frames = [...stack.frames];
    for (const { load, which } of partIn(stack, uuid)) {
      const addresses = which.map((n) => stack.addresses[n] ?? 0);
      const places = await lookUp(file, addresses, load);
      if (!places.ok) return places;
      for (const [i, { func, place }] of places.value.entries())
        frames[which[i] ?? 0] = `${func} ${place}`.trim() || hex(addresses[i] ?? 0);
    }
    found.push({ ...stack, frames });
  }
  return ok(found);
}

const STACKS = 3;
const FRAMES = 8;
const isKnown = (frame: string): boolean => !frame.startsWith("0x");

/** The first stacks, if they were looked up. */
export function drawStacks(stacks: readonly ShownStack[], paint: Paint): Printable[] {
  const known = stacks.filter(({ frames }) => frames.some(isKnown));
  return known
    .slice(0, STACKS)
    .flatMap(({ line, why, ta, frames }) => [
      paint.bold(
        shown`Call stack ${ta === undefined ? "" : shown`of TA ${printable(ta)} `}in line ${line}: ${printable(why)}`,
      ),
      ...frames.slice(0, FRAMES).map((frame) => shown`  ${printable(frame)}`),
      BLANK,
    ]);
}
