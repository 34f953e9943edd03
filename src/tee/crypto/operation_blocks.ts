// Blocks of operations: OP-TEE 4.0.0 lib/libutee/tee_api_operations.c on the TA's heap, core/tee/tee_svc_cryp.c on the core's.
import { calloc, free, malloc } from "../../malloc/malloc.ts";
import type { Algorithm } from "./algorithms.ts";
import { CONTEXTS, FIRST_FREED_FIRST } from "./contexts.ts";
import type { CryptoEnv } from "./env.ts";
import { MODE } from "./ids.ts";
import { empty } from "./keys/fill.ts";
import { giveObject, takeObject } from "./keys/object_blocks.ts";
import { OBJECT_TYPES } from "./object_types.ts";
import type { KeyObject, Operation } from "./state.ts";

const LIBRARY = "lib/libutee/tee_api_operations.c";
const CORE = "core/tee/tee_svc_cryp.c";

/** Modes that take a key pair, where there is one. */
const PRIVATE: readonly number[] = [MODE.DECRYPT, MODE.SIGN, MODE.DERIVE];

/** Type of the key that an operation takes; 0 for none. */
export function keyTypeOf({ key, pair }: Algorithm, mode: number): number {
  return pair !== 0 && PRIVATE.includes(mode) ? pair : key;
}

export type Blocks = Pick<Operation, "handle" | "buffer" | "state" | "contexts" | "keys">;

/** Takes all of them. null, with nothing left behind, if either heap has no room. */
export function takeOperation(env: CryptoEnv, algorithm: Algorithm, mode: number, keySize: number): Blocks | null {
  const { core, heap } = env;
  const handle = calloc(heap, 1, 96, LIBRARY, 315);
  const buffer = handle && algorithm.buffer && malloc(heap, algorithm.buffer, LIBRARY, 344);
  const keys: KeyObject[] = [];
  const contexts: number[] = [];
  let state = 0;
  const give = (): null => {
    giveOperation(env, algorithm, { handle, buffer, state, contexts, keys });
    return null;
  };
  if (handle === 0 || (algorithm.buffer > 0 && buffer === 0)) return give();
  const type = OBJECT_TYPES.get(keyTypeOf(algorithm, mode));
  for (let n = type === undefined ? 0 : keysOf(algorithm); type && n > 0; n--) {
    const key = takeObject(core.heap, type, keySize);
    if (key === null) return give();
    keys.push(key);
  }
  state = calloc(core.heap, 1, 64, CORE, 2768);
  if (state === 0) return give();
  for (const [size, [file, line]] of CONTEXTS[algorithm.context]) {
    const block = calloc(core.heap, 1, size, file, line);
    if (block === 0) return give();
    contexts.push(block);
  }
  return { handle, buffer, state, contexts, keys };
}

/** Frees what there is of an operation, in both heaps. */
export function giveOperation(env: CryptoEnv, algorithm: Algorithm, blocks: Blocks): void {
  giveCorePart(env, algorithm, blocks);
  free(env.heap, blocks.buffer, LIBRARY, 436);
  free(env.heap, blocks.handle, LIBRARY, 437);
}

/** Frees what the core has of an operation. */
export function giveCorePart(
  { core }: Pick<CryptoEnv, "core">,
  { context }: Algorithm,
  { keys, contexts, state }: Blocks,
): void {
  for (const key of keys) {
    empty(key);
    giveObject(core.heap, key);
  }
  const layout = CONTEXTS[context];
  const order = contexts.map((_, n) => (FIRST_FREED_FIRST.has(context) ? n : contexts.length - 1 - n));
  for (const n of order) {
    const [, , [file, line]] = layout[n] as (typeof layout)[number];
    free(core.heap, contexts[n] as number, file, line);
  }
  free(core.heap, state, CORE, 2579);
}

/** Keys that an operation takes. */
export function keysOf({ work, key }: Algorithm): number {
  if (key === 0) return 0;
  if (work.kind === "cipher") return work.mode === "xts" ? 2 : 1;
  return work.kind === "sm2" && work.does === "agree" ? 2 : 1;
}
