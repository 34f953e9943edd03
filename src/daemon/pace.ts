// The duration of calls on the reference board: a QEMU arm64 machine with OP-TEE 4.0.0.

import type { TrustedApp } from "../tee/utee/trusted_app.ts";
import { BOARD_CALLS, type CallTimes } from "./board_calls.ts";

/**
 * The same TA with calls that last as long as on the reference board: the time passes inside of them,
 * while its instance is busy. Calls whose code has waited itself last longer by that.
 */
export function atBoardPace(app: TrustedApp): TrustedApp {
  const times: CallTimes = BOARD_CALLS[app.uuid] ?? {};
  const { open, invoke, close } = DEFAULTS;
  return {
    ...app,
    async openSession(tee, session, params) {
      const code = await app.openSession?.(tee, session, params);
      await tee.wait(times.open ?? open);
      return code ?? 0;
    },
    async invoke(tee, session, command, params) {
      const code = await app.invoke(tee, session, command, params);
      await tee.wait(times.invoke?.[command] ?? invoke);
      return code;
    },
    async closeSession(tee, session) {
      await app.closeSession?.(tee, session);
      await tee.wait(times.close ?? close);
    },
  };
}

/** Milliseconds for what the table does not have: medians of all calls in the recorded run. */
const DEFAULTS = { open: 439, invoke: 2.7, close: 7 } as const;
