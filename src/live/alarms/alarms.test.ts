// Tests of alarm_book.ts and judge_rule.ts: what each kind of rule reports, since when, and what is silenced.
import { describe, expect, it } from "vitest";
import { heapState, systemState, taState } from "../../../test/support/system_states.ts";
import { parseBudget } from "../../analyze/budget/file.ts";
import type { Happening, SystemState } from "../state/state.ts";
import { createAlarms } from "./alarm_book.ts";
import { type AlarmRule, KINDS, matches, type Silence } from "./rule.ts";
import { parseAlarms } from "./rules_file.ts";

/** Alarms of a file with these rules. */
function alarmsOf(rules: string, silences: readonly Silence[] = []) {
  const { file, problems } = parseAlarms(`alarms:\n${rules.replace(/^/gm, "  ")}`, {});
  expect(problems).toEqual([]);
  return createAlarms(file.rules, silences);
}

function textsOf(rules: string, system: SystemState, now = 1000): string[] {
  return alarmsOf(rules)
    .judge(system, now)
    .map(({ heap, text }) => `${heap}|${text}`);
}

const happening = (kind: Happening["kind"], time: number, heap: string, text: string): Happening => ({
  kind,
  time,
  heap,
  text,
});

describe("a rule", () => {
  it("near full: above the share of the pool, not at it; unknown sizes are not judged", () => {
    const rule = "a: {when: near full, over: 50 %}";
    expect(textsOf(rule, systemState())).toEqual([]);
    expect(textsOf(rule, systemState({ heaps: [heapState({ allocated: 32_769 })] }))).toEqual([
      "pool:Heap|Heap: 32,769 of 65,536 bytes in use, 50 %, more than 50 %",
    ]);
    expect(textsOf(rule, systemState({ heaps: [heapState({ allocated: 60_000, size: null })] }))).toEqual([]);
    expect(textsOf("a: {when: near full}", systemState({ heaps: [heapState({ allocated: 59_000 })] }))).toEqual([
      "pool:Heap|Heap: 59,000 of 65,536 bytes in use, 90 %, more than 90 %",
    ]);
  });

  it("near peak looks at the most that was in use", () => {
    expect(textsOf("a: {when: near peak}", systemState({ heaps: [heapState({ max: 65_000 })] }))).toEqual([
      "pool:Heap|Heap: 65,000 of 65,536 bytes in use at once at most, 99.1 %, more than 95 %",
    ]);
  });

  it("growth: bytes an hour", () => {
    const rule = "a: {when: growth, over: 6000}";
    expect(textsOf(rule, systemState({ heaps: [heapState({ growth: 100 })] }))).toEqual([]);
    expect(textsOf(rule, systemState({ heaps: [heapState({ growth: 101 })] }))).toEqual([
      "pool:Heap|Heap grows by 6,060 bytes an hour, more than 6,000",
    ]);
  });

  it("refusal and panic: what happened lately, with its latest words, since the first", () => {
    const happened = [
      happening("refusal", 100, "pool:Heap", "first"),
      happening("refusal", 900, "pool:Heap", "second"),
      happening("panic", 950, "ta:x#1", "it panicked"),
    ];
    const system = systemState({ happened });
    const alarms = alarmsOf("r: {when: refusal, within: 1 s}\np: {when: panic}");
    expect(alarms.judge(system, 1000)).toEqual([
      { rule: "r", heap: "pool:Heap", since: 100, text: "second", silencedUntil: null },
      { rule: "p", heap: "ta:x#1", since: 950, text: "it panicked", silencedUntil: null },
    ]);
    expect(alarms.judge(system, 1900)[0]).toMatchObject({ text: "second", since: 100 });
    expect(alarms.judge(system, 1901).map(({ rule }) => rule)).toEqual(["p"]);
  });

  it("panic: also a TA that is still listed as panicked, once", () => {
    const ta = taState({ panicked: true });
    expect(textsOf("p: {when: panic}", systemState({ heaps: [ta] }))).toEqual([
      `${ta.key}|trusted_keys: the TA panicked`,
    ]);
    const happened = [happening("panic", 900, ta.key, "trusted_keys panicked")];
    expect(textsOf("p: {when: panic}", systemState({ heaps: [ta], happened }))).toEqual([
      `${ta.key}|trusted_keys panicked`,
    ]);
  });

  it("console: lines that tell of trouble", () => {
    const line = (time: number, text: string, trouble: boolean) => ({ time, text, trouble });
    const console = [line(10, "E/TC: Panic", true), line(20, "I/TC: well", false)];
    expect(textsOf("c: {when: console}", systemState({ console }))).toEqual(["|E/TC: Panic"]);
  });

  it("lost: a source that is silent or lost for a minute; its heaps are not judged", () => {
    const system = systemState({
      state: "lost",
      since: 1000,
      trouble: "no route",
      heaps: [heapState({ allocated: 65_000 })],
    });
    const alarms = alarmsOf("l: {when: lost}\nf: {when: near full}");
    expect(alarms.judge(system, 60_999)).toEqual([]);
    expect(alarms.judge(system, 61_000)).toMatchObject([{ rule: "l", since: 1000, text: "no route", heap: "" }]);
    expect(alarms.judge({ ...system, state: "opening" }, 90_000)).toEqual([]);
  });

  it("budget: each broken limit that counters can tell", () => {
    const budget = parseBudget(
      "heaps:\n  core:\n    peak: 30000\n    failures: 0\n    blocks: 1\n  ta-*:\n    peak: 10 %\n",
    );
    if (!budget.ok) throw new Error("it is right");
    const rule: AlarmRule = {
      ...{ name: "b", kind: "budget", systems: [], heaps: [], over: 0, within: 0, hold: 0 },
      budget: { path: "budget.yaml", budget: budget.value },
    };
    const system = systemState({ heaps: [heapState({ failures: 3 }), taState()] });
    expect(createAlarms([rule], []).judge(system, 0)).toMatchObject([
      {
        heap: "pool:Heap",
        text: "budget.yaml:3: peak of core is 40,000 bytes, its limit 30,000 bytes; budget.yaml:4: failures of core is 3, its limit 0",
      },
      { heap: taState().key, text: expect.stringContaining("budget.yaml:7: peak of ta-f04a0fe7") },
    ]);
  });

  it("is for the systems and heaps that it names", () => {
    const full = systemState({ heaps: [heapState({ allocated: 65_000 }), taState({ allocated: 32_000 })] });
    expect(textsOf("a: {when: near full, systems: [lab*]}", full)).toEqual([]);
    expect(textsOf('a: {when: near full, systems: ["*lab1"], heaps: f04a0fe7*}', full)).toHaveLength(1);
    expect(textsOf("a: {when: near full, heaps: [Heap, trusted_keys]}", full)).toHaveLength(2);
  });

  it("must hold for as long as the file says, without a gap", () => {
    const alarms = alarmsOf("a: {when: near full, for: 1 s}");
    const full = systemState({ heaps: [heapState({ allocated: 65_000 })] });
    expect(alarms.judge(full, 0)).toEqual([]);
    expect(alarms.judge(full, 1000)).toMatchObject([{ since: 0 }]);
    expect(alarms.judge(systemState(), 1500)).toEqual([]);
    expect(alarms.judge(full, 2000)).toEqual([]);
    expect(alarms.judge(full, 3000)).toMatchObject([{ since: 2000 }]);
  });
});

