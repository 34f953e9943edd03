// Tests of trace_kind.ts.
import { expect, test } from "vitest";
import { traceKind } from "./trace_kind.ts";

test.each([
  ["# OP-TEE 4.0.0 heap event trace, context core\n1\t2", "recorded"],
  ["# OP-TEE 4.5.0-dev heap event trace\n", "recorded"],
  ["# a note\n#inst\tt_us\top\n1\t2", "recorded"],
  ["# a note\narena 65536\n", "golden"],
  ["arena 65536\n#inst\tt_us", "golden"],
  ["  arena 65536 # a note", "golden"],
  ["1\t315263\tP\te1c53e0", "recorded"],
  ["", null],
  ["# only a note\n\n", null],
  ["something else\narena 65536", null],
])("%j is %s", (text, kind) => {
  expect(traceKind(new TextEncoder().encode(text))).toBe(kind);
});
