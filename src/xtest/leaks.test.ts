// Tests of leaks.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { leakLists, parseLeaks, printLeak } from "./leaks.ts";

const part = fc.stringMatching(/^[a-z_]{1,12}$/);
const leak = fc.record({
  size: fc.nat(0xffffffff),
  file: fc.oneof(
    fc.constant("unknown"),
    fc.array(part, { minLength: 1 }).map((parts) => `${parts.join("/")}.c`),
  ),
  line: fc.nat(0xffff),
});

test("print, parse", () => {
  fc.assert(
    fc.property(fc.array(leak), fc.constantFrom("TC", "TA"), fc.constantFrom("\n", "\r\n"), (list, from, end) => {
      const log = list.map((one) => printLeak(one, from).replace("\n", end)).join("");
      const { leaks, odd } = parseLeaks(log);
      expect(odd).toEqual([]);
      expect(leaks).toEqual(list.map((one, i) => ({ ...one, from, at: i + 1 })));
    }),
  );
});

test("among other lines, after a star, a stamp, a thread id", () => {
  const { leaks, odd } = parseLeaks(
    [
      "D/TC:? 0 tee_ta_close_session:487 Destroy session",
      "*I/TC: buffer: 24 bytes core/mm/tee_mm.c:20",
      "[12:00:01] I/TA:  buffer: 8 bytes hello_world_ta.c:77",
      "I/TC:0 1 buffer: 16 bytes core/mm/vm.c:307",
      "Encrypted buffer: 33 da 51",
      "I/TC: buffer: 24 bytes core/mm/te",
      "I/TA: buffer: full",
    ].join("\n"),
  );
  expect(leaks.map(({ size, from, at }) => [size, from, at])).toEqual([
    [24, "TC", 2],
    [8, "TA", 3],
    [16, "TC", 4],
  ]);
  expect(odd.map(({ line }) => line)).toEqual([6]);
  expect(leakLists(leaks).map((list) => list.length)).toEqual([1, 1, 1]);
});

test("lists end where another line stands", () => {
  const one = printLeak({ size: 1, file: "a.c", line: 1 });
  const lists = leakLists(parseLeaks(`${one}${one}D/TC: x\n${one}`).leaks);
  expect(lists.map((list) => list.length)).toEqual([2, 1]);
});
