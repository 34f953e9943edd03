// Tests of command_table.ts.
import { expect, it } from "vitest";
import { TEE } from "../../abi/errors.ts";
import { emptyRecord } from "../../abi/record.ts";
import { type CommandRow, drawCommands } from "./command_table.ts";
import { drawEnded } from "./ended_table.ts";
import { createPaint } from "./paint.ts";

const plain = createPaint({ colours: false, width: 80 });

function row(parts: Partial<CommandRow>, growth = 0): CommandRow {
  const heap = { before: 1000, peak: 1500, after: 1000 + growth, growth };
  const core = { before: 20_000, peak: 21_234, after: 20_000, growth: 0 };
  return { entry: "invoke", command: 0, code: 0, heap, core, alone: true, ...parts };
}

it("has a row for each command, with the core beside it", () => {
  const lines = drawCommands([row({ entry: "open" }, -48), row({ command: 7, code: TEE.TARGET_DEAD })], plain);
  expect(lines.slice(2)).toEqual([
    "open               1,000     1,500       952       -48    +1,234         0",
    "invoke 7           1,000     1,500     1,000         0    +1,234         0  TARGET_DEAD",
  ]);
  for (const line of lines.slice(0, 3)) expect(line.length).toBeLessThanOrEqual(80);
});

it("has one row for equal commands that follow upon each other", () => {
  const lines = drawCommands([row({}), row({}), row({}), row({ command: 1 }), row({})], plain);
  expect(lines.slice(2).map((line) => line.replaceAll(/ {2,}/g, " "))).toEqual([
    "invoke 0 1,000 1,500 1,000 0 +1,234 0 × 3",
    "invoke 1 1,000 1,500 1,000 0 +1,234 0",
    "invoke 0 1,000 1,500 1,000 0 +1,234 0",
  ]);
});

it("colours growth, and says which command grows again and again", () => {
  const painted = drawCommands(
    [row({}, 64), row({}, 64), row({}, -64), row({ command: 1 }, 5)],
    createPaint({ colours: true, width: 80 }),
  );
  expect(painted[2]).toContain("\x1b[31m       +64");
  expect(painted[3]).toContain("\x1b[32m       -64");
  expect(painted.at(-1)).toContain("invoke 0 grew the heap in 2 of 3 calls, by 64 bytes.");
});

it("says when the core's figures may be another's doing", () => {
  const lines = drawCommands([row({ alone: false })], plain);
  expect(lines[2]?.endsWith(" *")).toBe(true);
  expect(lines[3]).toContain("Another TA");
});

it("lists what ended", () => {
  const stats = { ...emptyRecord(), allocated: 80, maxAllocated: 12_345, size: 32_768, failures: 1 };
  const when = { seconds: 60, millis: 7 };
  expect(drawEnded([], plain)).toEqual(["No TA has exited."]);
  expect(drawEnded([{ uuid: "u", name: "", stats, panicked: true, when }], plain)[1]).toBe(
    "00:01:00.007    12,345        80    32,768  u  panicked  1 request failed",
  );
});
