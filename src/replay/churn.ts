// Performs the `churn` line of golden traces.
import type { Allocator } from "./allocator.ts";
import { crc32 } from "./crc32.ts";
import type { Slots } from "./slots.ts";

/**
 * Performs the generated operations of a `churn` line: FIRST SEED COUNT SLOTS MIN MAX RPCT APCT. Returns the CRC-32 over
 * the pointer texts, each with a newline.
 */
export function churn(slots: Slots, a: Allocator, args: readonly number[]): number {
  const [first, seed, count, slotCount, min, max, reallocPercent, alignPercent] = args as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  let x = seed | 0;
  const next = (): number => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
  let crc = 0;
  for (let n = 0; n < count; n++) {
    const id = first + (next() % slotCount);
    const kind = next() % 100;
    const pointer = slots.live(id);
    if (pointer !== 0 && kind >= reallocPercent) {
      a.free(slots.take(id), false);
      continue;
    }
    const shift = next() % 8;
    const size = min + ((next() % (max - min + 1)) >>> shift);
    let text: string;
    if (pointer !== 0) {
      const moved = a.realloc(pointer, size, null, 0);
      slots.move(id, id, moved, size);
      text = moved === 0 ? "-" : String(moved);
    } else if (kind < alignPercent) {
      text = slots.put(id, a.memalign(2 ** (next() % 13), size, null, 0), size);
    } else {
      text = slots.put(id, a.malloc(size, null, 0), size);
    }
    crc = crc32(`${text}\n`, crc);
  }
  return crc;
}
