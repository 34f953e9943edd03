// Public entry `teemem/release`: what differs between releases of OP-TEE.
export type {
  ConsoleText,
  PoolOptions,
  PoolRow,
  RecordSize,
  Release,
  StatsFlag,
  TracePoint,
} from "./release.ts";
export {
  HEAP_NAME,
  poolNames,
  RELEASES,
  releaseOf,
  releaseOfPools,
  releaseOfWireCode,
  wireCode,
} from "./releases.ts";
