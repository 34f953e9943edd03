// Tests of blocks_text.ts.
import { expect, test } from "vitest";
import { own } from "../../base/printable.ts";
import { blocksText } from "./blocks_text.ts";

test("an empty line stands between blocks, a newline ends the page", () => {
  expect(blocksText([[own("a"), own("b")], [own("c")]])).toBe("a\nb\n\nc\n");
});
