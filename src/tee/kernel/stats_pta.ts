// Behaves as OP-TEE 4.0.0, 4.5.0 and 4.10.0 core/pta/stats.c, the pseudo TA behind `xtest --stats`.
import { encodeRecords } from "../../abi/alloc_reply.ts";
import { TEE } from "../../abi/errors.ts";
import { DRIVER_INFO, PARAM_TYPE, POOL_ID, STATS_COMMAND, STATS_UUID } from "../../abi/ids.ts";
import { encodePager, pagerFrom } from "../../abi/pager.ts";
import { type AllocRecord, emptyRecord, type TaRecord } from "../../abi/record.ts";
import { encodeTaReply, taSize } from "../../abi/ta_reply.ts";
import { encodeTime } from "../../abi/time.ts";
import { freeSquareSum } from "../../heap/bstats.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { leakLine, liveBlocks } from "../../malloc/foreach.ts";
import { getStats, resetStats } from "../../malloc/stats.ts";
import type { Release } from "../../release/release.ts";
import { poolNames } from "../../release/releases.ts";
import { LEVEL } from "./console.ts";
import { type Core, give, type PseudoTa, take } from "./core.ts";
import { bufferOf, haveTypes, type Param, type Params } from "./params.ts";
import type { UserTa } from "./ta_instance.ts";
import { taMemoryStats } from "./ta_memory.ts";

const { VALUE_INPUT, VALUE_OUTPUT, MEMREF_OUTPUT } = PARAM_TYPE;

type Handler = (core: Core, params: Params) => number;

/** The statistics pseudo TA of a release. */
export function statsPta(release: Release): PseudoTa {
  const handlers: Readonly<Record<number, Handler>> = {
    [STATS_COMMAND.PAGER_STATS]: pagerStats,
    [STATS_COMMAND.ALLOC_STATS]: allocStats,
    [STATS_COMMAND.MEMLEAK_STATS]: memleakStats,
    [STATS_COMMAND.TA_STATS]: taStats,
    [STATS_COMMAND.GET_TIME]: getTime,
    ...(release.driverInfo ? { [STATS_COMMAND.PRINT_DRIVER_INFO]: printDriverInfo } : {}),
  };
  return {
    uuid: STATS_UUID,
    name: release.console.statsName,
    invoke: (core, command, params) => (handlers[command] ?? (() => TEE.BAD_PARAMETERS))(core, params),
  };
}

/** There is no pager here, as in the reference builds: zeros. */
function pagerStats(_core: Core, params: Params): number {
  if (!haveTypes(params, VALUE_OUTPUT, VALUE_OUTPUT, VALUE_OUTPUT)) return TEE.BAD_PARAMETERS;
  encodePager(pagerFrom(() => 0)).forEach((value, i) => setValue(params[i], value));
  return TEE.SUCCESS;
}

function allocStats(core: Core, params: Params): number {
  const [query, reply] = params;
  if (!haveTypes(params, VALUE_INPUT, MEMREF_OUTPUT) || query.type !== "value") return TEE.BAD_PARAMETERS;
  const { release } = core;
  const { a: pool, b: reset } = query.value;
  const names = poolNames(release, { nsVirtualization: core.switches.CFG_NS_VIRTUALIZATION });
  if (pool > names.length) return TEE.BAD_PARAMETERS;
  const wanted = pool === POOL_ID.ALL ? names.map((_, i) => i + 1) : [pool];
  return answer(reply, wanted.length * release.recordSize, () => {
    const records = wanted.map((id) => poolRecord(core, id, names[id - 1] ?? "", reset !== 0));
    return encodeRecords(records, release);
  });
}

function poolRecord(core: Core, id: number, name: string, reset: boolean): AllocRecord {
  const { console: text } = core.release;
  switch (id) {
    case POOL_ID.HEAP:
      return heapRecord(core.heap, name, reset);
    case POOL_ID.TA_RAM:
      return { ...emptyRecord(name), ...taMemoryStats(core, reset) };
    case POOL_ID.NEXUS_HEAP:
      if (core.nexusHeap !== null) return heapRecord(core.nexusHeap, name, reset);
      break;
    case POOL_ID.PUBLIC_DDR:
      core.console.print(LEVEL.ERROR, text.publicDdr, "public DDR not managed by secure side anymore");
      return emptyRecord(name);
  }
  if (text.wrongPoolShown) core.console.print(LEVEL.ERROR, text.wrongPool, "Wrong pool id");
  return emptyRecord(name);
}

