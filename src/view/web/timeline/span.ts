// The stretch of time in sight: zoom and pan within the whole.
import type { Range } from "../state/choice.ts";

/** Nothing happens between two microseconds. */
const LEAST = 10;

/** A stretch `factor` times as long, in which `center` stays where it is. */
export function zoomed(span: Range, center: number, factor: number, whole: Range): Range {
  const length = Math.max(LEAST, (span.to - span.from) * factor);
  if (length >= whole.to - whole.from) return whole;
  const share = (center - span.from) / Math.max(1, span.to - span.from);
  return within(center - share * length, length, whole);
}

/** The same length, moved. It stops at the ends of the whole. */
export function panned(span: Range, by: number, whole: Range): Range {
  return within(span.from + by, span.to - span.from, whole);
}

/** So that a moment or range is in sight; unchanged where it is. */
export function showing(span: Range, { from, to }: Range, whole: Range): Range {
  if (from >= span.from && to <= span.to) return span;
  const length = Math.max(span.to - span.from, (to - from) * 1.25);
  return length >= whole.to - whole.from ? whole : within((from + to - length) / 2, length, whole);
}

function within(from: number, length: number, whole: Range): Range {
  const start = Math.min(Math.max(whole.from, from), Math.max(whole.from, whole.to - length));
  return { from: start, to: Math.min(whole.to, start + length) };
}
