// Puts the floors together: boots a trusted OS whose TAs, in TypeScript, stand on the library.
import { err, ok, type Result } from "../base/result.ts";
import { titleOfPlatform } from "../platform/needs.ts";
import { LEVEL, NOWHERE } from "./kernel/console.ts";
import type { AppFactory, Core, CoreOptions, Environment } from "./kernel/core.ts";
import { createKernel } from "./kernel/create_core.ts";
import { performSeries } from "./kernel/series.ts";
import { socketPta } from "./pta/socket_pta.ts";
import { systemPta } from "./pta/system_pta.ts";
import { withLibrary } from "./utee/entry.ts";
import type { TrustedApp } from "./utee/trusted_app.ts";

/** What the embedded system is given from outside. */
export interface Surroundings extends Omit<Environment, "apps"> {
  /** TAs that can be loaded, in TypeScript or with a library of their own; default none. */
  readonly apps?: readonly (TrustedApp | AppFactory)[];
}

/** Builds a core with its heaps, before anything ran on it. An unknown version or an impossible heap size is an error. */
export function createCore(options: CoreOptions, surroundings: Surroundings): Result<Core> {
  const { apps = [], pseudoTas = [], ...environment } = surroundings;
  return createKernel(options, {
    ...environment,
    pseudoTas: [systemPta, socketPta, ...pseudoTas],
    apps: apps.map((app) => (typeof app === "function" ? app : (core: Core) => withLibrary(core, app))),
  });
}

/** Boots a trusted OS: its core heap then holds the blocks that the platform's real boot left there. */
export function boot(options: CoreOptions, surroundings: Surroundings): Result<Core> {
  const created = createCore(options, surroundings);
  if (!created.ok) return created;
  const core = created.value;
  const { boot: series } = core.platform;
  if (performSeries(core, series.steps, [0])) {
    if (series.missing !== null) core.console.print(LEVEL.ERROR, NOWHERE, titleOfPlatform(core.platform, core.release));
    return ok(core);
  }
  return err(`the boot does not fit in a core heap of ${core.heap.size} bytes: set a larger CFG_CORE_HEAP_SIZE`);
}
