// Tests of golden_pools.ts.
import { describe, expect, it } from "vitest";
import { playGolden } from "./golden_player.ts";
import { poolProblem } from "./golden_pools.ts";
import { type GoldenTrace, parseGoldenTrace } from "./golden_trace.ts";
import { parseVariant, type Variant } from "./variant.ts";

function trace(...lines: readonly string[]): GoldenTrace {
  const parsed = parseGoldenTrace(["arena 65536", ...lines].join("\n"));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function variant(name: string): Variant {
  const parsed = parseVariant(name);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const TA = variant("lp64-ff-ta");
const ARM = variant("ilp32-ff-ta");
const BARE = variant("bare-lp64-ff");

describe("pools of a golden trace", () => {
  it.each(["pool 0 70000", "pool 64000 65536", "pool 65536 4096", "pool -4096 8192", "pool 4294967296 4096"])(
    "are named with their line where they leave the arena: %s",
    (line) => {
      expect(poolProblem(trace("s", line), TA)).toMatch(/^line 3: the pool .* is outside the arena of 65536 bytes$/);
    },
  );

  it.each(["pool 0 16", "pool 0 0", "pool 0 -16"])("can be too small for bget alone: %s", (line) => {
    expect(poolProblem(trace(line), BARE)).toMatch(/too small for a bare pool \(at least 48 bytes\)/);
  });

  it.each([
    "pool 0 0",
    "pool 0 1023",
    "pool 65536 0",
    "pool 65530 10",
    "pool 0 -1",
    "pool 4096 0xfffffffffffff000",
    "pool 60000 -60000",
  ])("that the malloc layer refuses are no error, wherever they lie: %s", (line) => {
    for (const v of [TA, ARM]) {
      expect(poolProblem(trace(line), v)).toBeNull();
      let text = "";
      playGolden(trace(line), v, (piece) => {
        text += piece;
      });
      expect(text).toMatch(/^pool -\n/);
    }
  });

  it("later ones may be smaller than the first", () => {
    expect(poolProblem(trace("pool 0 4096", "pool 8192 64"), TA)).toBeNull();
    expect(poolProblem(trace("pool 0 4096", "pool 65500 64"), TA)).toMatch(/outside/);
  });
});
