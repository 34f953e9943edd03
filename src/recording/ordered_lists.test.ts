// Leak lists as a page shows them: one heap that changes from list to list, without what a list does not know.
import { expect, test } from "vitest";
import { openIndexed } from "./indexed/open_indexed.ts";
import { bytesInMemory } from "./indexed/range_bytes.ts";

const OWN = ["lib/libutils/isoc/bget_malloc.c:831", 64] as const;
const LISTS = [
  ["32 a.c:1", "16 b.c:2"],
  ["32 a.c:1", "32 a.c:1", "16 b.c:2"],
  ["16 b.c:2", "24 a.c:1"],
] as const;

/** A log of lists: of each, its lines of `size site`. */
function logOf(...lists: readonly (readonly string[])[]): Uint8Array {
  const lines = lists.flatMap((list) => [
    ...list.map((line) => line.replace(/^(\d+) (.*)$/, "I/TC: buffer: $1 bytes $2")),
    "I/TC: buffer: 64 bytes lib/libutils/isoc/bget_malloc.c:831",
    "D/TC:? 0 tee_ta_close_session:468 csess 0x1 id 1",
  ]);
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

/** What the page opens. */
async function opened(bytes: Uint8Array) {
  const read = await openIndexed(bytesInMemory(bytes), { name: "a.log" });
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

test("lists of one heap are one heap, without pools, and numbered in their order", async () => {
  const { heaps, marks } = await opened(logOf(...LISTS));
  expect(heaps.map(({ name, lists, poolSize, instance }) => [name, lists, poolSize, instance])).toEqual([
    ["core", true, 0, 1],
  ]);
  expect(marks.filter(({ kind }) => kind === "mark").map(({ name, time }) => [name, time])).toEqual([
    ["list 1", 0],
    ["list 2", 1],
    ["list 3", 2],
  ]);
});

test("at each list exactly its blocks are live, by call site", async () => {
  const recording = await opened(logOf(...LISTS));
  const liveIn = async (time: number): Promise<string[]> =>
    (await recording.liveAt(0, time)).map(({ place, size }) => `${size} ${place}`).sort();
  for (const [n, list] of LISTS.entries()) expect(await liveIn(n)).toEqual([...list, `${OWN[1]} ${OWN[0]}`].sort());
});

test("what stays is not made anew: growth is the difference of two lists", async () => {
  const recording = await opened(logOf(...LISTS));
  const made: string[] = [];
  for await (const part of recording.rows({ heap: 0, from: 0, to: 9 }))
    for (let at = 0; at < part.length; at++) if (part.result[at] !== 0) made.push(`${part.time[at]}: ${part.size[at]}`);
  expect(made.sort()).toEqual(["0: 16", "0: 32", "0: 64", "1: 32", "2: 24"]);
});

test("a list without its end says so in its name", async () => {
  const { marks } = await opened(new TextEncoder().encode("I/TC: buffer: 24 bytes core/mm/tee_mm.c:19\n".repeat(3)));
  expect(marks.find(({ kind }) => kind === "mark")?.name).toBe("list 1, cut: it lacks its end");
});
