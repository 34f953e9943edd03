/**
 * Sources of statistics and events: the system in this process, a daemon, a recording. Runs in Node.js.
 *
 * ```ts
 * import { defaultPlatform } from "teemem/platform";
 * import { sourceOf, systemOf } from "teemem/source";
 * import { boot } from "teemem/tee";
 *
 * const core = boot({ platform: defaultPlatform() }, { console() {}, now: Date.now });
 * if (!core.ok) throw new Error(core.error);
 * const source = sourceOf(systemOf(core.value));
 * const alloc = await source.ask("alloc");
 * console.log(alloc.ok ? alloc.value.pools.length : alloc.error);
 * await source[Symbol.asyncDispose]();
 * ```
 *
 * @module teemem/source
 */
// Files of this project import what they need from its own file.
export {
  askAlloc,
  askDriverInfo,
  askMemleak,
  askPager,
  askTas,
  askTime,
} from "./client/stats_client.ts";
export { sourceOf } from "./client/system_source.ts";
export type { TeeSystem } from "./client/tee_system.ts";
export { type Asked, xtestStats } from "./client/xtest_stats.ts";
export { daemonSystem } from "./daemon/daemon_system.ts";
export { recordingSource } from "./file/recording_source.ts";
export { type Following, follow } from "./follow.ts";
export type { PreloadLibrary, ProgramEvent, ProgramTarget, SystemProgram } from "./program.ts";
export { createRecordedSystem, type RecordedSystem } from "./sim/recorded_system.ts";
export { systemOf } from "./sim/sim_system.ts";
export {
  type About,
  type Answers,
  type EventsLost,
  type HeapEvent,
  isTraced,
  type OwnShare,
  type Question,
  type Source,
  type SourceError,
  type StatsFailure,
  type TaHeld,
  type TracedSource,
} from "./source.ts";
