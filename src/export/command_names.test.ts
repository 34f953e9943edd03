// The commands in which blocks were made.
import { expect, test } from "vitest";
import { traceOfSteps } from "../../test/support/random_trace.ts";
import { commandNames } from "./command_names.ts";

const trace = traceOfSteps(
  Array.from({ length: 40 }, (_, n) => [n % 12, n % 3, 16]),
  16384,
);
const UUID = "a734eed9-d6a1-4244-aa50-7c99719e7b7b";

/** The name of the command in a row, for entries of an instance. */
function namesOf(context: string, instance = 0): (row: number) => string | undefined {
  const span = (name: string, from: number, to: number) => ({ trace: 3, instance: 0, name, from, to, uuid: UUID });
  const entries = [
    span("open", 2, 5),
    span("invoke 3", 5, 20),
    span("invoke 7", 8, 10),
    span("empty", 21, 21),
    { ...span("other", 0, 40), trace: 2 },
  ];
  const { names, at } = commandNames({ index: 3, trace: { ...trace, context }, range: { from: 0, to: 40 } }, entries);
  return (row) => names[at(row, instance)];
}

test("a row is in the innermost entry of its instance", () => {
  const nameAt = namesOf(`ta-${UUID}`);
  expect([0, 2, 4, 5, 8, 9, 10, 19, 20, 21].map(nameAt)).toEqual([
    undefined,
    "open",
    "open",
    "invoke 3",
    "invoke 7",
    "invoke 7",
    "invoke 3",
    "invoke 3",
    undefined,
    undefined,
  ]);
  expect(namesOf(`ta-${UUID}`, 1)(6)).toBeUndefined();
});

test("on another heap the name says whose command it was", () => {
  expect(namesOf("core")(6)).toBe("invoke 3 of a734eed9");
});
