// Tests of heap_knob.ts.
import { expect, test } from "vitest";
import { knobOfHeap } from "./heap_knob.ts";

test.each<[number, number | undefined, number, string]>([
  [68608, undefined, 65536, "4.0 with leak headers"],
  [68640, 68640, 65536, "4.0"],
  [199296, undefined, 196608, "4.5"],
  [203072, undefined, 196608, "4.10, whose small pools make it more than a page"],
  [203072, 198912, 196608, "4.10, where the first pool is known"],
  [72704, 72704, 69632, "one page more than the default, in one pool"],
  [61440, 61440, 61440, "less than the default"],
  [90112, undefined, 90112, "no default anywhere near"],
])("%i bytes, the first pool %s: %i (%s)", (pool, first, configured) => {
  expect(knobOfHeap("core", pool, first)).toEqual({ name: "CFG_CORE_HEAP_SIZE", configured, added: pool - configured });
});
