/**
 * What differs between the releases of OP-TEE since 4.0: pools, record sizes, options and texts.
 *
 * ```ts
 * import { poolNames, releaseOf } from "teemem/release";
 *
 * const release = releaseOf("4.6");
 * if (release.ok) console.log(poolNames(release.value));
 * ```
 *
 * @module teemem/release
 */
// Files of this project import what they need from its own file.
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
