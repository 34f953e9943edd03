// The package's door `teemem/source`: where statistics come from, whatever they come from.
export { createRecordedSystem, type RecordedSystem } from "./recorded_system.ts";
export { recordingSource } from "./recording_source.ts";
export { type Answers, type Question, type Source, type SourceError, sourceOf } from "./source.ts";
export {
  askAlloc,
  askDriverInfo,
  askMemleak,
  askPager,
  askTas,
  askTime,
  type StatsFailure,
} from "./stats_client.ts";
export { systemOf, type TeeSystem } from "./tee_system.ts";
export { type Asked, xtestStats } from "./xtest_stats.ts";
