// Public entry `teemem/release`: what differs between releases of OP-TEE.
export type { AllocatorRules, PlainLines } from "./allocator_rules.ts";
export type { LeakFields, LeakLayout } from "./leak_fields.ts";
export type {
  ConsoleText,
  PoolOptions,
  PoolRole,
  PoolRow,
  RecordSize,
  Release,
  StatsFlag,
  TracePoint,
} from "./release.ts";
export {
  HEAP_NAME,
  poolNamed,
  poolNames,
  RELEASES,
  releaseOf,
  releaseOfPools,
  releaseOfWireCode,
  wireCode,
} from "./releases.ts";
