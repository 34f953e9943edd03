// The API of a TA: GlobalPlatform TEE Internal Core API 1.1, in TypeScript.

import type { TeeTime } from "../../abi/time.ts";
import type { MallocContext } from "../../malloc/context.ts";
import type { Opened, Outcome } from "../kernel/outcome.ts";
import type { Params } from "../kernel/params.ts";
import type { CryptoApi } from "./crypto_api.ts";
import type { StorageApi } from "./storage_api.ts";

/** Memory of the TA. Pointers are offsets into `bytes`; 0 is NULL. */
export interface MemoryApi {
  /** All memory of the instance's heap. */
  readonly bytes: Uint8Array;
  /** TEE_Malloc: `hint` 0 zeroes the block, TEE_MALLOC_NO_FILL (1) does not. `site` is `file:line` of the caller. */
  malloc(size: number, hint?: number, site?: string): number;
  /** TEE_Realloc: a new block, a copy; 0 and the old one untouched if there is no room. */
  realloc(pointer: number, size: number, site?: string): number;
  /** TEE_Free. */
  free(pointer: number, site?: string): void;
  /** TEE_MemMove, TEE_MemFill, TEE_MemCompare, between pointers. */
  memMove(to: number, from: number, size: number): void;
  /** TEE_MemFill. */
  memFill(at: number, byte: number, size: number): void;
  /** TEE_MemCompare: negative, 0 or positive. */
  memCompare(a: number, b: number, size: number): number;
  /** A view on `size` bytes at a pointer. */
  view(pointer: number, size: number): Uint8Array;
}

/** Properties by their standard names: `gpd.ta.appID` and so on. Unknown ones are undefined. */
interface PropertyApi {
  /** A property of TA, client or implementation by its name; undefined if there is none. */
  property(name: string): string | number | boolean | undefined;
}

/** Time and waiting. */
interface TimeApi {
  /** TEE_GetSystemTime. */
  systemTime(): TeeTime;
  /** TEE_GetREETime. */
  reeTime(): TeeTime;
  /** TEE_Wait: ERROR CANCEL if the call was cancelled meanwhile. */
  wait(milliseconds: number): Promise<number>;
}

/** Sessions with other TAs. */
interface SessionApi {
  /** `timeout`: milliseconds until the call counts as cancelled for the other TA; default never. */
  openTaSession(uuid: string, params?: Params, timeout?: number): Promise<Opened>;
  /** TEE_InvokeTACommand: the other TA's result code and parameters. */
  invokeTaCommand(session: number, command: number, params?: Params, timeout?: number): Promise<Outcome>;
  /** TEE_CloseTASession. */
  closeTaSession(session: number): Promise<void>;
}

/** Cancellation of the call that is being served. Masked at first, as the specification says. */
interface CancellationApi {
  /** TEE_GetCancellationFlag: true if the client cancelled, unless cancellation is masked. */
  cancellationFlag(): boolean;
  /** Both return whether cancellation was masked before. */
  maskCancellation(): boolean;
  /** TEE_UnmaskCancellation: returns whether it was masked. */
  unmaskCancellation(): boolean;
}

/** Everything. */
export interface InternalApi
  extends MemoryApi,
    PropertyApi,
    TimeApi,
    SessionApi,
    CancellationApi,
    CryptoApi,
    StorageApi {
  /** TEE_GenerateRandom. */
  generateRandom(into: Uint8Array): void;
  /** TEE_Panic: never returns. */
  panic(code: number): never;
  /** mdbg_check(1): lists the blocks of this heap on the secure console, with CFG_TEE_TA_MALLOC_DEBUG. */
  mdbgCheck(print: boolean): void;
  /** A line on the secure console: `I/TA: text` for information, level as in `LEVEL`. */
  log(level: number, text: string): void;
  /** The heap itself, for extensions of this API. */
  readonly heap: MallocContext;
}
