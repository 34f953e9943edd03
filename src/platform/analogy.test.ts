// Tests of analogy.ts.
import { expect, test } from "vitest";
import { analogyOf } from "./analogy.ts";
import { bundledPlatform } from "./platforms.ts";

const platform = bundledPlatform("qemu_v8-4.0.0");

test("nothing is by analogy in the platform's own release", () => {
  expect(platform && analogyOf(platform, "4.0.0")).toBeNull();
  expect(platform && analogyOf(platform, "v4.0.1")).toBeNull();
});

test.each([
  ["4.10.0", "CFG_CORE_HEAP_SIZE=196608 and 6,464 bytes more, in 3 pools: as measured in Debian's 4.10.0-2."],
  ["4.2.0", "CFG_CORE_HEAP_SIZE=131072 and 3,104 bytes more, in 1 pool: what is beyond that as in 4.0.0."],
])("%s", (version, said) => {
  const sentence = platform === null ? "" : analogyOf(platform, version);
  expect(sentence).toContain(said);
  expect(sentence).toMatch(/Not recorded, so as in 4\.0\.0 \(qemu_v8-4\.0\.0\): the blocks that the boot leaves/);
});
