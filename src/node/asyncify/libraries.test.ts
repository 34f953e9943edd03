// Tests of shared libraries of a TA that waits by unwinding its stack.
import { expect, it } from "vitest";
import { fixtureBytes, fixtureModule, openWasm } from "../../../test/support/wasm.ts";
import { TEE } from "../../abi/errors.ts";
import { params, valueInOut } from "../../tee/kernel/params.ts";
import { readSharedLibrary } from "../../wasm/dynamic/shared_library.ts";
import { unwoundModule } from "../../wasm/module/unwound.ts";
import { asyncify } from "./asyncify.ts";

const UUID = "b3091a65-0000-4784-abf7-0298a7cc35ba";

it("work, and end the TA where they wait or loop for ever", async () => {
  const made = await unwoundModule(fixtureModule("loader.wasm32"), new Set(["_utee_wait"]), asyncify);
  const library = readSharedLibrary(fixtureBytes("library.wasm32"), "library");
  if (!made.ok || !library.ok || library.value === null) throw new Error("no modules");
  const { value: shared } = library;
  /** The answer of a function of the library, in a TA of its own. */
  const call = async (name: string) => {
    const { core, invoke } = await openWasm(made.value, { libraries: () => shared, patience: 300 });
    const [instance] = core.instances;
    const space = instance && core.apps.get(instance.uuid)?.space?.(instance);
    expect(space?.openLibrary(UUID, () => true)).toEqual({ code: TEE.SUCCESS });
    const given = valueInOut(space?.symbol(UUID, name).at ?? 0);
    const code = await invoke(0, params(given));
    return { code, value: given.type === "value" ? given.value.a : 0 };
  };
  expect(await call("add")).toEqual({ code: TEE.SUCCESS, value: 17 });
  expect((await call("end")).code).toBe(0xffff0007);
  expect((await call("waits")).code).toBe(TEE.TARGET_DEAD);
  expect((await call("loop")).code).toBe(TEE.TARGET_DEAD);
});
