// The blocks of an operation, in both heaps: OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import { callSite } from "../../platform/needs.ts";
import { giveBlock, takeBlock } from "../kernel/blocks.ts";
import type { Algorithm } from "../svc/crypto/algorithms.ts";
import { MODE } from "../svc/crypto/ids.ts";
import { OBJECT_TYPES } from "../svc/crypto/object_types.ts";
import { expectCode, type LibraryEnv } from "./library_env.ts";
import type { Operation } from "./operation.ts";

/** Modes that take a key pair, where there is one. */
const PRIVATE: readonly number[] = [MODE.DECRYPT, MODE.SIGN, MODE.DERIVE];

/** Type of the key that an operation takes; 0 for none. */
export function keyTypeOf({ key, pair }: Algorithm, mode: number): number {
  return pair !== 0 && PRIVATE.includes(mode) ? pair : key;
}

/** Keys that an operation takes. */
export function keysOf({ work, key }: Algorithm): number {
  if (key === 0) return 0;
  if (work.kind === "cipher") return work.mode === "xts" ? 2 : 1;
  return work.kind === "sm2" && work.does === "agree" ? 2 : 1;
}

export type OperationBlocks = Pick<Operation, "handle" | "buffer" | "state" | "keys">;

/** Takes all of them. A code other than SUCCESS, with nothing left behind, if either heap has no room. */
export function takeOperation(
  env: LibraryEnv,
  algorithm: Algorithm,
  mode: number,
  keySize: number,
): { readonly code: number; readonly blocks: OperationBlocks | null } {
  const { svc, heap, platform } = env;
  const handle = takeBlock(heap, callSite(platform, "ta.operation"));
  const bytes = handle && algorithm.buffer;
  const buffer = bytes && takeBlock(heap, callSite(platform, "ta.operation_buffer"), bytes);
  const keys: number[] = [];
  const refused = (code: number): { code: number; blocks: null } => {
    for (const key of keys) svc.crypObjClose(key);
    giveOwnBlocks(env, handle, buffer);
    return { code, blocks: null };
  };
  if (handle === 0 || (algorithm.buffer > 0 && buffer === 0)) return refused(TEE.OUT_OF_MEMORY);
  const type = keyTypeOf(algorithm, mode);
  for (let n = OBJECT_TYPES.has(type) ? keysOf(algorithm) : 0; n > 0; n--) {
    const key = svc.crypObjAlloc(type, keySize);
    if (key.code !== TEE.SUCCESS) return refused(key.code);
    keys.push(key.handle);
  }
  const state = svc.crypStateAlloc(algorithm.id, mode, keys[0] ?? 0, keys[1] ?? 0);
  if (state.code !== TEE.SUCCESS) return refused(state.code);
  return { code: TEE.SUCCESS, blocks: { handle, buffer, state: state.handle, keys } };
}

/** Frees an operation: the core's part with its keys, then the library's. */
export function giveOperation(env: LibraryEnv, { handle, buffer, state }: OperationBlocks): void {
  expectCode(env.svc.crypStateFree(state));
  giveOwnBlocks(env, handle, buffer);
}

function giveOwnBlocks({ heap, platform }: LibraryEnv, handle: number, buffer: number): void {
  giveBlock(heap, buffer, callSite(platform, "ta.operation_buffer"));
  giveBlock(heap, handle, callSite(platform, "ta.operation"));
}
