// Tests of cancellation.ts: calls of a TA to another one that take too long, and calls that a client cancels.
import { expect, it } from "vitest";
import { bootTest } from "../../../../test/embedded.ts";
import { TEE } from "../../../abi/errors.ts";
import { helloWorld } from "../../apps/hello_world.ts";
import { createClient } from "../../kernel/client.ts";
import type { Core, Host } from "../../kernel/core.ts";
import { params } from "../../kernel/params.ts";
import type { InternalApi } from "../../utee/internal_api.ts";
import type { TrustedApp } from "../../utee/trusted_app.ts";

const OTHER = "00000000-0000-4000-8000-000000000002";

/** A clock that goes on by what is waited; the client cancels at `at`. */
function waits(at = Number.POSITIVE_INFINITY): {
  host: Partial<Host>;
  clock: Core["clock"];
  steps: number[];
  stop: AbortController;
} {
  const [steps, stop]: [number[], AbortController] = [[], new AbortController()];
  let now = 0;
  const clock = (): { seconds: number; millis: number } => ({ seconds: Math.floor(now / 1000), millis: now % 1000 });
  const wait = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const heard = signal !== undefined && at >= now && at < now + milliseconds;
    steps.push(heard ? at - now : milliseconds);
    now = heard ? at : now + milliseconds;
    if (now >= at) stop.abort();
  };
  return { host: { wait }, clock: { ree: clock, tee: clock }, steps, stop };
}

type Work = (tee: InternalApi) => Promise<number>;

/** What a TA returns that calls another one, and how long it waited. */
async function called(
  outer: Work,
  inner: Work,
  at?: number,
  opened: Work = async () => TEE.SUCCESS,
): Promise<[number, number[]]> {
  const { host, clock, steps, stop } = waits(at);
  const app = (uuid: string, invoke: Work, openSession: Work): TrustedApp => ({
    ...helloWorld,
    uuid,
    invoke,
    openSession,
  });
  const apps = [app(helloWorld.uuid, outer, async () => TEE.SUCCESS), app(OTHER, inner, opened)];
  const { core } = bootTest("", undefined, apps, host);
  Object.assign(core, { clock });
  const client = createClient(core);
  const { session } = await client.open(helloWorld.uuid);
  const { code } = await client.invoke(session, 0, params(), stop.signal);
  await client.end();
  return [code, steps];
}

const callOther =
  (timeout?: number): Work =>
  async (tee) => {
    const { session, code } = await tee.openTaSession(OTHER, params(), timeout);
    return code === TEE.SUCCESS ? (await tee.invokeTaCommand(session, 0, params(), timeout)).code : code;
  };

const sleep: Work = (tee) => tee.wait(2000);

const unmask: Work = async (tee) => {
  tee.unmaskCancellation();
  return TEE.SUCCESS;
};

it("a call with a timeout is cancelled when the time is over, as far as the other TA lets it", async () => {
  expect(await called(callOther(500), sleep, undefined, unmask)).toEqual([TEE.CANCEL, [500]]);
  expect(await called(callOther(500), sleep)).toEqual([TEE.SUCCESS, [2000]]);
  expect(await called(callOther(), sleep, undefined, unmask)).toEqual([TEE.SUCCESS, [2000]]);
  expect(await called(callOther(3000), sleep, undefined, unmask)).toEqual([TEE.SUCCESS, [2000]]);
  expect(await called(callOther(0), sleep, undefined, unmask)).toEqual([TEE.CANCEL, []]);
});

it("the time of a call begins anew with each one", async () => {
  const twice: Work = async (tee) => {
    const { session } = await tee.openTaSession(OTHER, params(), 500);
    const codes = [];
    for (const timeout of [500, 700, undefined])
      codes.push((await tee.invokeTaCommand(session, 0, params(), timeout)).code);
    expect(codes).toEqual([TEE.CANCEL, TEE.CANCEL, TEE.SUCCESS]);
    return TEE.SUCCESS;
  };
  expect(await called(twice, sleep, undefined, unmask)).toEqual([TEE.SUCCESS, [500, 700, 2000]]);
});

it("opening a session has a timeout, too", async () => {
  const opened: Work = async (tee) => {
    tee.unmaskCancellation();
    return tee.wait(1000);
  };
  expect(await called(callOther(100), sleep, undefined, opened)).toEqual([TEE.CANCEL, [100]]);
});

it("the timeout is the other TA's, not the caller's own", async () => {
  const outer: Work = async (tee) => {
    tee.unmaskCancellation();
    const code = await callOther(100)(tee);
    expect([code, tee.cancellationFlag()]).toEqual([TEE.CANCEL, false]);
    return tee.wait(10);
  };
  expect(await called(outer, sleep, undefined, unmask)).toEqual([TEE.SUCCESS, [100, 10]]);
});

it("a wait ends when the client cancels, at once; masked it lasts, and the flag is there behind it", async () => {
  const unmasked: Work = async (tee) => {
    tee.unmaskCancellation();
    const code = await tee.wait(5000);
    expect(tee.cancellationFlag()).toBe(true);
    return code;
  };
  expect(await called(unmasked, sleep, 70)).toEqual([TEE.CANCEL, [70]]);
  const masked: Work = async (tee) => {
    expect([await tee.wait(5000), tee.cancellationFlag()]).toEqual([TEE.SUCCESS, false]);
    tee.unmaskCancellation();
    expect(tee.cancellationFlag()).toBe(true);
    return tee.wait(5000);
  };
  expect(await called(masked, sleep, 70)).toEqual([TEE.CANCEL, [5000]]);
});

it("the longest wait takes several timers", async () => {
  const [code, steps] = await called((tee) => tee.wait(0xffffffff), sleep);
  expect([code, steps]).toEqual([TEE.SUCCESS, [2 ** 31 - 1, 2 ** 31 - 1, 1]]);
});

it("the host's own wait is over at once where the call is cancelled already", async () => {
  const { core } = bootTest();
  await core.host.wait(1_000_000, AbortSignal.abort());
});
