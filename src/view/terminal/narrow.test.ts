// Tables on terminals that are too narrow for their rows.
import { expect, test } from "vitest";
import { own, type Printable, printable } from "../../base/printable.ts";
import { beside, placeRows } from "./narrow.ts";

const ROWS: readonly (readonly [Printable, Printable])[] = [
  [own("bytes  "), own("allocated at")],
  [own("  848  "), own("core/kernel/user_ta.c:466")],
  [own("   28  "), own("a.c:1")],
];

test("places stand below the figures in every row where one does not fit, and behind them on a wider terminal", () => {
  expect(placeRows(ROWS, { width: 30 })).toEqual([
    "bytes",
    "    allocated at",
    "  848",
    "    core/kernel/user_ta.c:466",
    "   28",
    "    a.c:1",
  ]);
  const wide = ["bytes    allocated at", "  848    core/kernel/user_ta.c:466", "   28    a.c:1"];
  expect(placeRows(ROWS, { width: 40 })).toEqual(wide);
  // In a pipe a row stays whole, whatever its length.
  expect(placeRows([[own("1"), printable("x".repeat(90))]], { width: 80 })).toEqual([`1  ${"x".repeat(90)}`]);
});

test("colours and links take no room", () => {
  const place = own("\x1b]8;;file://h/a/very/long/path/of/this/machine/a.c#1\x1b\\a.c:1\x1b]8;;\x1b\\");
  expect(placeRows([[own("\x1b[2m12\x1b[22m"), place]], { width: 40 })).toHaveLength(1);
});

test("a sentence goes on beside its head, or below it", () => {
  expect(beside(own("no"), 4, "one two", { width: 80 })).toEqual(["no  one two"]);
  expect(beside(own("no"), 4, "one two three four", { width: 14 })).toEqual(["no", "    one two", "    three four"]);
});
