// System calls for the states of operations, C's `_utee_cryp_state_…`: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import { TEE } from "../../../abi/errors.ts";
import { need } from "../../../platform/needs.ts";
import type { Algorithm } from "../crypto/algorithms.ts";
import { type CryptoEnv, crypStateOf, objectOf } from "../crypto/env.ts";
import type { KeyObject, OperationProgress } from "../crypto/state.ts";
import { supportedAlgorithm } from "../crypto/supported.ts";
import { giveState, takeState } from "../keys/state_blocks.ts";
import { keysFit } from "../keys/state_keys.ts";
import { coded, type Handle, replied } from "../reply.ts";

/** States of operations. */
export interface StateCalls {
  /** The state takes the objects `key1` and `key2` (0 for none): they go with it. BAD_PARAMETERS, NOT_SUPPORTED, OUT_OF_MEMORY. */
  crypStateAlloc(algorithm: number, mode: number, key1: number, key2: number): Handle;
  /** What `from` has done so far; both are of one algorithm and mode. */
  crypStateCopy(to: number, from: number): number;
  crypStateFree(state: number): number;
}

export function stateCalls(env: CryptoEnv): StateCalls {
  const { core, held } = env;
  const keep = (algorithm: Algorithm, mode: number, keys: readonly KeyObject[]): Handle => {
    need(core.platform, "cryptography");
    const blocks = takeState(core, algorithm);
    if (blocks === null) return { code: TEE.OUT_OF_MEMORY, handle: 0 };
    held.states.set(blocks.handle, { ...blocks, algorithm, mode, keys, progress: null, tagLength: 0 });
    return { code: TEE.SUCCESS, handle: blocks.handle };
  };
  return {
    crypStateAlloc: (id, mode, key1, key2) =>
      replied({ handle: 0 }, () => {
        const algorithm = supportedAlgorithm(env.provider, id);
        if (algorithm === null) return { code: TEE.NOT_SUPPORTED, handle: 0 };
        const keys = [key1, key2].filter((key) => key !== 0).map((key) => objectOf(env, key));
        return keysFit(held, algorithm, mode, keys)
          ? keep(algorithm, mode, keys)
          : { code: TEE.BAD_PARAMETERS, handle: 0 };
      }),
    crypStateCopy: (to, from) =>
      coded(() => {
        const [target, source] = [crypStateOf(env, to), crypStateOf(env, from)];
        if (target.algorithm !== source.algorithm || target.mode !== source.mode) return TEE.BAD_PARAMETERS;
        target.progress =
          source.progress && ({ ...source.progress, it: source.progress.it.copy() } as OperationProgress);
        target.tagLength = source.tagLength;
        return TEE.SUCCESS;
      }),
    crypStateFree: (handle) =>
      coded(() => {
        const state = crypStateOf(env, handle);
        held.states.delete(handle);
        for (const key of state.keys) held.objects.delete(key.handle);
        giveState(core, state);
        return TEE.SUCCESS;
      }),
  };
}
