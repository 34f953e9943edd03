// Tests of envelope.ts.
import { expect, test } from "vitest";
import { createEnvelopes } from "./envelope.ts";

/** Lines that are wanted begin with an @; they end with a semicolon. */
const grammar = {
  anchorIn: (text: string) => text.indexOf("@"),
  stateOf: (text: string) => (text.endsWith(";") ? ("whole" as const) : ("open" as const)),
};

function read(lines: readonly string[]): readonly (string | undefined)[] {
  const envelopes = createEnvelopes(grammar);
  for (const line of lines) envelopes.learn(line);
  return lines.map((line) => {
    const found = envelopes.linesIn(line);
    return found && `${found.before}|${found.lines.join("/")}${found.ends ? "." : ""}`;
  });
}

test.each([
  ["other words in the same cell", ['1,"@a;",x', '2,"@b;",x', '3,"other",x'], ['1,"|@a;', '2,"|@b;', '3,"|other']],
  ["one alone proves nothing for others", ['1,"@a;"', '3,"other"'], ['1,"|@a;', undefined]],
  ["a line that begins before its quotes", ['@a "@b;"'], [undefined]],
  ["many in one", ["['@a;', 'x', '@b;']"], ["|@a;/x/@b;"]],
  ["a label in a cell, its value in the next", ['"@a","27,152",""', '"@b:","3"'], ["|@a: 27,152", "|@b: 3"]],
  ["ends of lines", ["b'@a;\\r\\n@b'", '{"log":"@c;\\n"}'], ["b'|@a;/@b", "|@c;."]],
  ["nothing", ["@a;", 'say "hello"'], [undefined, undefined]],
])("%s", (_, lines, wanted) => {
  const plain = (text: string | undefined): string | undefined =>
    text?.replace(/^([^|]*?)["' ]*\|/, (_, b) => `${b.replace(/["' ]+$/, "")}|`);
  expect(read(lines).map(plain)).toEqual(wanted.map(plain));
});
