// Tests of left_out.ts.
import { expect, test } from "vitest";
import { createConsoleText } from "./console_text.ts";
import { leftOut } from "./left_out.ts";

test.each([
  ["last message repeated 900 times", 900],
  ["message repeated 7 times: [", 7],
  ["chatty  : uid=0 identical 12 lines", 12],
  ["Suppressed 900 messages from optee.service", 900],
  ["net_ratelimit: 10 callbacks suppressed", 10],
  ["...", 1],
  ["[snip 10 lines]", 1],
  ["Loading ... done", 0],
  ["I/TC: buffer: 24 bytes a.c:1", 0],
])("%s: %d", (text, count) => expect(leftOut(text)).toBe(count));

test("blocks that are left out of a list are missing in it", () => {
  const line = "I/TC: buffer: 24 bytes a.c:1\n";
  const lost = (text: string): number => {
    const reader = createConsoleText({ onFound() {} });
    reader.push(Buffer.from(text));
    return reader.end().leaks.lost;
  };
  expect(lost(`${line}last message repeated 900 times\n${line}`)).toBe(900);
  expect(lost(`${line}${line}...\n${line}`)).toBe(1);
  expect(lost(`...\nlast message repeated 900 times\n${line}`)).toBe(0);
});
