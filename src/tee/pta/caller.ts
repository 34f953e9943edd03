// Who calls a pseudo TA that serves TAs alone.
import { TEE } from "../../abi/errors.ts";
import { assert } from "../../base/assert.ts";
import type { Core } from "../kernel/core.ts";
import { type Call, callerOf, type TaInstance } from "../kernel/ta_instance.ts";

/** Refuses clients of the normal world. */
export function forTasAlone(_core: Core, call: Call): number {
  return callerOf(call) === null ? TEE.ACCESS_DENIED : TEE.SUCCESS;
}

/** The TA that has the session. */
export function taOf(call: Call): TaInstance {
  const caller = callerOf(call);
  assert(caller !== null, "only TAs have sessions with it");
  return caller;
}
