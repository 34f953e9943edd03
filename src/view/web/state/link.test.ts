// A link restores the choice that it was made from, and a wrong one chooses nothing.
import { expect, test } from "vitest";
import { type Choice, NOTHING_CHOSEN } from "./choice.ts";
import { choiceIn, linkOf } from "./link.ts";

const ALL: Choice = {
  view: "differences",
  source: "ssh://root@board",
  file: "api:a/b & c#1",
  heap: "pool:Heap",
  range: { from: 0, to: 529_232_000 },
  moment: 17,
  second: { from: 5, to: 5 },
  moments: [1, 2, 3],
};

test.each([
  ["everything", ALL],
  ["nothing", NOTHING_CHOSEN],
  ["one moment", { ...NOTHING_CHOSEN, moment: 0 }],
])("%s comes back", (_, choice) => {
  expect(choiceIn(`#${linkOf(choice)}`)).toEqual(choice);
});

test("nothing chosen is an empty fragment", () => expect(linkOf(NOTHING_CHOSEN)).toBe(""));

test.each([
  "range=9-3",
  "range=1",
  "range=1-2-3",
  "range=-1-2",
  "moment=1.5",
  "moment=x",
  "view=elsewhere",
  "moments=a_b",
  "&&=#",
])("%s chooses nothing", (fragment) => expect(choiceIn(fragment)).toEqual(NOTHING_CHOSEN));
