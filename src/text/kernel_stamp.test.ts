// Tests of kernel_stamp.ts.
import { expect, test } from "vitest";
import { beginsStamped, stampIn } from "./kernel_stamp.ts";

test.each([
  ["[    1.234567] x", -1, true],
  ["ab[   12.345678] x", 2, false],
  ["ab [123] x", -1, false],
  ["[12:00:01.123] x", -1, false],
])("%s", (text, at, begins) => expect([stampIn(text), beginsStamped(text)]).toEqual([at, begins]));
