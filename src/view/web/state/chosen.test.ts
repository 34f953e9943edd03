// Tests of how the address follows what is chosen.
import { expect, test, vi } from "vitest";
import { createChoiceStore } from "./chosen.ts";

/** The parts of a window that the store needs; `written` has what became of its address. */
function fakeWindow() {
  const written: string[] = [];
  const timers = new Map<number, () => void>();
  const window = {
    location: { hash: "" },
    history: {
      pushState: (_: unknown, __: string, link: string) => written.push(`push ${link}`),
      replaceState: (_: unknown, __: string, link: string) => written.push(`replace ${link}`),
    },
    addEventListener: vi.fn(),
    setTimeout: (run: () => void) => timers.set(timers.size + 1, run).size,
    clearTimeout: (id: number) => timers.delete(id),
  };
  const rest = (): void => {
    for (const run of [...timers.values()]) run();
  };
  return { window: window as unknown as Window, written, rest };
}

test("a drag writes one address, when the hand rests", () => {
  const { window, written, rest } = fakeWindow();
  const { choose, now } = createChoiceStore(window);
  for (const moment of [1, 2, 3]) choose({ moment }, "move");
  expect([now.value.moment, written]).toEqual([3, []]);
  rest();
  expect(written).toEqual(["replace #moment=3"]);
});

test("a step behind a drag leaves the drag's end for the back button", () => {
  const { window, written, rest } = fakeWindow();
  const { choose } = createChoiceStore(window);
  choose({ moment: 1 }, "move");
  choose({ moment: 2 }, "move");
  choose({ view: "map" });
  rest();
  expect(written).toEqual(["replace #moment=2", "push #view=map&moment=2"]);
});
