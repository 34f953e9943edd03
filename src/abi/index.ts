/**
 * What crosses the secure boundary: ids, error codes, and the codec of statistics records.
 *
 * ```ts
 * import { encodeUuid, errorText, STATS_UUID, TEE } from "teemem/abi";
 *
 * console.log(errorText(TEE.OUT_OF_MEMORY), encodeUuid(STATS_UUID));
 * ```
 *
 * @module teemem/abi
 */
// Files of this project import what they need from its own file.
export { readRecord, writeRecord } from "./alloc_codec.ts";
export { type AllocReply, decodeAllocReply, decodeRecord, encodeRecords } from "./alloc_reply.ts";
export { ERROR_HELP, type ErrorName, errorCode, errorName, errorText, TEE } from "./errors.ts";
export {
  type CounterField,
  NAME_BYTES,
  type SquareField,
  STAT_FIELDS,
  type StatField,
} from "./fields.ts";
export { fragmentation, fragmentationPercent } from "./fragmentation.ts";
export {
  DRIVER_INFO,
  ORIGIN,
  originName,
  PARAM_TYPE,
  POOL_ID,
  paramTypes,
  STATS_COMMAND,
  STATS_UUID,
  TEEC_PARAM_TYPE,
} from "./ids.ts";
export { decodePager, encodePager, PAGER_FIELDS, type PagerField, type PagerStats, type ValueParam } from "./pager.ts";
export { type AllocRecord, type AllocStats, emptyRecord, type TaRecord } from "./record.ts";
export { decodeTaReply, encodeTaReply, taSize } from "./ta_reply.ts";
export { decodeTime, encodeTime, type StatsTime, type TeeTime } from "./time.ts";
export { decodeUuid, encodeUuid, parseUuid, UUID_BYTES } from "./uuid.ts";
