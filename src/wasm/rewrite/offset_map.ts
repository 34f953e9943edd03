// Where each instruction of a rewritten module stood before.
import { countLeading } from "../../base/bisect.ts";

/** Offsets from the first byte of the file, ascending: what stands at `now[n]` and behind it stood at `old[n]` and behind. */
export interface OffsetMap {
  readonly now: number[];
  readonly old: number[];
}

/** The offset in the original of an offset in what was made of it. */
export function originalOffset({ now, old }: OffsetMap, offset: number): number {
  const n = countLeading(now.length, (index) => (now[index] as number) <= offset) - 1;
  return n < 0 ? offset : (old[n] as number) + offset - (now[n] as number);
}
