// Looks up call stacks for `teemem doctor`.
import { type Printable, printable, shown } from "../../base/printable.ts";
import { ok, type Result } from "../../base/result.ts";
import { lookUp } from "../../node/addr2line.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK } from "../../view/terminal/wrap.ts";
import type { CoreStack } from "../../xtest/core_stack.ts";
import { withElf } from "../inputs/elf_file.ts";
import { hex } from "../inputs/numbers.ts";
import type { Io } from "../outputs/outcome.ts";

/** A call stack with what is known of its addresses. */
interface ShownStack extends CoreStack {
  /** One for each address: `function file:line`, or the address. */
  readonly frames: readonly string[];
}

/** Looks up the call stacks of the core in `elf`, where it is given. */
export async function resolveStacks(
  stacks: readonly CoreStack[],
  elf: string | undefined,
  io: Pick<Io, "input">,
): Promise<Result<readonly ShownStack[]>> {
  if (elf === undefined) return ok(stacks.map((stack) => ({ ...stack, frames: stack.addresses.map(hex) })));
  return withElf(elf, io, async (file) => {
    const found: ShownStack[] = [];
    for (const stack of stacks) {
      const places = await lookUp(file, stack.addresses, stack.load);
      if (!places.ok) return places;
      const frames = places.value.map(
        ({ func, place }, i) => `${func} ${place}`.trim() || hex(stack.addresses[i] ?? 0),
      );
      found.push({ ...stack, frames });
    }
    return ok(found);
  });
}

const STACKS = 3;
const FRAMES = 8;

/** The first stacks, if they were looked up. */
export function drawStacks(stacks: readonly ShownStack[], paint: Paint): Printable[] {
  const known = stacks.filter(({ frames }) => frames.some((frame) => !frame.startsWith("0x")));
  return known
    .slice(0, STACKS)
    .flatMap(({ line, why, frames }) => [
      paint.bold(shown`Call stack in line ${line}: ${printable(why)}`),
      ...frames.slice(0, FRAMES).map((frame) => shown`  ${printable(frame)}`),
      BLANK,
    ]);
}
