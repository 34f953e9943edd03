// Tests of progress.ts.
import { expect, test } from "vitest";
import type { Output } from "./output.ts";
import { createProgress } from "./progress.ts";

/** Progress on a clock of our own. */
function progressOn(isTerminal: boolean) {
  const said: string[] = [];
  let now = 1000;
  let flushes = 0;
  const output = {
    isTerminal,
    write: (text: string) => void said.push(text),
    flush: async () => void flushes++,
  } as unknown as Output;
  const progress = createProgress(output, () => now);
  const at = (ms: number): void => {
    now = 1000 + ms;
  };
  return { progress, at, said: () => said.splice(0), flushed: () => flushes };
}

test("is silent for half a second, then tells at most ten times a second", () => {
  const { progress, at, said, flushed } = progressOn(true);
  at(499);
  progress.show("x", 1, 4);
  expect([said(), flushed()]).toEqual([[], 0]);
  at(500);
  progress.show("x", 1, 4);
  expect([said(), flushed()]).toEqual([["\r\x1b[Kx 25%"], 1]);
  at(599);
  progress.show("x", 2, 4);
  expect(said()).toEqual([]);
  at(600);
  progress.show("x\x07", 2, 3);
  expect(said()).toEqual(["\r\x1b[Kx\\x07 66%"]);
  at(700);
  progress.show("x", 3 * 2 ** 20, 0);
  expect(said()).toEqual(["\r\x1b[Kx 3 MiB"]);
});

test("wipes what it has shown, once", () => {
  const { progress, at, said } = progressOn(true);
  progress.clear();
  expect(said()).toEqual([]);
  at(500);
  progress.show("x", 1, 1);
  said();
  progress.clear();
  progress.clear();
  expect(said()).toEqual(["\r\x1b[K"]);
});

test("says nothing where there is no terminal", () => {
  const { progress, at, said } = progressOn(false);
  at(5000);
  progress.show("x", 1, 1);
  progress.clear();
  expect(said()).toEqual([]);
});

test("says how much time is left, once enough is done to tell", () => {
  const { progress, at, said } = progressOn(true);
  const shown = (ms: number, done: number, total: number): string => {
    at(ms);
    progress.show("x", done, total);
    return said().join("").replace("\r\x1b[K", "");
  };
  expect(shown(1900, 10, 100)).toBe("x 10%");
  expect(shown(2000, 20, 100)).toBe("x 20%, about 8 s left");
  expect(shown(10_000, 1, 100)).toBe("x 1%");
  expect(shown(13_000, 2, 100)).toBe("x 2%, about 5 min left");
  expect(shown(16_000, 99, 100)).toBe("x 99%");
});
