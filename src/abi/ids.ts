// Numbers of OP-TEE 4.0.0 lib/libutee/include/pta_stats.h, tee_api_defines.h and optee_client's tee_client_api.h.

/** UUID of the statistics pseudo TA. */
export const STATS_UUID = "d96a5b40-e2c7-b1af-8794-1002a5d5c61b";

/** Commands of the statistics pseudo TA. */
export const STATS_COMMAND = {
  PAGER_STATS: 0,
  ALLOC_STATS: 1,
  MEMLEAK_STATS: 2,
  TA_STATS: 3,
  GET_TIME: 4,
  /** Since 4.1. */
  PRINT_DRIVER_INFO: 5,
} as const;

/** What PRINT_DRIVER_INFO prints on the secure console. */
export const DRIVER_INFO = { CLOCKS: 0, REGULATORS: 1 } as const;

/** Pools of ALLOC_STATS. 0 asks for all of them, in the order of their ids. */
export const POOL_ID = {
  ALL: 0,
  HEAP: 1,
  /** No longer managed by OP-TEE: always zeros. */
  PUBLIC_DDR: 2,
  /** Physical memory of TAs, in pages. */
  TA_RAM: 3,
  /** Heap of the hypervisor part, with CFG_NS_VIRTUALIZATION. */
  NEXUS_HEAP: 4,
  /** Since 4.1. */
  RPMB: 5,
} as const;

/** The origin of an error: `err_orig` of xtest, `returnOrigin` of the client API. */
export const ORIGIN = { API: 1, COMMS: 2, TEE: 3, TRUSTED_APP: 4 } as const;

/** What an origin means, in words. */
export function originName(origin: number): string {
  if (origin === ORIGIN.API) return "the client library";
  if (origin === ORIGIN.COMMS) return "the connection to the TEE";
  if (origin === ORIGIN.TEE) return "the TEE itself";
  if (origin === ORIGIN.TRUSTED_APP) return "the TA";
  return `unknown origin ${origin}`;
}

/** Parameter types inside the TEE, four bits each. */
export const PARAM_TYPE = {
  NONE: 0,
  VALUE_INPUT: 1,
  VALUE_OUTPUT: 2,
  VALUE_INOUT: 3,
  MEMREF_INPUT: 5,
  MEMREF_OUTPUT: 6,
  MEMREF_INOUT: 7,
} as const;

/** Parameter types of the client API; the temporary memrefs have the numbers of the TEE's. */
export const TEEC_PARAM_TYPE = {
  NONE: 0x0,
  VALUE_INPUT: 0x1,
  VALUE_OUTPUT: 0x2,
  VALUE_INOUT: 0x3,
  MEMREF_TEMP_INPUT: 0x5,
  MEMREF_TEMP_OUTPUT: 0x6,
  MEMREF_TEMP_INOUT: 0x7,
  MEMREF_WHOLE: 0xc,
  MEMREF_PARTIAL_INPUT: 0xd,
  MEMREF_PARTIAL_OUTPUT: 0xe,
  MEMREF_PARTIAL_INOUT: 0xf,
} as const;

/** Packs up to four parameter types into one word, the first in the lowest four bits. */
export function paramTypes(p0: number, p1 = 0, p2 = 0, p3 = 0): number {
  return p0 | (p1 << 4) | (p2 << 8) | (p3 << 12);
}
