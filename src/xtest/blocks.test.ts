// Tests of blocks.ts: where a block begins and ends.
import { expect, it } from "vitest";
import { type BlockAt, createBlockReader } from "./blocks.ts";
import { eachLine } from "./fault.ts";

const HEAP = `Pool:                Heap
Bytes allocated:                       10
Max bytes allocated:                   20
Size of pool:                          30
Number of failed allocations:          1
Size of larges allocation failure:     40
Total bytes allocated at that failure: 25`;
const TA = `ta(8aaaf200-2450-11e4-abe2-0002a5d5c51b)
\tpanicked(0) -- True if TA has panicked
\tsession number(1)
\tHeap Status:
\t\tBytes allocated:                       10
\t\tMax bytes allocated:                   20
\t\tSize of pool:                          30
\t\tNumber of failed allocations:          0
\t\tSize of larges allocation failure:     0
\t\tTotal bytes allocated at that failure: 0`;

function blocksOf(text: string): readonly BlockAt[] {
  const blocks: BlockAt[] = [];
  const reader = createBlockReader((block) => blocks.push(block));
  let number = 0;
  for (const line of eachLine(text)) reader.take(line, ++number);
  reader.end();
  return blocks;
}

/** Kind, lines, and how many counters of a heap are known. */
function shape(text: string): string {
  return blocksOf(text)
    .map(({ kind, value, from, to }) => {
      const heap = kind === "alloc" ? value : kind === "ta" ? value.heap : undefined;
      const known = heap === undefined ? "" : ` ${Object.values(heap).filter((one) => typeof one === "number").length}`;
      return `${kind} ${from}-${to}${known}${heap?.cut === true ? " cut" : ""}`;
    })
    .join(", ");
}

const lines = HEAP.split("\n");
const without = (...gone: number[]): string => lines.filter((_, i) => !gone.includes(i)).join("\n");

it("a block has the lines that are there", () => {
  expect(shape(HEAP)).toBe("alloc 1-7 6");
  expect(shape(`${without(6)}\n\n${HEAP}`)).toBe("alloc 1-6 5, alloc 8-14 6");
  expect(shape(`${without(2, 3)}\n`)).toBe("alloc 1-5 4");
  expect(shape(`${lines.slice(0, 2).join("\n")}\n\n${HEAP}`)).toBe("alloc 1-2 1, alloc 4-10 6");
});

it("one that the text ends in is cut", () => {
  expect(shape(`${HEAP}\n\n${without(5, 6)}`)).toBe("alloc 1-7 6, alloc 9-13 4 cut");
  expect(shape(lines[0] ?? "")).toBe("fault 1-1");
});

it("what has no first line is of no block", () => {
  expect(shape(`${HEAP}\n\n${without(0)}\n${HEAP}`)).toBe("alloc 1-7 6, fault 9-9, alloc 15-21 6");
});

it("a blank line where lines are missing is the end of a block", () => {
  expect(shape(`${lines.slice(0, 3).join("\n")}\n\n${lines.slice(5).join("\n")}`)).toBe("alloc 1-3 2, fault 5-5");
  expect(shape(lines.join("\n\n"))).toBe("alloc 1-13 6");
});

it("so is the mark of who left lines out", () => {
  for (const mark of ["...", "[...]", "> …", "<snip>", "--- snip ---"])
    expect(shape(`${lines.slice(0, 3).join("\n")}\n${mark}\n${lines.slice(3).join("\n")}`), mark).toBe(
      "alloc 1-3 2, fault 5-5",
    );
});

it("lines too far below are of no block", () => {
  const far = (count: number): string =>
    `${lines.slice(0, 3).join("\n")}\n${"x\n".repeat(count)}${lines.slice(3).join("\n")}`;
  expect(shape(far(150))).toBe("alloc 1-157 6");
  expect(shape(far(300))).toBe("alloc 1-3 2, fault 304-304");
});

it("what stands before a block", () => {
  const before = (between: string): string => {
    const [, second] = blocksOf(`${TA}\n${between}${TA}`);
    return second?.before ?? "";
  };
  expect(before("")).toBe("nothing");
  expect(before("\n")).toBe("blank");
  expect(before("> \n")).toBe("blank");
  expect(before("another program\n")).toBe("other");
  expect(before("\nanother program\n")).toBe("other");
  expect(before("another program\n\n")).toBe("other");
  expect(before("[   12.345678] usb\n\nE/TC:0 0 x:1 y\n")).toBe("blank");
  expect(before("\n# xtest --stats --ta\n\n")).toBe("command");
});
