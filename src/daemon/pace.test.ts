// Tests of pace.ts.
import { expect, it } from "vitest";
import { CRYPT, CRYPT_UUID } from "../tee/apps/crypt/commands.ts";
import { helloWorld } from "../tee/apps/hello_world.ts";
import { params } from "../tee/kernel/params.ts";
import type { InternalApi } from "../tee/utee/internal_api.ts";
import type { TrustedApp } from "../tee/utee/trusted_app.ts";
import { atBoardPace } from "./pace.ts";

/** What a TA's calls do and how long they last, in order. */
async function playedBy(app: TrustedApp, command: number) {
  const log: unknown[] = [];
  const tee = { wait: async (ms: number) => void log.push(ms) } as unknown as InternalApi;
  const session = { id: 1, context: null };
  const slow = atBoardPace({
    ...app,
    openSession: async () => {
      log.push("open");
      return 7;
    },
    invoke: async (_tee, _session, given) => {
      log.push(`invoke ${given}`);
      return 8;
    },
    closeSession: async () => void log.push("close"),
  });
  log.push(await slow.openSession?.(tee, session, params()));
  log.push(await slow.invoke(tee, session, command, params()));
  await slow.closeSession?.(tee, session);
  return log;
}

it("the time passes behind what a call does, and its code stays", async () => {
  // data/optee-4.0.0: opening hello_world took 973 ms, its command 7.4, closing it 42.
  expect(await playedBy(helloWorld, 1)).toEqual(["open", 973, 7, "invoke 1", 7.4, 8, "close", 42]);
  const crypt = { ...helloWorld, uuid: CRYPT_UUID };
  expect(await playedBy(crypt, CRYPT.ASYMMETRIC_DECRYPT)).toEqual([
    "open",
    548,
    7,
    `invoke ${CRYPT.ASYMMETRIC_DECRYPT}`,
    1483,
    8,
    "close",
    18.4,
  ]);
});

it("what was not recorded lasts as long as the median of all that was", async () => {
  const other = { ...helloWorld, uuid: "00000000-0000-4000-8000-000000000001" };
  expect(await playedBy(other, 0)).toEqual(["open", 439, 7, "invoke 0", 2.7, 8, "close", 7]);
  // A command that the table of a TA has not.
  expect((await playedBy(helloWorld, 9))[4]).toBe(2.7);
});

it("an application without entry points for sessions opens with SUCCESS", async () => {
  const { openSession: _open, closeSession: _close, ...bare } = helloWorld;
  const waits: number[] = [];
  const tee = { wait: async (ms: number) => void waits.push(ms) } as unknown as InternalApi;
  const slow = atBoardPace(bare);
  expect(await slow.openSession?.(tee, { id: 1, context: null }, params())).toBe(0);
  await slow.closeSession?.(tee, { id: 1, context: null });
  expect(waits).toEqual([973, 42]);
});
