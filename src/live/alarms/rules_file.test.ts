// Tests of rules_file.ts and span.ts: what a file may say, and which line is wrong.
import { expect, it } from "vitest";
import { parseAlarms } from "./rules_file.ts";
import { parseSpan } from "./span.ts";

const problemsOf = (text: string, env = {}) =>
  parseAlarms(text, env).problems.map(({ line, text: problem }) => `${line}: ${problem}`);

it("reads rules, silences and a webhook; what is not said has its usual value", () => {
  const text = `alarms:
  core full: {when: near full, over: 85 %, for: 2 min, systems: lab*, heaps: [Heap]}
  refused: {when: refusal}
  check: {when: budget, file: budget.yaml}
silence:
  - {alarm: refused, system: lab3, until: 2026-12-24}
webhook:
  url: https://chat.example/hook
  headers: {authorization: $HOOK, x-lab: one}
`;
  const { file, problems } = parseAlarms(text, { HOOK: "Bearer 1" });
  expect(problems).toEqual([]);
  const base = { systems: [], heaps: [], over: 0, within: 0, hold: 0 };
  expect(file).toEqual({
    rules: [
      { ...base, name: "core full", kind: "near full", over: 85, hold: 120_000, systems: ["lab*"], heaps: ["Heap"] },
      { ...base, name: "refused", kind: "refusal", within: 600_000 },
      { ...base, name: "check", kind: "budget", file: "budget.yaml" },
    ],
    silences: [{ alarm: "refused", system: "lab3", heap: "*", until: Date.UTC(2026, 11, 24) }],
    webhook: { url: "https://chat.example/hook", headers: { authorization: "Bearer 1", "x-lab": "one" } },
  });
});

it("says which line is wrong, and what is allowed", () => {
  expect(problemsOf("alarms:\n  a:\n    when: nearly full\n")).toEqual([
    "3: a: 'when' is one of 'near full', 'near peak', 'refusal', 'growth', 'panic', 'console', 'lost', 'budget'",
  ]);
  expect(problemsOf("alarms:\n  a: {when: growth}\n  b: {when: lost, over: 3}\n")).toEqual([
    "2: 'over' is missing: growth over how many bytes an hour, like 1 KiB",
    "3: b: 'over' has no meaning for 'lost'",
  ]);
  expect(problemsOf("alarms:\n  a: {when: near full, over: 60k}\n  b: {when: lost, for: long}\n")).toEqual([
    "2: over: expected a percentage like 90 %",
    "3: expected a time like 30 s, 10 min, 2 h or 1 d",
  ]);
  expect(problemsOf("alarms:\n  a: {when: budget}\n  b: {when: lost, color: red}\n")).toEqual([
    "2: a: 'file' names the budget",
    "3: 'b' has no 'color'; it has when, over, within, for, systems, heaps, file",
  ]);
  expect(problemsOf("rules: {}\n")[0]).toBe("1: the file has no 'rules'; it has alarms, silence, webhook");
  expect(problemsOf("")).toEqual(["1: it has no rule; under 'alarms' each has a name and a 'when'"]);
  expect(problemsOf("alarms:\n  a: {when: lost}\nwebhook: {url: chat.example}\nsilence: [{until: soon}]\n")).toEqual([
    "3: 'url' is the address that alarms are posted to, like https://chat.example/hook",
    "4: 'until' is a date, like 2026-12-24 or 2026-12-24T18:00:00Z",
  ]);
  expect(problemsOf("alarms: [\n")[0]).toMatch(/^[12]: /);
  expect(problemsOf("alarms: {a: {when: lost}}\nwebhook: {url: http://h, headers: {a: $NONE}}\n")).toEqual([
    "2: the variable NONE is not set",
  ]);
  for (const text of ["- 1", "alarms: 3", "alarms: [1]", "alarms: {a: }", "silence: 1", "webhook: 1", "a: &x [*x]"])
    expect(problemsOf(text).length, text).toBeGreaterThan(0);
});

it("reads spans", () => {
  expect(["30 s", "1.5min", "2 h", "1d", "250ms", "3 m"].map(parseSpan)).toEqual([
    30_000, 90_000, 7_200_000, 86_400_000, 250, 180_000,
  ]);
  expect(["", "5", "s", "-1 s", "1 year", "1e3 s"].map(parseSpan)).toEqual(Array(6).fill(undefined));
});
