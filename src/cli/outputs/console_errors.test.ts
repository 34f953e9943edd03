// Tests of console_errors.ts.
import { expect, test } from "vitest";
import { consoleErrors } from "./console_errors.ts";
import type { Output } from "./output.ts";

test("errors are shown, escaped; other lines are not", () => {
  const shown: string[] = [];
  const err: Pick<Output, "write"> = { write: (text: string) => void shown.push(text) };
  const take = consoleErrors({ err: err as Output });
  for (const line of ["I/TC: hello", "E/TC: bad \u001b[2J", "x E/TC: no"]) take(line);
  expect(shown).toEqual(["E/TC: bad \\x1b[2J\n"]);
});
