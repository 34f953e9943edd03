// Test case 4004: random numbers.
import type { RegressionCase } from "./harness.ts";

/** Bytes asked for, twice: as in the recorded run. */
const BYTES = 45;

/** 4004: random bytes come in the length that is asked for, and never the same twice. */
export const randomCase: RegressionCase = {
  number: "4004",
  title: "Test TEE Internal API get random",
  vectors: false,
  async run(context) {
    const crypt = await context.crypt();
    await context.subCase("TEE get random", async () => {
      const first = await crypt.randomNumberGenerate(BYTES);
      context.code("randomNumberGenerate", first.code);
      context.equal("the length", first.size, BYTES);
      const second = await crypt.randomNumberGenerate(BYTES);
      context.code("randomNumberGenerate", second.code);
      context.equal("the length", second.size, BYTES);
      context.holds(
        "the bytes differ",
        first.data.some((byte, n) => byte !== second.data[n]),
      );
    });
  },
};
