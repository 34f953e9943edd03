import { err, ok, type Result } from "../base/result.ts";
import { calloc, free, malloc, realloc } from "../malloc/malloc.ts";
import type { Core, CoreOptions, Surroundings } from "./core.ts";
import { createCore } from "./create_core.ts";

/** Boots a trusted OS: its core heap then holds the blocks that the profile's real boot left there. */
export function boot(options: CoreOptions, surroundings: Surroundings): Result<Core> {
  const created = createCore(options, surroundings);
  if (!created.ok) return created;
  const { heap, profile } = created.value;
  const blocks: number[] = [0];
  for (const step of profile.boot) {
    const { file, line } = step;
    const of = step.op === "F" || step.op === "R" ? (blocks[step.of] ?? 0) : 0;
    switch (step.op) {
      case "M":
        blocks.push(malloc(heap, step.size, file, line));
        break;
      case "C":
        blocks.push(calloc(heap, 1, step.size, file, line));
        break;
      case "R":
        blocks.push(realloc(heap, of, step.size, file, line));
        break;
      case "F":
        free(heap, of, file, line);
        break;
    }
    if (step.op !== "F" && blocks.at(-1) === 0) {
      return err(`the boot does not fit in a core heap of ${heap.size} bytes: set a larger CFG_CORE_HEAP_SIZE`);
    }
  }
  return ok(created.value);
}
