// Tests of the frames that belong to a program.
import { expect, test } from "vitest";
import { writeCallStack } from "../base/call_stack.ts";
import { siteFrames } from "./site_frames.ts";

const frame = (func: string, place: string) => ({ func, place });
const FIND = frame("find", "ta/records_ta.c:74");
const INVOKE = frame("TA_InvokeCommandEntryPoint", "ta/records_ta.c:128");

test.each([
  [frame("TEE_Malloc", "teemem/ta/src/memory.c:16"), frame("invoke", "teemem/ta/src/entry.c:151")],
  [frame("TEE_Malloc", "lib/libutee/tee_api.c:710"), frame("entry_invoke_command", "lib/libutee/user_ta_entry.c:364")],
])("begins with the call site, and ends with the TA's entry point: %o", (malloc, entry) => {
  const outer = frame("__utee_entry", entry.place);
  const stack = writeCallStack([malloc, FIND, INVOKE, entry, outer]);
  expect(siteFrames({ ...FIND, stack })).toEqual([FIND, INVOKE]);
});

test("a call site on no stack stands before it, and alone where there is none", () => {
  expect(siteFrames(FIND)).toEqual([FIND]);
  const host = frame("", "lib/libmbedtls/bignum.c:9");
  expect(siteFrames({ ...host, stack: writeCallStack([FIND, INVOKE]) })).toEqual([host, FIND, INVOKE]);
  expect(siteFrames({ func: "", place: "unknown", stack: writeCallStack([FIND]) })).toEqual([FIND]);
});

test("what the runtime asks for itself keeps its frames", () => {
  const open = frame("ta_header_add_session", "lib/libutee/user_ta_entry.c:233");
  const stack = writeCallStack([open, frame("__utee_entry", "lib/libutee/user_ta_entry.c:400")]);
  expect(siteFrames({ ...open, stack })[0]).toEqual(open);
});
