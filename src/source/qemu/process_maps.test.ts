// Tests of process_maps.ts, on lines of a QEMU 7.2.
import { expect, test } from "vitest";
import { likelyRam, processMaps } from "./process_maps.ts";

const MAPS = `561efe894000-561efec81000 rw-p 011f4000 00:1e 4718698                    /usr/bin/qemu-system-aarch64
561f18fa1000-561f1eb5b000 rw-p 00000000 00:00 0                          [heap]
7ff5a6800000-7ff5a7800000 rw-p 00000000 00:00 0 
7ff5a7800000-7ff5a7801000 ---p 00000000 00:00 0 
7ff5a7a00000-7ff5aba00000 rw-s 00000000 00:01 2053 /memfd:ram (deleted)
7ff5aba00000-7ff5aba01000 ---p 00000000 00:00 0 
7ff638000000-7ff63bfff000 rwxp 00000000 00:00 0 
`;

test("reads mappings, with and without a file", () => {
  const maps = processMaps(MAPS);
  expect(maps).toHaveLength(7);
  expect(maps[1]).toEqual({ from: 0x561f18fa1000, to: 0x561f1eb5b000, access: "rw-p", path: "[heap]" });
  expect(maps[4]?.path).toBe("/memfd:ram (deleted)");
});

test("RAM of a machine is followed by a page without access; the smallest comes first", () => {
  expect(likelyRam(processMaps(MAPS)).map(({ from, to }) => [from, to - from])).toEqual([
    [0x7ff5a6800000, 0x1000000],
    [0x7ff5a7a00000, 0x4000000],
  ]);
});

test("what is no line of a map is left out", () => {
  expect(processMaps("a\n7ff5a6800000 rw-p\n\n")).toEqual([]);
});
