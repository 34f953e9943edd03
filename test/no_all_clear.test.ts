// `teemem doctor` never says that all is well of what it did not understand.
import { expect, test } from "vitest";
import { runHereWith } from "./run_here.ts";

const ALL_CLEAR = "No sign of a memory problem.";
const NOT_ALL = "No sign of a memory problem in what was understood; not all of it was.";
const KNOWN = "I/TC: OP-TEE version: 4.0.0\n";
const POOL = "Pool:                Heap\nBytes allocated: 100\nMax bytes allocated: 200\nSize of pool: 65536\n";

test.each([
  ["a console without trouble", KNOWN, 0, ALL_CLEAR],
  ["one error about memory that no rule knows", `${KNOWN}E/TC:0 0 frob:12 memory of frobs is odd\n`, 1, NOT_ALL],
  ["counters with the failures", `${POOL}Number of failed allocations: 0\n`, 0, ALL_CLEAR],
  ["counters without the failures", POOL, 1, NOT_ALL],
])("%s", async (_, text, code, said) => {
  const { out, outcome } = await runHereWith(Buffer.from(text), "doctor", "--log", "-");
  expect(outcome).toEqual({ ok: true, value: code });
  expect(out.split("\n")).toContain(said);
});

test("nothing that is known: an error", async () => {
  const { out, outcome } = await runHereWith(Buffer.from("some words\n"), "doctor", "--log", "-");
  expect(outcome).toEqual({
    ok: false,
    error: 'standard input: nothing in it was understood; it looks like text that begins with "some words"',
  });
  expect(out).toBe("");
});
