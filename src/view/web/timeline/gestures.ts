// What a pointer does on a plot: a click chooses a moment, a drag a range, with Shift it pans; the wheel zooms.
import type { ChoiceStore } from "../state/chosen.ts";
import type { Scene } from "./scene.ts";
import { panned, zoomed } from "./span.ts";

/** Pixels that a hand moves in a click. */
const CLICK = 4;

/** Listens on the plot's area, from its left to its right edge. Returns what ends it. */
export function attachGestures(area: HTMLElement, scene: Scene, chosen: ChoiceStore): () => void {
  const stop = new AbortController();
  let down: { readonly x: number; readonly time: number; readonly pan: boolean } | null = null;
  const { span, whole, draft, hover } = scene;
  const timeAt = (x: number): number => {
    const { left, width } = area.getBoundingClientRect();
    const { from, to } = span.peek();
    return from + (Math.min(Math.max(0, x - left), width) / Math.max(1, width)) * (to - from);
  };
  const hear = <K extends keyof HTMLElementEventMap>(kind: K, act: (event: HTMLElementEventMap[K]) => void): void =>
    area.addEventListener(kind, act, { signal: stop.signal, passive: false });

  hear("pointerdown", (event) => {
    if (event.button !== 0 && event.button !== 1) return;
    area.setPointerCapture(event.pointerId);
    down = { x: event.clientX, time: timeAt(event.clientX), pan: event.shiftKey || event.button === 1 };
  });
  hear("pointermove", (event) => {
    const time = timeAt(event.clientX);
    hover.value = time;
    const begun = down;
    if (begun === null) return;
    if (begun.pan) span.value = panned(span.peek(), begun.time - time, whole.peek());
    else if (draft.value !== null || Math.abs(event.clientX - begun.x) > CLICK)
      draft.value = { from: Math.round(Math.min(begun.time, time)), to: Math.round(Math.max(begun.time, time)) };
  });
  hear("pointerup", (event) => {
    const begun = down;
    const drawn = draft.value;
    down = null;
    draft.value = null;
    if (begun === null || begun.pan) return;
    if (drawn !== null) chosen.choose({ range: drawn });
    else chosen.choose({ moment: Math.round(timeAt(event.clientX)) });
  });
  hear("pointercancel", () => {
    down = null;
    draft.value = null;
  });
  hear("pointerleave", () => {
    hover.value = null;
  });
  hear("dblclick", () => {
    span.value = whole.peek();
  });
  hear("wheel", (event) => {
    const { from, to } = span.peek();
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (sideways !== 0 && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
      event.preventDefault();
      span.value = panned(span.peek(), ((to - from) * sideways) / 1000, whole.peek());
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      event.preventDefault();
      span.value = zoomed(span.peek(), timeAt(event.clientX), 1.0015 ** event.deltaY, whole.peek());
    }
  });
  return () => stop.abort();
}
