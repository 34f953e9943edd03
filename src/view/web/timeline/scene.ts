// What the parts of a timeline share: its whole time, what is in sight, and what the pointer does.
import { type Signal, signal } from "@preact/signals";
import type { Range } from "../state/choice.ts";
import type { FileFacts } from "../worker/questions.ts";

export interface Scene {
  /** Microseconds from the first to the last row. It grows with a live system. */
  readonly whole: Signal<Range>;
  readonly span: Signal<Range>;
  /** A range that is being drawn. */
  readonly draft: Signal<Range | null>;
  /** Where the pointer is, in microseconds. */
  readonly hover: Signal<number | null>;
  /** Wall time at 0, in milliseconds since 1970; null where times are told from the beginning. */
  readonly epoch: number | null;
  /** What times number from 0, where they are no microseconds; else empty. */
  readonly order: FileFacts["order"];
}

export function createScene(whole: Range, epoch: number | null, order: Scene["order"] = ""): Scene {
  return { whole: signal(whole), span: signal(whole), draft: signal(null), hover: signal(null), epoch, order };
}

/** The time of a recording; never empty, so that it can be drawn. */
export function wholeOf({ from, to, order = "" }: Range & Partial<Pick<FileFacts, "order">>): Range {
  // What is numbered lasts until the next.
  if (order !== "") return { from, to: to + 1 };
  return { from, to: Math.max(to, from + 10) };
}

/** There is more time now. While the end is in sight, it stays in sight. */
export function grow(scene: Scene, whole: Range): void {
  const known = scene.whole.peek();
  const { from, to } = scene.span.peek();
  if (known.from === whole.from && known.to === whole.to) return;
  scene.whole.value = whole;
  if (from <= known.from && to >= known.to) scene.span.value = whole;
  else if (to >= known.to) scene.span.value = { from: from + whole.to - known.to, to: to + whole.to - known.to };
}

/** Pixels beside the plots, where their axes are: all parts of a timeline stand exactly below each other. */
export const GUTTER = { left: 64, right: 14 };
