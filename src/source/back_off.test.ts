// Tests of back_off.ts.
import { expect, it } from "vitest";
import { backOff, LONG_PATIENCE, REBOOT_PATIENCE } from "./back_off.ts";

it("waits for longer each time, for about as long as it is patient", () => {
  expect([...backOff(REBOOT_PATIENCE)]).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  const sum = [...backOff(LONG_PATIENCE)].reduce((all, ms) => all + ms, 0);
  expect(sum).toBeGreaterThanOrEqual(LONG_PATIENCE);
  expect(sum).toBeLessThan(LONG_PATIENCE + 15_000);
  expect([...backOff(0)]).toEqual([]);
});
