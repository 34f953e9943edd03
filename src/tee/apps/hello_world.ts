// Behaves as optee_examples 4.0.0 hello_world: the same UUID and commands.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { haveTypes, type Params } from "../kernel/params.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";

export const HELLO_WORLD_UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

/** Commands; both take one value, in and out. */
export const HELLO_WORLD = { INC_VALUE: 0, DEC_VALUE: 1 } as const;

/** Adds 1 to a value, or takes 1 away. */
export const helloWorld: TrustedApp = {
  uuid: HELLO_WORLD_UUID,
  name: "hello_world",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: { textPages: 41, dataPages: 12, stackPages: 1, heapBase: 0x400466d0, heapLength: 32768 },
  invoke(_tee, _session, command, params) {
    if (command === HELLO_WORLD.INC_VALUE) return add(params, 1);
    if (command === HELLO_WORLD.DEC_VALUE) return add(params, -1);
    return TEE.BAD_PARAMETERS;
  },
};

function add(params: Params, step: number): number {
  const [param] = params;
  if (!haveTypes(params, PARAM_TYPE.VALUE_INOUT) || param.type !== "value") return TEE.BAD_PARAMETERS;
  param.value = { a: (param.value.a + step) >>> 0, b: param.value.b };
  return TEE.SUCCESS;
}
