// Frames of WebAssembly in the stacks of V8 and SpiderMonkey.
import { expect, test } from "vitest";
import { wasmFrames } from "./wasm_frames.ts";

test.each([
  [
    "V8",
    [
      "Error: stack",
      "    at alloc (wasm://wasm/0a1b2c3d:wasm-function[7]:0x1f4)",
      "    at call (file:///x/link.js:1:2)",
      "    at wasm://wasm/ta-00ff00ff:wasm-function[12]:0xabc",
    ],
  ],
  [
    "SpiderMonkey",
    [
      "alloc@http://x/link.js line 3 > WebAssembly.Module:wasm-function[7]:0x1f4",
      "call@http://x/link.js:1:2",
      "@http://x/ta.js:wasm-function[12]:0xabc",
    ],
  ],
])("%s: the module that was entered is the TA's own", (_, lines) => {
  expect(wasmFrames(lines.join("\n"))).toEqual([
    { own: false, index: 7, offset: 0x1f4 },
    { own: true, index: 12, offset: 0xabc },
  ]);
});
