// Tests of call_book.ts and call_groups.ts.
import { describe, expect, it } from "vitest";
import type { ExactMoment } from "../../recording/moment.ts";
import { callsOf, groupCalls } from "./call_groups.ts";
import type { HeapAround } from "./ta_call.ts";

/** A moment with these counters. */
function moment(
  name: string | null,
  core: readonly number[],
  tas?: ExactMoment["tas"],
  base?: readonly number[],
): ExactMoment {
  const uuid = "11111111-2222-3333-4444-555555555555";
  const call = name === null ? null : { uuid, name, session: 1, from: 0, to: 1, code: 0, origin: 4 };
  const heap = level("Heap", core);
  return {
    thread: "1.1",
    time: 1,
    call,
    pools: [heap],
    tas,
    base: base === undefined ? undefined : level("Heap", base),
  };
}
function level(name: string, [allocated = 0, maxAllocated = 0]: readonly number[]): ExactMoment["pools"][number] {
  return { name, allocated, maxAllocated, size: 4096, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
}
function ta(counters: readonly number[] | null): NonNullable<Exclude<ExactMoment["tas"], "busy">>[number] {
  const heap = counters === null ? { ...level("", []), size: 0 } : level("", counters);
  return { uuid: "11111111-2222-3333-4444-555555555555", panicked: 0, sessions: 1, heap };
}
const heaps = (moments: readonly ExactMoment[]): HeapAround[] => callsOf(moments).map(({ heap }) => heap);
const cores = (moments: readonly ExactMoment[]): HeapAround[] => callsOf(moments).map(({ core }) => core);

describe("the memory around a call", () => {
  it("is exact at its peak where the maximum rose, or nothing was above what is there", () => {
    expect(
      cores([
        moment(null, [100, 900]),
        moment("open", [300, 900]),
        moment("invoke 1", [200, 950]),
        moment("close", [950, 950]),
      ]),
    ).toEqual([
      { before: 100, after: 300, peak: 900, exact: false },
      { before: 300, after: 200, peak: 950, exact: true },
      { before: 200, after: 950, peak: 950, exact: true },
    ]);
  });
  it("does not count what asking for TAs took", () => {
    expect(cores([moment(null, [100, 900], [], [100, 920]), moment("open", [100, 920], [], [100, 920])])).toEqual([
      { before: 100, after: 100, peak: 920, exact: false },
    ]);
  });
  it("is exact after a reset, also of calls that allocate nothing", () => {
    expect(
      cores([moment(null, [100, 900], [], [100, 0]), moment("open", [100, 0]), moment("close", [60, 130])]),
    ).toEqual([
      { before: 100, after: 100, peak: 100, exact: true },
      { before: 100, after: 60, peak: 130, exact: true },
    ]);
  });
  it("has no peak where somebody else set the maximum back", () => {
    expect(cores([moment(null, [100, 900]), moment("open", [110, 120])])).toEqual([
      { before: 100, after: 110, peak: null, exact: false },
    ]);
  });
  it("of a TA begins with nothing where it was not loaded, and is not known after its end", () => {
    expect(
      heaps([
        moment(null, [1, 1], [], [1, 1]),
        moment("open", [1, 1], [ta([256, 432])], [1, 1]),
        moment("invoke 1", [1, 1], [ta([352, 432])], [1, 1]),
        moment("close", [1, 1], [], [1, 1]),
      ]),
    ).toEqual([
      { before: 0, after: 256, peak: 432, exact: true },
      { before: 256, after: 352, peak: 432, exact: false },
      { before: 352, after: null, peak: null, exact: false },
    ]);
  });
  it.each([
    ["a TA that was loaded before, without counters", [ta(null)]],
    ["a moment without TAs", undefined],
    ["another client inside", "busy"],
  ] as const)("of a TA has no beginning behind %s", (_, tas) => {
    expect(heaps([moment(null, [1, 1], tas as ExactMoment["tas"]), moment("open", [1, 1], [ta([256, 432])])])).toEqual([
      { before: null, after: 256, peak: null, exact: false },
    ]);
  });
  it("of a TA is not known where several instances have its UUID", () => {
    const [one] = heaps([moment(null, [1, 1], []), moment("open", [1, 1], [ta([1, 1]), ta([2, 2])])]);
    expect(one?.after).toBeNull();
  });
  it("may be that of others where their calls overlap", () => {
    const other = { ...moment("invoke 2", [1, 1]), thread: "1.2" };
    expect(callsOf([moment("invoke 1", [1, 1]), other]).map(({ alone }) => alone)).toEqual([true, false]);
    expect(callsOf([moment("invoke 1", [1, 1], "busy")]).map(({ alone }) => alone)).toEqual([false]);
  });
});

describe("the calls of one command", () => {
  const moments = [
    moment(null, [100, 100], []),
    moment("open", [200, 250], [ta([10, 20])], [200, 250]),
    moment("invoke 1", [200, 250], [ta([15, 20])], [200, 250]),
    moment("invoke 1", [260, 300], [ta([25, 60])], [260, 300]),
    moment("invoke 1", [240, 300], [ta([25, 60])], [240, 300]),
  ];
  it("are those with the highest peak, and what all left", () => {
    expect(groupCalls(callsOf(moments))).toMatchObject([
      { name: "open", calls: 1, heap: { before: 0, peak: 20, after: 10, growth: 10, exact: true } },
      {
        name: "invoke 1",
        calls: 3,
        heap: { before: 15, peak: 60, after: 25, growth: 15, exact: true },
        core: { before: 200, peak: 300, after: 260, growth: 40, exact: true },
      },
    ]);
  });
  it("have no growth where one of them is not known", () => {
    const [group] = groupCalls(callsOf([moment("invoke 1", [1, 1]), moment("invoke 1", [5, 5])]));
    expect(group).toMatchObject({ calls: 2, core: { growth: null }, heap: { peak: null, growth: null } });
  });
});
