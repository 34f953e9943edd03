// Tests of ta_ram_trace.ts.
import { expect, test } from "vitest";
import { parseTaRam } from "./ta_ram_trace.ts";

const UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

test("ranges in their order; comments and empty lines are none", () => {
  const text = `# take give pages uuid what\n12\t90\t41\t${UUID}\ttext\n\n13\t-1\t2\t-\tldelf-stack\n# the end`;
  expect(parseTaRam(text)).toEqual({
    ok: true,
    value: [
      { take: 12, give: 90, pages: 41, uuid: UUID, what: "text" },
      { take: 13, give: -1, pages: 2, uuid: "", what: "ldelf-stack" },
    ],
  });
});

test.each([
  ["a column too few", "1\t2\t3\t-"],
  ["a column too many", "1\t2\t3\t-\ttext\tmore"],
  ["no whole number", "1\t2\t3.5\t-\ttext"],
  ["no number", "x\t2\t3\t-\ttext"],
  // Only a line that begins with # is a comment.
  ["a # at its end", "1\t2\t3\t#"],
])("%s is an error with its line", (_what, line) => {
  const error = "line 2: expected take, give, pages, uuid and what, separated by tabs";
  expect(parseTaRam(`# head\n${line}\n`)).toEqual({ ok: false, error });
});
