// What all calls of an instance's cryptography share.
import { TEE } from "../../abi/errors.ts";
import type { MallocContext } from "../../malloc/context.ts";
import type { Core } from "../core.ts";
import { TaPanic } from "../ta/panic.ts";
import type { Curve, CurveName } from "./key_provider.ts";
import type { CryptoProvider } from "./provider.ts";
import type { CryptoState, KeyObject, Operation } from "./state.ts";

export interface CryptoEnv {
  readonly core: Core;
  /** The TA's heap. */
  readonly heap: MallocContext;
  readonly state: CryptoState;
  readonly provider: CryptoProvider | undefined;
}

/** Ends the application: it broke a rule of the API. */
export function refuse(why: string, code: number = TEE.BAD_PARAMETERS): never {
  throw new TaPanic(code, why);
}

/** Panics unless `handle` is an object of this instance. */
export function objectOf({ state }: CryptoEnv, handle: number): KeyObject {
  return state.objects.get(handle) ?? refuse(`0x${handle.toString(16)} is not an object`);
}

/** Panics unless `handle` is an operation of this instance. */
export function operationOf({ state }: CryptoEnv, handle: number): Operation {
  return state.operations.get(handle) ?? refuse(`0x${handle.toString(16)} is not an operation`);
}

/** The provider, where an operation exists. */
export function providerOf({ provider }: CryptoEnv): CryptoProvider {
  return provider ?? refuse("this system has no cryptography", TEE.NOT_SUPPORTED);
}

/** Panics if this system does not have the curve. */
export function curveFor(env: CryptoEnv, name: CurveName): Curve {
  return providerOf(env).curve(name) ?? refuse(`there is no curve ${name}`, TEE.NOT_SUPPORTED);
}
