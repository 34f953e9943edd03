// The environment that all crypto system calls of an instance share.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import type { Curve, CurveName } from "../../kernel/host/key_provider.ts";
import type { BlockCipher, CipherName, CryptoProvider, Hash, HashName } from "../../kernel/host/provider.ts";
import { refuse } from "../reply.ts";
import { ATTR } from "./ids.ts";
import type { CrypState, CryptoState, KeyObject } from "./state.ts";

export interface CryptoEnv {
  readonly core: Core;
  readonly held: CryptoState;
  readonly provider: CryptoProvider | undefined;
}

/** Ends the call unless `handle` is an object of this instance. */
export function objectOf({ held }: CryptoEnv, handle: number): KeyObject {
  return held.objects.get(handle) ?? refuse(`0x${handle.toString(16)} is not an object`, TEE.BAD_PARAMETERS);
}

/** Ends the call unless `handle` is a state of this instance. */
export function crypStateOf({ held }: CryptoEnv, handle: number): CrypState {
  return held.states.get(handle) ?? refuse(`0x${handle.toString(16)} is not a state`, TEE.BAD_PARAMETERS);
}

/** The provider, where an operation exists. */
export function providerOf({ provider }: CryptoEnv): CryptoProvider {
  return provider ?? refuse("this system has no cryptography", TEE.NOT_SUPPORTED);
}

/** Ends the call if this system does not have the curve. */
export function curveFor(env: CryptoEnv, name: CurveName): Curve {
  return providerOf(env).curve(name) ?? refuse(`there is no curve ${name}`, TEE.NOT_SUPPORTED);
}

/** Ends the call if this system does not have the digest. */
export function hashOf(env: CryptoEnv, name: HashName): Hash {
  return providerOf(env).hash(name) ?? refuse(`there is no ${name}`, TEE.NOT_SUPPORTED);
}

/** The secret of a state's key, or of its second one with `n` 1. */
export function secretOf({ keys }: CrypState, n = 0): Uint8Array {
  return keys[n]?.refs.get(ATTR.SECRET_VALUE) ?? refuse("the operation has no key");
}

/** The cipher with one of a state's keys. */
export function cipherOf(env: CryptoEnv, state: CrypState, name: CipherName, n = 0): BlockCipher {
  return providerOf(env).cipher(name, secretOf(state, n)) ?? refuse(`there is no ${name}`, TEE.NOT_SUPPORTED);
}
