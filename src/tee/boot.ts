import { err, ok, type Result } from "../base/result.ts";
import type { Core, CoreOptions, Surroundings } from "./core.ts";
import { createCore } from "./create_core.ts";
import { performSeries } from "./series.ts";

/** Boots a trusted OS: its core heap then holds the blocks that the profile's real boot left there. */
export function boot(options: CoreOptions, surroundings: Surroundings): Result<Core> {
  const created = createCore(options, surroundings);
  if (!created.ok) return created;
  const core = created.value;
  if (performSeries(core, core.profile.boot, [0])) return ok(core);
  return err(`the boot does not fit in a core heap of ${core.heap.size} bytes: set a larger CFG_CORE_HEAP_SIZE`);
}
