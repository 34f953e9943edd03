// The library of a TA in TypeScript, as it is for one entry: OP-TEE 4.0.0 lib/libutee, on the system calls below.
import { leakLine, liveBlocks } from "../../malloc/foreach.ts";
import { calloc, free, malloc, reallocZeroed } from "../../malloc/malloc.ts";
import { LEVEL } from "../kernel/console.ts";
import type { Core } from "../kernel/core.ts";
import { params as fill } from "../kernel/params.ts";
import type { TaEntry } from "../kernel/user_app.ts";
import { asymmetricApi } from "./asymmetric.ts";
import { aeApi } from "./authenticated.ts";
import { createStorageApi } from "./create_storage_api.ts";
import { digestApi } from "./digests.ts";
import type { InternalApi, MemoryApi } from "./internal_api.ts";
import { type LibraryEnv, libraryEnv } from "./library_env.ts";
import { objectApi } from "./objects.ts";
import { operationApi } from "./operations.ts";
import { propertyOf } from "./properties.ts";
import { symmetricApi } from "./symmetric.ts";

/** TEE_Malloc's hint for memory that need not be zeroed. */
const NO_FILL = 1;

/** Where the library's own TEE_Malloc and TEE_Realloc stand. */
const MALLOC_SITE = "lib/libutee/tee_api.c:749";
const REALLOC_SITE = "lib/libutee/tee_api.c:771";

/** What the code of an instance may call while an entry is being served. */
export function createInternalApi(core: Core, entry: TaEntry): InternalApi {
  const env = libraryEnv(core, entry);
  const { svc, heap } = env;
  return {
    ...memoryApi(env),
    ...objectApi(env),
    ...operationApi(env),
    ...digestApi(env),
    ...symmetricApi(env),
    ...aeApi(env),
    ...asymmetricApi(env),
    ...createStorageApi(env),
    heap,
    property: (name) => propertyOf(core, entry.instance, svc, name),
    systemTime: () => svc.getTime("system"),
    reeTime: () => svc.getTime("ree"),
    wait: svc.wait,
    openTaSession: (uuid, params = fill(), timeout) => svc.openTaSession(uuid, params, timeout),
    invokeTaCommand: (session, command, params = fill(), timeout) =>
      svc.invokeTaCommand(session, command, params, timeout),
    async closeTaSession(session) {
      await svc.closeTaSession(session);
    },
    cancellationFlag: svc.getCancellationFlag,
    maskCancellation: svc.maskCancellation,
    unmaskCancellation: svc.unmaskCancellation,
    generateRandom: svc.crypRandomNumberGenerate,
    panic: svc.panic,
    mdbgCheck(print) {
      for (const block of liveBlocks(heap)) if (print) svc.log(LEVEL.INFO, leakLine(block));
    },
    log: svc.log,
  };
}

function memoryApi({ heap }: LibraryEnv): MemoryApi {
  const { bytes } = heap.heap.memory;
  return {
    bytes,
    malloc(size, hint = 0, site = MALLOC_SITE) {
      const [file, line] = placeOf(site);
      return hint === NO_FILL ? malloc(heap, size, file, line) : calloc(heap, 1, size, file, line);
    },
    realloc(pointer, size, site = REALLOC_SITE) {
      const [file, line] = placeOf(site);
      return reallocZeroed(heap, pointer, size, file, line);
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
  };
}

function placeOf(site: string): [file: string, line: number] {
  const colon = site.lastIndexOf(":");
  return [site.slice(0, colon), Number(site.slice(colon + 1))];
}
