// The client program of optee_example_hello_world.
import { HELLO_WORLD, HELLO_WORLD_UUID } from "../../tee/apps/hello_world.ts";
import { params, valueInOut } from "../../tee/kernel/params.ts";
import { inSession, type Program } from "./program.ts";

/** optee_example_hello_world: has a number incremented. */
export const helloWorldProgram: Program = {
  name: "hello_world",
  summary: "increments a number",
  usage: "",
  uuid: HELLO_WORLD_UUID,
  commands: Object.keys(HELLO_WORLD),
  prepare: inSession(HELLO_WORLD_UUID, async (session, print) => {
    const value = valueInOut(42);
    print("Invoking TA to increment 42\n");
    const called = await session.call(HELLO_WORLD.INC_VALUE, params(value));
    if (called.ok && value.type === "value") print(`TA incremented value to ${value.value.a}\n`);
    return called;
  }),
};
