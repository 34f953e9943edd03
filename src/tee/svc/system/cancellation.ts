// Cancellation of the call that is being served, and waiting: OP-TEE 4.0.0 core/tee/tee_svc.c, core/kernel/tee_ta_manager.c.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import type { TaEntry } from "../../kernel/user_app.ts";

/** What a TA says where it does not limit a call of its own: TEE_TIMEOUT_INFINITE. */
export const NO_TIMEOUT = 0xffffffff;

/** Milliseconds that a timer of the host takes at most. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** Milliseconds since the boot. */
function uptime({ clock }: Core): number {
  const { seconds, millis } = clock.tee();
  return seconds * 1000 + millis;
}

/** The time at which a call that begins now counts as cancelled. */
export function deadlineOf(core: Core, timeout: number): number | undefined {
  return timeout === NO_TIMEOUT ? undefined : uptime(core) + timeout;
}

/** Whether its caller has cancelled the call, or its time is over; never while the session masks it. */
export function isCancelled(core: Core, { session, call }: TaEntry): boolean {
  if (session.masked) return false;
  return call.signal?.aborted === true || (call.deadline !== undefined && uptime(core) >= call.deadline);
}

/** Sets the session's mask, and tells what it was. */
export function setMask({ session }: TaEntry, masked: boolean): boolean {
  const before = session.masked;
  session.masked = masked;
  return before;
}

/** SUCCESS after so many milliseconds, or CANCEL as soon as the call is cancelled. */
export async function waitIn(core: Core, entry: TaEntry, milliseconds: number): Promise<number> {
  const { session, call } = entry;
  for (let left = milliseconds; !isCancelled(core, entry); ) {
    if (left <= 0) return TEE.SUCCESS;
    const limit = session.masked || call.deadline === undefined ? LONGEST_WAIT : call.deadline - uptime(core);
    const step = Math.min(left, limit, LONGEST_WAIT);
    await core.host.wait(step, session.masked ? undefined : call.signal);
    left -= step;
  }
  return TEE.CANCEL;
}