function heapRecord(heap: MallocContext, name: string, reset: boolean): AllocRecord {
  const record = { name, ...getStats(heap), free2Sum: freeSquareSum(heap.heap) };
  if (reset) resetStats(heap);
  return record;
}

/** The leak list goes to the secure console, and there is none without leak headers. */
function memleakStats(core: Core, params: Params): number {
  if (!haveTypes(params)) return TEE.BAD_PARAMETERS;
  for (const block of liveBlocks(core.heap)) core.console.print(LEVEL.INFO, null, leakLine(block));
  return TEE.SUCCESS;
}

function taStats(core: Core, params: Params): number {
  const [reply] = params;
  if (!haveTypes(params, MEMREF_OUTPUT)) return TEE.BAD_PARAMETERS;
  if (!core.switches.CFG_TA_STATS) return TEE.NOT_SUPPORTED;
  const code = dumpTas(core, reply);
  if (code !== TEE.SUCCESS) {
    core.console.print(LEVEL.DEBUG, core.release.console.taStats, `tee_ta_dump_stats return: 0x${code.toString(16)}`);
  }
  return code;
}

/** Upstream first lists the instances in a buffer on the core heap, then asks each. */
function dumpTas(core: Core, reply: Param): number {
  const { release } = core;
  const count = core.userTas.length;
  if (count === 0) return TEE.ITEM_NOT_FOUND;
  const needed = count * taSize(release);
  if (reply.type === "memref" && bufferOf(reply).length < needed) return answer(reply, needed, () => new Uint8Array());
  const list = take(core, "call.ta_list", count);
  if (list === 0) return TEE.OUT_OF_MEMORY;
  const code = answer(reply, needed, () => encodeTaReply(core.userTas.map(taRecord), release));
  give(core, list, "call.ta_list");
  return code;
}

/** An instance without a session of its own cannot be asked: zeros, as upstream. */
function taRecord(ta: UserTa): TaRecord {
  const { uuid, sessions, heap } = ta;
  const stats = heap === null || sessions === 0 || ta.panicked ? emptyRecord() : getStats(heap);
  return { uuid, panicked: ta.panicked ? 1 : 0, sessions, heap: { name: "", ...stats } };
}

function getTime(core: Core, params: Params): number {
  if (!haveTypes(params, VALUE_OUTPUT, VALUE_OUTPUT)) return TEE.BAD_PARAMETERS;
  const time = encodeTime({ ree: core.clock.ree(), tee: core.clock.tee() });
  time.forEach((value, i) => setValue(params[i], value));
  return TEE.SUCCESS;
}

/** Builds without CFG_DRIVERS_CLK_PRINT_TREE, such as the reference builds, print nothing. */
function printDriverInfo(_core: Core, params: Params): number {
  const [which] = params;
  if (!haveTypes(params, VALUE_INPUT) || which.type !== "value") return TEE.BAD_PARAMETERS;
  const known = which.value.a === DRIVER_INFO.CLOCKS || which.value.a === DRIVER_INFO.REGULATORS;
  return known ? TEE.SUCCESS : TEE.BAD_PARAMETERS;
}

/** Fills an output buffer, or only says how large it must be. */
function answer(reply: Param, needed: number, bytes: () => Uint8Array): number {
  if (reply.type !== "memref") return TEE.BAD_PARAMETERS;
  reply.size = needed;
  if (bufferOf(reply).length < needed) return TEE.SHORT_BUFFER;
  bufferOf(reply).set(bytes());
  return TEE.SUCCESS;
}

function setValue(param: Param | undefined, value: { readonly a: number; readonly b: number }): void {
  if (param?.type === "value") param.value = value;
}
