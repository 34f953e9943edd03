// Tests of console_errors.ts.
import { expect, test } from "vitest";
import { consoleErrors, consoleLines, SHOWN_LINES } from "./console_errors.ts";
import type { Output } from "./output.ts";

test("errors are shown, escaped; other lines are not", () => {
  const shown: string[] = [];
  const err: Pick<Output, "write"> = { write: (text: string) => void shown.push(text) };
  const take = consoleErrors({ err: err as Output });
  for (const line of ["I/TC: hello", "E/TC: bad \u001b[2J", "x E/TC: no"]) take(line);
  expect(shown).toEqual(["E/TC: bad \\x1b[2J\n"]);
});

test("lines of TAs are shown besides, or all", () => {
  const lines = ["I/TC: hello", "D/LD: loads", "E/TC:? 0 bad", "D/TA: entered", "I/TA: hello", "of two lines"];
  const told = SHOWN_LINES.map((which) => {
    const shown: string[] = [];
    const err: Pick<Output, "write"> = { write: (text: string) => void shown.push(text.trimEnd()) };
    lines.forEach(consoleLines({ err: err as Output }, which));
    return shown;
  });
  expect(told).toEqual([lines.slice(2, 3), lines.slice(2), lines]);
});