it("a silence hides an alarm until then: by key, or by the file, whose times are those of the wall", () => {
  const full = systemState({ heaps: [heapState({ allocated: 65_000 })] });
  const until = full.epoch + 5000;
  const alarms = alarmsOf("a: {when: near full}", [{ alarm: "a", system: "ssh://*", heap: "*", until }]);
  const silenced = (now: number) => alarms.judge(full, now)[0]?.silencedUntil;
  expect([silenced(0), silenced(4999), silenced(5000)]).toEqual([5000, 5000, null]);
  alarms.silence(full.name, "a", "pool:Heap", 9000);
  expect([silenced(6000), silenced(9000)]).toEqual([9000, null]);
  alarms.silence(full.name, "a", "pool:Heap", 12_000);
  alarms.silence(full.name, "a", "pool:Heap", null);
  expect(silenced(10_000)).toBe(null);
});

it("every kind has a row, and a star stands for any characters", () => {
  expect(new Set(KINDS.map(({ kind }) => kind)).size).toBe(KINDS.length);
  const cases: [string, string, boolean][] = [
    ["lab*", "lab1", true],
    ["lab*", "xlab1", false],
    ["*b*1", "lab1", true],
    ["a*a", "a", false],
    ["a*b*b", "ab", false],
    ["lab1", "lab1", true],
    ["lab1", "lab12", false],
    ["*", "", true],
  ];
  for (const [pattern, name, expected] of cases)
    expect([pattern, name, matches(pattern, name)]).toEqual([pattern, name, expected]);
});
