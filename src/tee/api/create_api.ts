import { TEE } from "../../abi/errors.ts";
import { leakLine, liveBlocks } from "../../malloc/foreach.ts";
import { calloc, free, malloc, realloc } from "../../malloc/malloc.ts";
import { LEVEL } from "../console.ts";
import type { Core } from "../core.ts";
import { createCryptoApi } from "../crypto/create_crypto_api.ts";
import { params as fill } from "../params.ts";
import { TaPanic } from "../ta/panic.ts";
import type { Call, TaInstance } from "../ta/ta_instance.ts";
import { createStorageApi } from "./create_storage_api.ts";
import type { InternalApi } from "./internal_api.ts";

/** TEE_Malloc's hint for memory that need not be zeroed. */
export const NO_FILL = 1;

/** Where the library's own TEE_Malloc and TEE_Realloc stand. */
const MALLOC_SITE = "lib/libutee/tee_api.c:749";
const REALLOC_SITE = "lib/libutee/tee_api.c:771";

/** What the code of an instance may call while a call is being served. */
export function createInternalApi(core: Core, instance: TaInstance, call: Call): InternalApi {
  const { heap } = instance;
  const { bytes } = heap.heap.memory;
  const { sessions } = call;
  const inner: Call = { ...call, chain: [...call.chain, instance] };
  const crypto = createCryptoApi(core, instance);
  let masked = true;
  return {
    ...crypto,
    ...createStorageApi(core, instance, crypto),
    heap,
    bytes,
    malloc(size, hint = 0, site = MALLOC_SITE) {
      const [file, line] = placeOf(site);
      return hint === NO_FILL ? malloc(heap, size, file, line) : calloc(heap, 1, size, file, line);
    },
    realloc(pointer, size, site = REALLOC_SITE) {
      const [file, line] = placeOf(site);
      return realloc(heap, pointer, size, file, line);
    },
    free(pointer, site = MALLOC_SITE) {
      const [file, line] = placeOf(site);
      free(heap, pointer, file, line);
    },
    memMove: (to, from, size) => void bytes.copyWithin(to, from, from + size),
    memFill: (at, byte, size) => void bytes.fill(byte, at, at + size),
    memCompare(a, b, size) {
      for (let i = 0; i < size; i++) {
        const difference = (bytes[a + i] ?? 0) - (bytes[b + i] ?? 0);
        if (difference !== 0) return difference;
      }
      return 0;
    },
    view: (pointer, size) => bytes.subarray(pointer, pointer + size),
    property: (name) => propertyOf(core, instance, name),
    systemTime: core.clock.tee,
    reeTime: core.clock.ree,
    async wait(milliseconds) {
      await core.platform.wait(milliseconds, masked ? undefined : call.signal);
      return !masked && call.signal?.aborted ? TEE.CANCEL : TEE.SUCCESS;
    },
    openTaSession: (uuid, params = fill()) => sessions.open(uuid, params, inner),
    invokeTaCommand: (session, command, params = fill()) => sessions.invoke(session, command, params, inner),
    async closeTaSession(session) {
      await sessions.close(session, inner);
    },
    cancellationFlag: () => !masked && call.signal?.aborted === true,
    maskCancellation() {
      const before = masked;
      masked = true;
      return before;
    },
    unmaskCancellation() {
      const before = masked;
      masked = false;
      return before;
    },
    generateRandom: core.platform.random,
    panic(code) {
      throw new TaPanic(code);
    },
    mdbgCheck(print) {
      for (const block of liveBlocks(heap)) if (print) core.console.taPrint(LEVEL.INFO, leakLine(block));
    },
    log: core.console.taPrint,
  };
}

function placeOf(site: string): [file: string, line: number] {
  const colon = site.lastIndexOf(":");
  return [site.slice(0, colon), Number(site.slice(colon + 1))];
}

function propertyOf(core: Core, { app }: TaInstance, name: string): string | number | boolean | undefined {
  switch (name) {
    case "gpd.ta.appID":
      return app.uuid;
    case "gpd.ta.singleInstance":
      return app.flags.singleInstance;
    case "gpd.ta.multiSession":
      return app.flags.multiSession;
    case "gpd.ta.instanceKeepAlive":
      return app.flags.keepAlive;
    case "gpd.ta.dataSize":
      return app.layout.heapLength;
    case "gpd.ta.stackSize":
      return app.layout.stackPages * core.taRam.granule;
    case "gpd.tee.apiversion":
      return "GPD-1.1-dev";
    case "gpd.tee.description":
      return `OP-TEE ${core.version}`;
    case "gpd.tee.systemTime.protectionLevel":
      return 100;
    case "gpd.tee.arith.maxBigIntSize":
      return 2048;
    default:
      return undefined;
  }
}
