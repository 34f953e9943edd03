// Calls into plugins of the normal world: SUPP_PLUGIN_INVOKE of OP-TEE 4.0.0 core/pta/system.c and tee/tee_supp_plugin_rpc.c.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { decodeUuid, UUID_BYTES } from "../../abi/uuid.ts";
import type { Core } from "../kernel/core.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import { numbersOf, setValue } from "./values.ts";

const { MEMREF_INPUT, MEMREF_INOUT, VALUE_INPUT, VALUE_OUTPUT } = PARAM_TYPE;

/** The plugin works on a copy, which comes back whole where it has written anything. */
export async function invokePlugin({ host }: Core, params: Params): Promise<number> {
  const [uuid, data] = [bufferOf(params[0]), bufferOf(params[2])];
  if (!haveTypes(params, MEMREF_INPUT, VALUE_INPUT, MEMREF_INOUT, VALUE_OUTPUT)) return TEE.BAD_PARAMETERS;
  if (uuid.length !== UUID_BYTES) return TEE.BAD_PARAMETERS;
  const { a: command, b: subCommand } = numbersOf(params[1]);
  const copy = data.slice();
  const reply = await host.plugins?.invoke(decodeUuid(uuid), command, subCommand, copy);
  setValue(params[3], reply?.size ?? 0);
  if (!reply) return TEE.ITEM_NOT_FOUND;
  if (reply.size > 0) data.set(copy);
  return reply.code;
}
