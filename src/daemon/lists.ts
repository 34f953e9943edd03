// The lists of a daemon: running instances, their blocks, and instances that ended.
import { TEE } from "../abi/errors.ts";
import type { Core } from "../tee/kernel/core.ts";
import { taEnded, taLeaks, taMoments } from "../tee/kernel/inspect.ts";
import { type EventBody, LIST } from "../wire/event_frames.ts";
import { type EventEncoder, endedBody } from "./event_encoder.ts";

/** How a list ends. */
interface Listed {
  /** TEE code. */
  readonly code: number;
  /** Why there is no list; empty if there is one. */
  readonly text: string;
}

type Make = (core: Core, which: string | undefined, encoder: EventEncoder, send: (body: EventBody) => void) => Listed;

const DONE: Listed = { code: TEE.SUCCESS, text: "" };

const LISTS: Readonly<Record<number, Make>> = {
  [LIST.RUNNING](core, which, encoder, send) {
    for (const moment of taMoments(core, which)) encoder.moment(moment, core.sequence - 1, [], send);
    return DONE;
  },
  [LIST.LEAKS](core, which, encoder, send) {
    const found = taLeaks(core, which);
    if (!found.ok) return { code: leaksCode(core, which), text: found.error };
    for (const instance of found.value) encoder.moment(instance, core.sequence - 1, instance.blocks, send);
    return DONE;
  },
  [LIST.ENDED](core, which, _encoder, send) {
    for (const ended of taEnded(core, which)) send(endedBody(ended));
    return DONE;
  },
};

/** Sends the frames of a list, and says how it ended. An empty `which` means all. */
export function sendList(
  core: Core,
  what: number,
  which: string,
  encoder: EventEncoder,
  send: (body: EventBody) => void,
): Listed {
  const make = Object.hasOwn(LISTS, what) ? LISTS[what] : undefined;
  if (make === undefined) return { code: TEE.NOT_IMPLEMENTED, text: `this daemon has no list ${what}` };
  return make(core, which === "" ? undefined : which, encoder, send);
}

function leaksCode(core: Core, which: string | undefined): number {
  if (taMoments(core, which).length === 0) return TEE.ITEM_NOT_FOUND;
  return core.switches.CFG_TEE_TA_MALLOC_DEBUG ? TEE.CORRUPT_OBJECT : TEE.NOT_SUPPORTED;
}
