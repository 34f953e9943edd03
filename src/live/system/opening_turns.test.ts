// Tests of opening_turns.ts.
import { expect, it } from "vitest";
import { createOpeningTurns } from "./opening_turns.ts";

const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

it("lets so many work at once, the others in their order, and gives what they give", async () => {
  const turns = createOpeningTurns(2, 100_000);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((n) =>
    turns(() => {
      begun.push(n);
      return new Promise<number>((resolve) => ends.push(() => resolve(n)));
    }),
  );
  await tick();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  await tick();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  ends[2]?.();
  await tick();
  ends[3]?.();
  expect(await Promise.all(works)).toEqual([0, 1, 2, 3]);
});

it("one that fails, and one that hangs, keep nobody waiting", async () => {
  const turns = createOpeningTurns(1, 20);
  const failing = turns(() => Promise.reject(new Error("no")));
  const hanging = turns(() => new Promise<never>(() => {}));
  void hanging;
  await expect(failing).rejects.toThrow("no");
  expect(await turns(async () => 3)).toBe(3);
});
