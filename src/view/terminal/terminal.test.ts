// Tests of the small parts of terminal pages: wrap, bar, tables.
import { describe, expect, it } from "vitest";
import { emptyRecord } from "../../abi/record.ts";
import { bar } from "./bar.ts";
import { drawHeapMap } from "./heap_map.ts";
import { drawHolders } from "./holder_table.ts";
import { createPaint } from "./paint.ts";
import { drawPools, drawTas } from "./pool_table.ts";
import { drawTaMemory } from "./triage_text.ts";
import { wrap } from "./wrap.ts";

const plain = createPaint({ colours: false, width: 80 });

describe("wrap", () => {
  it("breaks at blanks, never inside of words, and indents", () => {
    expect(wrap("one two three", { width: 7 })).toBe("one two\nthree");
    expect(wrap("a verylongwordthatdoesnotfit b", { width: 8 }, "  ")).toBe("  a\n  verylongwordthatdoesnotfit\n  b");
    expect(wrap("", plain)).toBe("");
    // A command keeps its line, and its name is put in before the lines are filled.
    const called = { teemem: "npx teemem", xtest: "npx xtest" };
    expect(wrap("let 'teemem size run.arrows' try each", { width: 30, called })).toBe(
      "let\n'npx teemem size run.arrows'\ntry each",
    );
  });
});

describe("bar", () => {
  it.each([
    [0, "    "],
    [50, "██  "],
    [100, "████"],
    [200, "████"],
    [1, "    "],
    [4, "▏   "],
  ])("of %d %% is '%s'", (value, drawn) => {
    expect(bar(value, 100, 4)).toBe(drawn);
  });
  it("of nothing is empty", () => {
    expect(bar(1, 0, 3)).toBe("   ");
  });
});

describe("the heap map", () => {
  it("shades each cell by what is in use in it", () => {
    const walk = {
      pool: { at: 0, length: 256 },
      blocks: [
        { at: 0, size: 64, free: true, previousFree: 0 },
        { at: 64, size: 64, free: false, previousFree: 64 },
        { at: 128, size: 96, free: false, previousFree: 0 },
        { at: 224, size: 16, free: true, previousFree: 0 },
      ],
      end: 240,
      damage: null,
    };
    // 64 bytes a cell; the third and fourth hold 64 and 32 of them.
    expect(drawHeapMap(walk, { ...plain, width: 20 }, 1)[0]).toBe("0x00000 ·██▒");
    expect(drawHeapMap(walk, { ...plain, width: 18 }, 2).slice(0, 2)).toEqual(["0x00000 ·█", "0x00080 █▒"]);
  });
});

describe("tables", () => {
  it("of holders show the largest and sum up the rest", () => {
    const rows = [
      { site: "a.c:1", blocks: 2, bytes: 2000 },
      { site: "b.c:1", blocks: 1, bytes: 500 },
      { site: "c.c:1", blocks: 1, bytes: 100 },
    ];
    const lines = drawHolders(rows, plain, 1);
    expect(lines[1]).toBe("   2,000      2  ██████████  a.c:1");
    expect(lines[2]).toContain("     600      2");
    expect(lines[2]).toContain("2 more call sites");
  });

  it("of pools mark the peak in the bar", () => {
    const pool = { ...emptyRecord("Heap"), allocated: 100, maxAllocated: 500, size: 1000 };
    const lines = drawPools([pool, emptyRecord("")], plain);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain("▕██▍        ╵            ▏ 10 % now, 50 % at the peak");
  });

  it("of TAs say why one has no figures", () => {
    expect(drawTas([], plain)).toEqual(["No TA is loaded."]);
    const ta = { uuid: "u", panicked: 0, sessions: 0, heap: emptyRecord() };
    expect(drawTas([ta], plain).join("\n")).toContain("cannot be queried");
    const live = { ...ta, sessions: 2, heap: { ...emptyRecord(), size: 32768, allocated: 100, maxAllocated: 100 } };
    expect(drawTas([live], plain).join("\n")).toContain("2 sessions");
  });

  it("are coloured on demand", () => {
    expect(createPaint({ colours: true, width: 80 }).red("x")).toBe("\x1b[31mx\x1b[39m");
    expect(plain.red("x")).toBe("x");
  });
});

describe("what is not recorded", () => {
  it("is a question mark, without a bar and without a conclusion", () => {
    const { maxAllocated: _peak, ...known } = { ...emptyRecord("Heap"), allocated: 10, size: 1000 };
    expect(drawPools([known], plain).slice(1)).toEqual([
      "Heap                          10           ?       1,000",
      "    Not recorded: the peak.",
    ]);
  });

  it("leaves room for what is known", () => {
    expect(drawPools([{ name: "Heap", failures: 3, biggestFailure: 4624 }], plain).slice(1)).toEqual([
      "Heap                           ?           ?           ?",
      "    Not recorded: bytes in use, the peak, the size, the bytes in use at it. 3",
      "    requests failed; the largest asked for 4,624 bytes.",
    ]);
  });

  it("is left out of the line of a TA", () => {
    const heap = { ...emptyRecord(), size: 100 };
    expect(drawTas([{ uuid: "<MY_TA>", heap }], plain)[0]).toBe("<MY_TA> (the UUID is not readable)");
    expect(drawTas([{ uuid: "", sessions: 0, heap }], plain)[0]).toBe("a TA without its UUID  0 sessions");
  });
});

describe("the memory of TAs", () => {
  const sizes = { code: 122880, data: 10498048, stack: 1052672, all: 11673600 };
  const uuid = "7fc5c039-0542-4ee1-80af-b4eab2f1998d";

  it("has a blank at least between two columns", () => {
    expect(drawTaMemory([{ uuid, dumps: 1, ...sizes, lost: 0 }], plain).slice(1, 3)).toEqual([
      "     code  data+heap     stack        all  TA",
      `  122,880 10,498,048 1,052,672 11,673,600  ${uuid}`,
    ]);
    const large = { code: 123456789, data: 1234567890, stack: 1234567890, all: 12345678901 };
    expect(drawTaMemory([{ uuid, dumps: 1, ...large, lost: 0 }], plain)[2]).toBe(
      `123,456,789 1,234,567,890 1,234,567,890 12,345,678,901  ${uuid}`,
    );
  });

  it("says where regions could not be read", () => {
    const lines = drawTaMemory([{ uuid, dumps: 1, ...sizes, lost: 2 }], plain);
    expect(lines[3]).toBe("  at least: 2 regions of it are missing or damaged in the log");
  });
});
