// Ticks of the time axis, from microseconds.
import { clockText, orderText } from "../parts/time_words.ts";
import type { Scene } from "./scene.ts";

/** Distances between ticks: 1, 2 and 5 of each power, then what clocks have. */
export const TICKS: readonly number[] = [
  ...[1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap((n) => [n, 2 * n, 5 * n]),
  ...[10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400].map((s) => s * 1e6),
];

/** A tick as text; `step` is the distance between two. Empty behind the last of what is numbered: there nothing begins. */
export function tickText(time: number, step: number, scene: Pick<Scene, "epoch" | "order" | "whole">): string {
  const { epoch, order, whole } = scene;
  if (order !== "") return time < whole.peek().to ? orderText(time, order) : "";
  if (epoch !== null) {
    const text = clockText(time, epoch);
    return step < 1e6 ? text : text.slice(0, -4);
  }
  if (step >= 60e6) return `${Math.floor(time / 60e6)} min`;
  const digits = step >= 1e6 ? 0 : Math.min(6, Math.ceil(-Math.log10(step / 1e6)));
  return `${(time / 1e6).toFixed(digits)} s`;
}
