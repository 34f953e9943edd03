// What an instance's cryptography leaves on the core heap goes with it: states first, then objects, as in OP-TEE 4.0.0.
import type { Core } from "../../kernel/core.ts";
import { type Subsystem, stateOf } from "../../kernel/subsystem.ts";
import type { TaInstance } from "../../kernel/ta_instance.ts";
import { type CryptoState, createCryptoState } from "../crypto/state.ts";
import { empty } from "./fill.ts";
import { giveObject } from "./object_blocks.ts";
import { giveState } from "./state_blocks.ts";

const CRYPTO: Subsystem<CryptoState> = { create: createCryptoState, release };

/** Objects and states of an instance. */
export function cryptoOf(instance: TaInstance): CryptoState {
  return stateOf(instance, CRYPTO);
}

function release(core: Core, instance: TaInstance): void {
  const { states, objects } = cryptoOf(instance);
  for (const state of states.values()) {
    for (const key of state.keys) objects.delete(key.handle);
    giveState(core, state);
  }
  for (const object of objects.values()) {
    empty(object);
    giveObject(core, object);
  }
  states.clear();
  objects.clear();
}
