// Tests of no_such_ta.ts.
import { expect, test } from "vitest";
import type { Output } from "../outputs/output.ts";
import { tellsNoSuchTa } from "./no_such_ta.ts";

test("each TA is named once, with the option that gives it", () => {
  const shown: string[] = [];
  const err = { write: (text: string) => void shown.push(text), flush: async () => {} };
  const { noSuchTa } = tellsNoSuchTa({ err: err as unknown as Output });
  for (const uuid of ["one", "two", "one"]) noSuchTa?.(uuid);
  expect(shown.map((text) => text.match(/TA (\w+),.*--ta FOLDER/)?.[1])).toEqual(["one", "two"]);
});
