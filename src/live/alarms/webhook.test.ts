// Tests of webhook.ts, against a receiver in this process.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { systemState } from "../../../test/support/system_states.ts";
import type { FleetChange } from "../state/change.ts";
import type { AlarmState } from "../state/state.ts";
import { postAlarms } from "./webhook.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A receiver that answers in turn, and a fleet that a test speaks for. */
async function setUp(...statuses: number[]) {
  const got: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    got.push(JSON.parse(text));
    response.writeHead(statuses.shift() ?? 200).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const hearers: ((change: FleetChange) => void)[] = [];
  const fleet = {
    systems: [systemState()],
    listen(hear: (change: FleetChange) => void) {
      hearers.push(hear);
      return () => void hearers.splice(hearers.indexOf(hear), 1);
    },
  };
  const over = new AbortController();
  const said: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?secret=1`;
  const posting = postAlarms(
    fleet,
    { url, headers: {} },
    { say: (sentence) => said.push(sentence), signal: over.signal },
  );
  closing.push(async () => {
    over.abort();
    await posting;
    expect(hearers).toEqual([]);
    server.close();
  });
  const alarm: AlarmState = {
    rule: "near full",
    heap: "pool:Heap",
    since: 500,
    text: "Heap: much",
    silencedUntil: null,
  };
  return {
    ...{ got, said },
    tell: (on: boolean, change: Partial<AlarmState> = {}) =>
      hearers.forEach((hear) =>
        hear({ kind: "alarm", system: "ssh://lab1", time: 1500, on, alarm: { ...alarm, ...change } }),
      ),
    async until(count: number, what: readonly unknown[] = got) {
      for (let looks = 0; what.length < count && looks < 800; looks++)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(what.length).toBeGreaterThanOrEqual(count);
    },
  };
}

it("posts the beginning and the end of an alarm, once each, with times of the wall", async () => {
  const { tell, until, got } = await setUp();
  tell(true);
  tell(true);
  tell(false);
  await until(2);
  const base = { alarm: "near full", system: "ssh://lab1", heap: "pool:Heap", since: "2026-09-21T14:13:20.500Z" };
  expect(got).toEqual([
    { ...base, status: "firing", text: "ssh://lab1: near full: Heap: much", at: "2026-09-21T14:13:21.500Z" },
    { ...base, status: "resolved", text: "Over: ssh://lab1: near full: Heap: much", at: "2026-09-21T14:13:21.500Z" },
  ]);
});

it("tells nothing of a silenced alarm, until its silence is over", async () => {
  const { tell, until, got } = await setUp();
  tell(true, { silencedUntil: 9000 });
  tell(false, { silencedUntil: 9000 });
  tell(true, { silencedUntil: 9000 });
  tell(true);
  await until(1);
  expect(got.map(({ status }) => status)).toEqual(["firing"]);
});

it("tries again where the receiver cannot, and says what was refused, without the secret in the address", async () => {
  const { tell, until, got, said } = await setUp(503, 200, 404);
  tell(true);
  await until(2);
  tell(false);
  await until(1, said);
  expect(got.map(({ status }) => status)).toEqual(["firing", "firing", "resolved"]);
  expect(said[0]).toMatch(
    /^webhook http:\/\/127\.0\.0\.1:\d+: it answers 404 Not Found; not told: Over: ssh:\/\/lab1: near full: Heap: much$/,
  );
});

it.each([429, 500])("tries again after %i", async (status) => {
  const { tell, until, got } = await setUp(status);
  tell(true);
  await until(2);
  expect(got.map(({ status: told }) => told)).toEqual(["firing", "firing"]);
});
