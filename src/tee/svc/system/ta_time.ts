// The time that a TA sets for itself, which stays with its UUID until the system ends: OP-TEE 4.0.0
// core/tee/tee_time_generic.c.
import { TEE } from "../../../abi/errors.ts";
import type { TeeTime } from "../../../abi/time.ts";
import type { Core } from "../../kernel/core.ts";
import { type Subsystem, stateOf } from "../../kernel/subsystem.ts";

/** Milliseconds between the TA's time and the system's, by UUID. */
const OFFSETS: Subsystem<Map<string, number>> = { create: () => new Map() };

/** Milliseconds after which the seconds of a time begin anew. */
const TURN = 2 ** 32 * 1000;

/** TIME_NOT_SET; OVERFLOW with the time that was left after its seconds began anew. */
export function taTime(core: Core, uuid: string): { readonly code: number; readonly time: TeeTime } {
  const offset = stateOf(core, OFFSETS).get(uuid);
  if (offset === undefined) return { code: TEE.TIME_NOT_SET, time: { seconds: 0, millis: 0 } };
  const now = inMillis(core.clock.tee()) + offset;
  const turned = ((now % TURN) + TURN) % TURN;
  const time = { seconds: Math.floor(turned / 1000), millis: turned % 1000 };
  // C takes an offset of 0 for a negative one that went round.
  return { code: turned === now && offset !== 0 ? TEE.SUCCESS : TEE.OVERFLOW, time };
}

/** BAD_PARAMETERS for more than 999 milliseconds. */
export function setTaTime(core: Core, uuid: string, time: TeeTime): number {
  if (time.millis >= 1000) return TEE.BAD_PARAMETERS;
  stateOf(core, OFFSETS).set(uuid, inMillis(time) - inMillis(core.clock.tee()));
  return TEE.SUCCESS;
}

function inMillis({ seconds, millis }: TeeTime): number {
  return seconds * 1000 + millis;
}
