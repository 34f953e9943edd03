// Libraries that a TA loads while it runs: DLOPEN and DLSYM of OP-TEE 4.0.0 core/pta/system.c.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { decodeUuid, UUID_BYTES } from "../../abi/uuid.ts";
import { LEVEL, NOWHERE } from "../kernel/console.ts";
import type { Core } from "../kernel/core.ts";
import { giveMapped, type MappedMemory, takeMapped } from "../kernel/mapped_memory.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import { type Subsystem, stateOf } from "../kernel/subsystem.ts";
import type { Call } from "../kernel/ta_instance.ts";
import { taOf } from "./caller.ts";
import { spaceOf } from "./maps.ts";
import { setPair } from "./values.ts";

const { MEMREF_INPUT, VALUE_INPUT, VALUE_OUTPUT } = PARAM_TYPE;

/** What the libraries of an instance take; it goes with the instance. */
const MEMORY: Subsystem<MappedMemory[]> = {
  create: () => [],
  release(core, instance) {
    for (const memory of stateOf(instance, MEMORY).splice(0)) giveMapped(core, memory);
  },
};

/** Loads a library by its UUID. The memory of its parts is taken as for a TA's stack. */
export function openLibrary(core: Core, params: Params, call: Call): number {
  const uuid = bufferOf(params[0]);
  if (!haveTypes(params, MEMREF_INPUT, VALUE_INPUT) || uuid.length !== UUID_BYTES) return TEE.BAD_PARAMETERS;
  const caller = taOf(call);
  const room = (bytes: number): boolean => {
    const memory = takeMapped(core, bytes);
    if (memory !== null) stateOf(caller, MEMORY).push(memory);
    return memory !== null;
  };
  const opened = spaceOf(core, caller)?.openLibrary(decodeUuid(uuid), room);
  if (opened === undefined) return TEE.NOT_SUPPORTED;
  if (opened.why !== undefined) core.console.print(LEVEL.ERROR, NOWHERE, opened.why);
  return opened.code;
}

/** The address of a symbol. */
export function symbolAddress(core: Core, params: Params, call: Call): number {
  const [uuid, name] = [bufferOf(params[0]), bufferOf(params[1])];
  if (!haveTypes(params, MEMREF_INPUT, MEMREF_INPUT, VALUE_OUTPUT)) return TEE.BAD_PARAMETERS;
  if (uuid.length !== UUID_BYTES || name.length === 0) return TEE.BAD_PARAMETERS;
  const space = spaceOf(core, taOf(call));
  if (space === null) return TEE.NOT_SUPPORTED;
  const end = name.indexOf(0);
  const symbol = new TextDecoder().decode(name.slice(0, end < 0 ? name.length : end));
  const { code, at } = space.symbol(decodeUuid(uuid), symbol);
  if (code === TEE.SUCCESS) setPair(params[2], at);
  return code;
}
