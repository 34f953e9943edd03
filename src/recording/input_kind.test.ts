// Tests of input_kind.ts.
import { expect, test } from "vitest";
import { inputKind } from "./input_kind.ts";

test.each([
  ["arrow", "\xff\xff\xff\xff\x10\0\0\0"],
  ["arrow-file", "ARROW1\0\0"],
  ["golden", "arena 4096\nm 1 8\n"],
  ["recorded", "# OP-TEE 4.0.0 heap event trace, context core\n"],
  ["text", "Pool:                Heap\n"],
  ["text", "\xff\xfeP\0"],
  ["text", "\xff\xff\xff"],
  ["text", "ARROW"],
  ["text", ""],
])("%s is told by %j", (kind, text) => expect(inputKind(Buffer.from(text, "latin1"))).toBe(kind));
