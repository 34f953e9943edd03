// Tests of book.ts and track.ts.
import { expect, it } from "vitest";
import { emptyRecord, type PartialStats } from "../../abi/record.ts";
import { createHeapBook } from "./book.ts";
import { poolReadings, type Reading, taReadings } from "./reading.ts";

const UUID = "6d4c1b8e-0000-4000-8000-000000000001";
const BOTH = new Set(["pool", "ta"] as const);
const whole: PartialStats = {
  allocated: 20_000,
  maxAllocated: 30_000,
  size: 65_536,
  failures: 0,
  biggestFailure: 0,
  biggestFailureUsed: 0,
};
const pool = (stats: PartialStats = {}): Reading[] => poolReadings([{ name: "Heap", ...whole, ...stats }]);
const ta = (stats: PartialStats = {}, panicked = 0, sessions = 1): Reading[] =>
  taReadings([{ uuid: UUID, panicked, sessions, heap: { name: "", ...whole, ...stats } }]);
const told = (happened: readonly { kind: string; text: string }[]): string[] =>
  happened.map(({ kind, text }) => `${kind} ${text}`);

it("shows the figures of each heap, and null for what is not known", () => {
  const book = createHeapBook();
  book.take([...pool({ free2Sum: 12n }), ...taReadings([{ uuid: UUID, sessions: 0, heap: emptyRecord() }])], BOTH, 10);
  expect(book.states).toMatchObject([
    {
      key: "pool:Heap",
      kind: "pool",
      name: "Heap",
      size: 65_536,
      allocated: 20_000,
      max: 30_000,
      failures: 0,
      free2Sum: 12,
      sessions: null,
      gone: false,
    },
    {
      key: `ta:${UUID}#1`,
      kind: "ta",
      name: UUID,
      uuid: UUID,
      size: null,
      allocated: null,
      max: null,
      failures: null,
      free2Sum: null,
      sessions: 0,
    },
  ]);
  expect(book.states[0]?.history).toMatchObject({ times: [10], allocated: [20_000] });
  expect(book.states[1]?.history).toMatchObject({ times: [], allocated: [] });
});

it("a pool that this build does not have is left out; two instances of a TA are two heaps", () => {
  expect(poolReadings([emptyRecord("Nexus heap"), emptyRecord()])).toEqual([]);
  const two = taReadings([UUID, UUID].map((uuid) => ({ uuid, heap: { name: "", ...whole } })));
  expect(two.map(({ key }) => key)).toEqual([`ta:${UUID}#1`, `ta:${UUID}#2`]);
});

it("tells of requests that failed since the answer before, not of earlier ones", () => {
  const book = createHeapBook();
  expect(book.take(pool({ failures: 3 }), BOTH, 1)).toEqual([]);
  const after = pool({ failures: 5, biggestFailure: 5000, biggestFailureUsed: 29_000 });
  expect(book.take(after, BOTH, 2)).toEqual([
    {
      time: 2,
      kind: "refusal",
      heap: "pool:Heap",
      text: "Heap: 2 requests failed; the largest so far asked for 5,000 bytes while 29,000 were in use",
    },
  ]);
  expect(book.take(after, BOTH, 3)).toEqual([]);
});

it("does not tell again of requests of which somebody else has told", () => {
  const book = createHeapBook();
  book.take(pool(), BOTH, 1);
  book.refusalTold("pool:Heap");
  expect(book.take(pool({ failures: 1 }), BOTH, 2)).toEqual([]);
  book.refusalTold("pool:Heap");
  expect(told(book.take(pool({ failures: 3 }), BOTH, 3))).toEqual(["refusal Heap: 1 request failed"]);
});

it("tells of TAs that come, panic and go; those of the first answer were there before", () => {
  const book = createHeapBook();
  expect(book.take([...pool(), ...ta()], BOTH, 1)).toEqual([]);
  expect(told(book.take([...pool(), ...ta({}, 1)], BOTH, 2))).toEqual([`panic ${UUID}: the TA panicked`]);
  expect(book.take([...pool(), ...ta({}, 1)], BOTH, 3)).toEqual([]);
  expect(told(book.take(pool(), BOTH, 4))).toEqual([`unloaded ${UUID}: unloaded`]);
  expect(book.states.map(({ key, gone }) => [key, gone])).toEqual([
    ["pool:Heap", false],
    [`ta:${UUID}#1`, true],
  ]);
  expect(told(book.take([...pool(), ...ta()], BOTH, 5))).toEqual([`loaded ${UUID}: loaded`]);
  expect(book.states.map(({ gone }) => gone)).toEqual([false, false]);
});

it("says nothing of TAs that come and go where events do", () => {
  const book = createHeapBook(() => true);
  book.take(pool(), BOTH, 1);
  expect(book.take([...pool(), ...ta()], BOTH, 2)).toEqual([]);
  expect(book.take(pool(), BOTH, 3)).toEqual([]);
});

it("concludes nothing of TAs from an answer about pools", () => {
  const book = createHeapBook();
  book.take([...pool(), ...ta()], BOTH, 1);
  expect(book.take(pool(), new Set(["pool"]), 2)).toEqual([]);
  expect(book.states.map(({ gone }) => gone)).toEqual([false, false]);
});

it("counters that began anew are told, with what failed since", () => {
  const book = createHeapBook();
  book.take(pool({ failures: 5 }), BOTH, 1);
  const anew = book.take(pool({ maxAllocated: 20_000, failures: 1 }), BOTH, 2);
  expect(anew.map(({ kind }) => kind)).toEqual(["restart", "refusal"]);
  expect(told(anew)[1]).toBe("refusal Heap: 1 request failed");
});

it("keeps the highest point between two answers", () => {
  const book = createHeapBook();
  book.take(pool(), BOTH, 10);
  for (const [time, used] of [
    [11, 25_000],
    [12, 40_000],
    [13, 19_000],
  ] as const)
    book.spike("pool:Heap", time, used);
  book.take(pool({ maxAllocated: 40_000 }), BOTH, 20);
  expect(book.states[0]?.history).toMatchObject({ times: [10, 12, 20], allocated: [20_000, 40_000, 20_000] });
});

it("keeps the latest of what is gone, and begins with what was before", () => {
  const book = createHeapBook();
  book.before("pool:Heap", [1, 2], [100, 200]);
  book.take(pool(), BOTH, 3);
  expect(book.states[0]?.history.allocated).toEqual([100, 200, 20_000]);
  for (let n = 0; n < 20; n++) {
    const uuid = `6d4c1b8e-0000-4000-8000-${String(n).padStart(12, "0")}`;
    book.take([...pool(), ...taReadings([{ uuid, heap: { name: "", ...whole } }])], BOTH, 10 + n);
  }
  const gone = book.states.filter((one) => one.gone);
  expect([gone.length, gone[0]?.uuid?.slice(-2)]).toEqual([8, "18"]);
});
