// Memory that a TA maps while it runs: MAP_ZI and UNMAP of OP-TEE 4.0.0 core/pta/system.c, on core/mm/vm.c.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { MAP_SHAREABLE } from "../../abi/pta_ids.ts";
import type { AddressSpace } from "../kernel/address_space.ts";
import type { Core } from "../kernel/core.ts";
import { giveMapped, type MappedMemory, takeMapped } from "../kernel/mapped_memory.ts";
import { haveTypes, type Params } from "../kernel/params.ts";
import { type Subsystem, stateOf } from "../kernel/subsystem.ts";
import type { Call, TaInstance } from "../kernel/ta_instance.ts";
import { taOf } from "./caller.ts";
import { numbersOf, pairOf, setPair } from "./values.ts";

const { VALUE_INPUT, VALUE_INOUT } = PARAM_TYPE;
const PAGE = 4096;

/** Pages that lie side by side; several mappings stand for one memory once a part between them is gone. */
interface Mapping {
  readonly at: number;
  readonly end: number;
  readonly memory: MappedMemory;
}

const MAPS: Subsystem<{ list: Mapping[] }> = {
  create: () => ({ list: [] }),
  release(core, instance) {
    const maps = stateOf(instance, MAPS);
    for (const memory of new Set(maps.list.map((mapping) => mapping.memory))) giveMapped(core, memory);
    maps.list = [];
  },
};

/** Maps zeros at an address, or anywhere; gives the address. */
export function mapZeroed(core: Core, params: Params, call: Call): number {
  if (!haveTypes(params, VALUE_INPUT, VALUE_INOUT, VALUE_INPUT)) return TEE.BAD_PARAMETERS;
  const [{ a: bytes, b: flags }, pads] = [numbersOf(params[0]), numbersOf(params[2])];
  if ((flags & ~MAP_SHAREABLE) !== 0 || bytes === 0) return TEE.BAD_PARAMETERS;
  const caller = taOf(call);
  const space = spaceOf(core, caller);
  if (space === null) return TEE.NOT_SUPPORTED;
  const memory = takeMapped(core, bytes);
  if (memory === null) return TEE.OUT_OF_MEMORY;
  const length = pagesOf(bytes);
  const request = { at: pairOf(params[1]), bytes: length, before: pads.a, behind: pads.b };
  const at = space.map(request, flags === MAP_SHAREABLE);
  if (at === 0) {
    giveMapped(core, memory);
    return request.at === 0 ? TEE.OUT_OF_MEMORY : TEE.ACCESS_CONFLICT;
  }
  stateOf(caller, MAPS).list.push({ at, end: at + length, memory });
  setPair(params[1], at);
  return TEE.SUCCESS;
}

/** Takes pages out that were mapped, all or some of them; their memory goes with the last. */
export function unmap(core: Core, params: Params, call: Call): number {
  if (!haveTypes(params, VALUE_INPUT, VALUE_INPUT)) return TEE.BAD_PARAMETERS;
  const { a: bytes, b: flags } = numbersOf(params[0]);
  const at = pairOf(params[1]);
  const end = at + pagesOf(bytes);
  if (flags !== 0 || at % PAGE !== 0 || bytes === 0) return TEE.BAD_PARAMETERS;
  const caller = taOf(call);
  const maps = stateOf(caller, MAPS);
  const within = maps.list.filter((mapping) => mapping.at < end && mapping.end > at);
  const covered = within.reduce((sum, one) => sum + Math.min(one.end, end) - Math.max(one.at, at), 0);
  if (covered !== end - at) return TEE.BAD_PARAMETERS;
  spaceOf(core, caller)?.unmap(at, end - at);
  maps.list = maps.list.flatMap((one) => (within.includes(one) ? restOf(one, at, end) : [one]));
  const left = new Set(maps.list.map(({ memory }) => memory));
  for (const memory of new Set(within.map((one) => one.memory))) if (!left.has(memory)) giveMapped(core, memory);
  return TEE.SUCCESS;
}

/** What lies before and behind the pages that go. */
function restOf({ memory, ...whole }: Mapping, at: number, end: number): Mapping[] {
  const parts = [
    { at: whole.at, end: at, memory },
    { at: end, end: whole.end, memory },
  ];
  return parts.filter((part) => part.at < part.end);
}

/** The address space of an instance; null where it has none. */
export function spaceOf(core: Core, instance: TaInstance): AddressSpace | null {
  return core.apps.get(instance.uuid)?.space?.(instance) ?? null;
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE) * PAGE;
}
