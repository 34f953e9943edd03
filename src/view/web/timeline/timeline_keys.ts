// The keys of the timeline, and its buttons: one row for each. The help shows the same rows.

import type { Range } from "../state/choice.ts";
import type { ChoiceStore } from "../state/chosen.ts";
import type { Scene } from "./scene.ts";
import { panned, showing, zoomed } from "./span.ts";

interface Given {
  readonly scene: Scene;
  readonly chosen: ChoiceStore;
  /** When the most was in use, in microseconds. */
  readonly peak: number | null;
  /** Stretches of tests, ascending. */
  readonly tests: readonly Range[];
  /** With Shift: ten steps at once. */
  readonly far: boolean;
}

interface TimelineKey {
  readonly keys: readonly string[];
  readonly shown: string;
  readonly does: string;
  /** What a button of it says; absent where it has none. */
  readonly button?: string;
  readonly act: (given: Given, key: string) => void;
}

/** Steps of the moment across what is in sight. */
const STEPS = 400;

export const TIMELINE_KEYS: readonly TimelineKey[] = [
  { keys: ["+", "="], shown: "+", does: "zoom in", button: "+", act: (given) => zoom(given, 0.5) },
  { keys: ["-"], shown: "-", does: "zoom out", button: "−", act: (given) => zoom(given, 2) },
  {
    keys: ["0"],
    shown: "0",
    does: "show the whole time",
    button: "whole",
    act: ({ scene }) => {
      scene.span.value = scene.whole.peek();
    },
  },
  {
    keys: ["z"],
    shown: "z",
    does: "zoom to the chosen range",
    button: "range",
    act: ({ scene, chosen }) => {
      const { range } = chosen.now.peek();
      if (range !== null && range.to > range.from) scene.span.value = range;
    },
  },
  {
    keys: ["p"],
    shown: "p",
    does: "choose the moment of the peak",
    button: "peak",
    act: ({ chosen, peak }) => {
      if (peak !== null) chosen.choose({ moment: peak });
    },
  },
  {
    keys: ["v"],
    shown: "v",
    does: "choose what is in sight as the range",
    act: ({ scene, chosen }) => {
      const { from, to } = scene.span.peek();
      chosen.choose({ range: { from: Math.round(from), to: Math.round(to) } });
    },
  },
  { keys: ["ArrowLeft", "ArrowRight"], shown: "← →", does: "move the moment; with Shift further", act: step },
  { keys: ["[", "]"], shown: "[ ]", does: "choose the test before or after", act: chooseTest },
  {
    keys: ["a", "d"],
    shown: "a d",
    does: "pan",
    act: ({ scene }, key) => {
      const { from, to } = scene.span.peek();
      scene.span.value = panned(scene.span.peek(), ((key === "a" ? -1 : 1) * (to - from)) / 5, scene.whole.peek());
    },
  },
];

function zoom({ scene, chosen }: Given, factor: number): void {
  const span = scene.span.peek();
  const { moment } = chosen.now.peek();
  const seen = moment !== null && moment >= span.from && moment <= span.to;
  scene.span.value = zoomed(span, seen ? moment : (span.from + span.to) / 2, factor, scene.whole.peek());
}

function step({ scene, chosen, far }: Given, key: string): void {
  const [span, whole] = [scene.span.peek(), scene.whole.peek()];
  const by = Math.max(1, ((span.to - span.from) / STEPS) * (far ? 10 : 1)) * (key === "ArrowLeft" ? -1 : 1);
  const from = chosen.now.peek().moment ?? (span.from + span.to) / 2;
  const moment = Math.round(Math.min(whole.to, Math.max(whole.from, from + by)));
  chosen.choose({ moment }, "move");
  scene.span.value = showing(span, { from: moment, to: moment }, whole);
}

function chooseTest({ scene, chosen, tests }: Given, key: string): void {
  const { range } = chosen.now.peek();
  const now = tests.findIndex(({ from }) => from === range?.from);
  const next = tests[key === "]" ? now + 1 : now < 0 ? tests.length - 1 : now - 1];
  if (next === undefined) return;
  chosen.choose({ range: { from: next.from, to: next.to } });
  scene.span.value = showing(scene.span.peek(), next, scene.whole.peek());
}
