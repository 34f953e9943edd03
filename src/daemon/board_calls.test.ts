// Tests of board_calls.ts.
import { expect, it } from "vitest";
import { BUNDLED } from "../tee/apps/bundled.ts";
import { CRYPT_UUID } from "../tee/apps/crypt/commands.ts";
import { BOARD_CALLS } from "./board_calls.ts";

/** Commands with their milliseconds, and the milliseconds of opening and closing. */
function figuresOf(uuid: string) {
  const { open = 0, invoke = {}, close = 0 } = BOARD_CALLS[uuid] ?? {};
  return { open, invoke: Object.values(invoke), close, commands: Object.keys(invoke).map(Number) };
}

// From the first to the last event of a call in data/optee-4.0.0/core.trace.gz, for example random's opening: 0 to 616,541 µs
// of its mark; what is rounded to three digits there is so here.
it.each([
  ["hello_world", 973, [7.4, 7.4], 42],
  ["aes", 706, [31.3, 11.5, 9.3, 7.6], 14.8],
  ["random", 617, [14.9], 16.7],
  ["secure_storage", 676, [182, 311, 295], 13.3],
  ["hotp", 733, [4.9, 17.8], 19.9],
  ["acipher", 678, [1272, 48.4], 31.3],
] as const)("%s lasts as long as on the board", (name, open, invoke, close) => {
  const app = BUNDLED.find((one) => one.name === name);
  expect(figuresOf(app?.uuid ?? "")).toEqual({ open, invoke, close, commands: invoke.map((_, n) => n) });
});

it("the crypto test application's figures are those that were measured: their sums, and weighted by command", () => {
  const { open, invoke, close, commands } = figuresOf(CRYPT_UUID);
  const sum = invoke.reduce((all, ms) => all + ms, 0);
  const weighted = invoke.reduce((all, ms, n) => all + ms * (commands[n] ?? 0), 0);
  expect([open, close, invoke.length, sum.toFixed(1), weighted.toFixed(1)]).toEqual([
    548,
    18.4,
    33,
    "4183.0",
    "271956.8",
  ]);
});
