// The package's entry point `teemem/source`: statistics and events of any source.
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
