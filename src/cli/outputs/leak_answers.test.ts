// Tests of leak_answers.ts: growth within a session is told from what is never freed.
import { expect, test } from "vitest";
import type { LeakSnapshot, SiteCount } from "../../analyze/leak/snapshot.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { leakAnswer } from "./leak_answers.ts";

const held = (blocks: number): SiteCount => ({ blocks, bytes: 32 * blocks });

/** Eight snapshots in which both sites grow; at the end of the heap `left` is there. */
function answer(left?: LeakSnapshot["left"]) {
  const series = Array.from({ length: 8 }, (_, i): LeakSnapshot => {
    const sites = new Map([
      ["kv.c:10", held(i + 1)],
      ["kv.c:20", held(2 * i + 1)],
    ]);
    return { name: `call ${i + 1}`, heap: "ta-5b1c", sites, uncertain: 0 };
  });
  const told = leakAnswer(series.with(-1, { ...(series[7] as LeakSnapshot), ...(left && { left }) }));
  return {
    ...told,
    lines: told
      .text(createPaint({ colours: false, width: 80 }))
      .join("\n")
      .replaceAll(/\s+/g, " "),
  };
}

test("what was freed when the heap ended is growth within a session, no leak", () => {
  const { grew, rows, lines } = answer(new Map());
  expect(grew).toBe("no");
  expect(rows).toMatchObject([
    { site: "kv.c:20", leaks: false, freed: true },
    { site: "kv.c:10", leaks: false, freed: true },
  ]);
  expect(lines).toContain("2 call sites grew steadily, but were freed at the end: kv.c:20, kv.c:10.");
  expect(lines).toContain("freed");
  expect(lines).not.toContain("leak ");
});

test("of two that grow only the one that is left is a leak", () => {
  const { grew, rows, lines } = answer(new Map([["kv.c:10", held(8)]]));
  expect(grew).toBe("yes");
  expect(rows).toMatchObject([
    { site: "kv.c:10", leaks: true, freed: false },
    { site: "kv.c:20", leaks: false, freed: true },
  ]);
  expect(lines).toContain("1 call site grows steadily: kv.c:10. 1 call site grew steadily, but was freed at the end");
  expect(lines).toContain(
    "When it ended, 1 call site had not freed 256 bytes in 8 blocks, as asked for. bytes blocks allocated at 256 8 ██████████ kv.c:10",
  );
});

test("where the end of the heap is not known, growth is a leak", () => {
  expect(answer().rows).toMatchObject([{ leaks: true }, { leaks: true }]);
});
