// The lists of `npm run test:fast` name tests that are there.
import { expect, it } from "vitest";

it("the configuration of the fast tests loads", async () => {
  await expect(import("./fast.config.ts")).resolves.toHaveProperty("default");
});
