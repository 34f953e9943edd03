// Behaves as OP-TEE 4.0.0 to 4.10.0 core/pta/system.c: what the library of a TA asks the core for.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { SYSTEM_COMMAND, SYSTEM_UUID } from "../../abi/pta_ids.ts";
import type { Core, PseudoTa } from "../kernel/core.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import type { Call } from "../kernel/ta_instance.ts";
import type { Code } from "../kernel/user_app.ts";
import { forTasAlone } from "./caller.ts";
import { mapZeroed, unmap } from "./maps.ts";
import { openLibrary, symbolAddress } from "./shared_libraries.ts";
import { invokePlugin } from "./supplicant_plugin.ts";
import { deriveTaKey } from "./ta_key.ts";

type Handler = (core: Core, params: Params, call: Call) => Code;

const HANDLERS: Readonly<Record<number, Handler>> = {
  [SYSTEM_COMMAND.ADD_RNG_ENTROPY]: addEntropy,
  [SYSTEM_COMMAND.DERIVE_TA_UNIQUE_KEY]: deriveTaKey,
  [SYSTEM_COMMAND.MAP_ZI]: mapZeroed,
  [SYSTEM_COMMAND.UNMAP]: unmap,
  [SYSTEM_COMMAND.DLOPEN]: openLibrary,
  [SYSTEM_COMMAND.DLSYM]: symbolAddress,
  [SYSTEM_COMMAND.GET_TPM_EVENT_LOG]: tpmEventLog,
  [SYSTEM_COMMAND.SUPP_PLUGIN_INVOKE]: invokePlugin,
};

/** The pseudo TA `system.pta`. */
export const systemPta: PseudoTa = {
  uuid: SYSTEM_UUID,
  name: "system.pta",
  open: forTasAlone,
  invoke: (core, command, params, call) => (HANDLERS[command] ?? (() => TEE.NOT_IMPLEMENTED))(core, params, call),
};

/** As on boards with a generator in hardware, random numbers take nothing from outside. */
function addEntropy(_core: Core, params: Params): number {
  if (!haveTypes(params, PARAM_TYPE.MEMREF_INPUT)) return TEE.BAD_PARAMETERS;
  return bufferOf(params[0]).length === 0 ? TEE.BAD_PARAMETERS : TEE.SUCCESS;
}

/** There is no log, as in builds without CFG_CORE_TPM_EVENT_LOG. */
function tpmEventLog(_core: Core, params: Params): number {
  return haveTypes(params, PARAM_TYPE.MEMREF_OUTPUT) ? TEE.NOT_SUPPORTED : TEE.BAD_PARAMETERS;
}
