// What the memory of a real board in QEMU says is what the board itself says: where TEEMEM_QEMU_BOARD names a program that boots one.
import { afterAll, describe, expect, it } from "vitest";
import type { Output } from "../src/cli/outputs/output.ts";
import { openNamed } from "../src/cli/systems/sources.ts";
import type { Answers, Question, Source } from "../src/source/source.ts";
import { NO_BOARD } from "./support/needs.ts";
import { bootQemuBoard } from "./support/qemu_board.ts";

const { TEEMEM_QEMU_BOARD: folder = "" } = process.env;

async function* nothing(): AsyncGenerator<Uint8Array> {}
const io = {
  err: { isTerminal: false, write() {} } as unknown as Output,
  input: nothing(),
  clock: () => performance.now(),
};

/** A board that boots cannot be asked for a while. */
async function open(on: string): Promise<Source> {
  for (let tries = 60; ; tries--) {
    const opened = await openNamed(on, { options: {}, env: process.env, io });
    if (opened.ok) return opened.value;
    if (tries === 0) throw new Error(opened.error);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function answer<Q extends Question>(source: Source, question: Q): Promise<Answers[Q]> {
  const given = await source.ask(question);
  if (!given.ok) throw new Error(given.error.text);
  return given.value;
}

it("real boards take part", (context) => {
  if (folder === "") context.skip(NO_BOARD);
});

if (folder !== "")
  describe.each(["trixie", "sid-all"])("a board in QEMU: %s", async (suite) => {
    const board = await bootQemuBoard(folder, suite);
    afterAll(() => board.stop());

    it("shows the counters that the board reports, but for the memory of the question", {
      timeout: 180_000,
    }, async () => {
      await using asked = await open(board.on);
      await using seen = await open(`qemu:${board.qmp}`);
      await answer(asked, "alloc");
      const [heap, taMemory] = (await answer(seen, "alloc")).pools;
      const { pools } = await answer(asked, "alloc");
      const [reported] = pools;
      const { allocated = 0, free2Sum: _now, ...rest } = heap ?? { name: "" };
      const { allocated: there = 0, free2Sum: _then, ...others } = reported ?? { name: "" };
      expect(others).toMatchObject(rest);
      // A session and its parameters.
      expect(there - allocated).toBeGreaterThanOrEqual(0);
      expect(there - allocated).toBeLessThan(1024);
      const same = pools.find(({ name }) => name === taMemory?.name);
      expect(taMemory?.size).toBe(same?.size);
      expect(taMemory?.allocated).toBe(same?.allocated);
      expect(taMemory?.maxAllocated).toBe(same?.maxAllocated);
    });
  });
