// Tests of how help flows into the width of a terminal.
import { expect, test } from "vitest";
import { flowHelp } from "./flow_help.ts";

const TEXT = `
Finds the smallest pool in which
everything works.

Examples:
  teemem size run.arrows     the heaps of a
                             recording
  teemem size --margin 20% data/optee-4.0.0/core.trace.gz
                             with 20 % added
`;

test("paragraphs and explanations fill the width", () => {
  expect(flowHelp(TEXT, 80)).toBe(`
Finds the smallest pool in which everything works.

Examples:
  teemem size run.arrows    the heaps of a recording
  teemem size --margin 20% data/optee-4.0.0/core.trace.gz
                            with 20 % added
`);
});

test("where it is narrow, a command goes on behind a backslash, and what it does stands below", () => {
  expect(flowHelp(TEXT, 40)).toBe(`
Finds the smallest pool in which
everything works.

Examples:
  teemem size run.arrows
      the heaps of a recording
  teemem size --margin 20% \\
      data/optee-4.0.0/core.trace.gz
      with 20 % added
`);
});

test("a command in prose is not broken, by whatever name it is called", () => {
  const called = { teemem: "npx teemem", xtest: "npx xtest" };
  expect(flowHelp("Take them, then let 'teemem size run.arrows' find it.", 40, called)).toBe(
    "Take them, then let\n'npx teemem size run.arrows' find it.",
  );
});

test("a file that is shown keeps its lines, however narrow", () => {
  const file = `A budget is YAML:

  heaps:
    core:
      peak: 90 %               # of the pool, or bytes: 60k
      failures: 0
    ta-*:                      # every TA

`;
  expect(flowHelp(`${file}And\nmore.`, 40)).toBe(`${file}And more.`);
});
