import { expect, it } from "vitest";
import { bootTest } from "../../test/embedded.ts";
import { tap } from "../daemon/tap.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../tee/apps/leaky.ts";
import { createClient } from "../tee/client.ts";
import { createMonitor, monitor } from "../tee/monitor/monitor.ts";
import type { CommandRecord } from "../tee/monitor/record.ts";
import type { Watched } from "../tee/monitor/watched.ts";
import { params, valueIn } from "../tee/params.ts";
import { SUBSCRIBE } from "../wire/frames.ts";
import { createRemoteEvents } from "./remote_events.ts";

const WHEN = { seconds: 1, millis: 2 };

/** Figures of a record that do not depend on how events are numbered. */
function figures({ records }: Watched): Partial<CommandRecord>[] {
  return records.map(({ entry, session, command, code, heap, core, alone, allocations, frees, refused }) => ({
    entry,
    session,
    command,
    code,
    heap,
    core,
    alone,
    allocations,
    frees,
    refused,
  }));
}

it("a daemon's events make the same records", async () => {
  const { core } = bootTest("CFG_NS_VIRTUALIZATION=y", undefined, [leaky]);
  const here = monitor(core);
  const there = createMonitor({ ta: "leaky" });
  const events = createRemoteEvents(
    () => "leaky",
    () => WHEN,
    there.feed,
  );
  const stop = tap(core, SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, (event) => events.feed(event));
  const client = createClient(core);
  const { session } = await client.open(LEAKY_UUID);
  for (const size of [100, 40_000, 7]) await client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
  await client.invoke(session, LEAKY.FREE_ALL, params());
  await client.invoke(session, LEAKY.PANIC, params(valueIn(3)));
  await client.end();
  stop();
  here.stop();
  expect(figures(there)).toEqual(figures(here));
  expect(there.records.at(-1)?.code).toBe(0xffff3024);
  expect(there.highest?.holders.map(({ bytes }) => bytes)).toEqual(here.highest?.holders.map(({ bytes }) => bytes));
  expect(there.ended).toMatchObject([{ last: { uuid: LEAKY_UUID, name: "leaky", panicked: true, when: WHEN } }]);
  const [mine, theirs] = [here.ended[0]?.last.stats, there.ended[0]?.last.stats];
  expect(theirs).toEqual(mine);
  expect(events.lost).toBe(0);
});

it("what was there before counts as one block, and lost events are told", async () => {
  const { core } = bootTest("", undefined, [leaky]);
  const client = createClient(core);
  const { session } = await client.open(LEAKY_UUID);
  const there = createMonitor();
  const events = createRemoteEvents(
    () => "",
    () => WHEN,
    there.feed,
  );
  const stop = tap(core, SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, (event) => events.feed(event));
  await client.invoke(session, LEAKY.LEAK, params(valueIn(100)));
  stop();
  expect(there.records[0]).toMatchObject({ uuid: LEAKY_UUID, name: "", heap: { before: 128, after: 256 } });
  expect(there.records[0]?.holders).toEqual([
    { site: "before", blocks: 1, bytes: 128 },
    { site: "ta/leaky/leaky.c:31", blocks: 1, bytes: 128 },
  ]);
  events.feed({ kind: "lost", count: 3 });
  expect(events.lost).toBe(3);
});
