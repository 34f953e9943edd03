// The client program of optee_example_random.
import { RANDOM, RANDOM_UUID } from "../../tee/apps/random.ts";
import { memrefOut, params } from "../../tee/kernel/params.ts";
import { inSession, type Program } from "./program.ts";

/** optee_example_random: gets 16 random bytes. */
export const randomProgram: Program = {
  name: "random",
  summary: "gets 16 random bytes",
  usage: "",
  uuid: RANDOM_UUID,
  commands: Object.keys(RANDOM),
  prepare: inSession(RANDOM_UUID, async (session, print) => {
    const bytes = new Uint8Array(16);
    print("Invoking TA to generate random UUID... \n");
    const called = await session.call(RANDOM.GENERATE, params(memrefOut(bytes)));
    // Upstream's digits have no leading zeros, either.
    if (called.ok) print(`TA generated UUID value = 0x${Array.from(bytes, (byte) => byte.toString(16)).join("")}\n`);
    return called;
  }),
};
