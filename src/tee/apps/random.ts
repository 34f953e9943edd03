// Behaves as optee_examples 4.0.0 random: the same UUID, command and allocations.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { LEVEL } from "../kernel/console.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { exampleLayout } from "./layout.ts";

export const RANDOM_UUID = "b6c53aba-9669-4668-a7f2-205629d00f86";

/** The command takes one buffer, which it fills. */
export const RANDOM = { GENERATE: 0 } as const;

/** Fills a buffer with random bytes. */
export const random: TrustedApp = {
  uuid: RANDOM_UUID,
  name: "random",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: exampleLayout(0x400466a0),
  openSession: (_tee, _session, params) => (haveTypes(params) ? TEE.SUCCESS : TEE.BAD_PARAMETERS),
  invoke: (tee, _session, command, params) =>
    command === RANDOM.GENERATE ? generate(tee, params) : TEE.BAD_PARAMETERS,
};

function generate(tee: InternalApi, params: Params): number {
  const [out] = params;
  if (!haveTypes(params, PARAM_TYPE.MEMREF_OUTPUT) || out.type !== "memref") return TEE.BAD_PARAMETERS;
  const block = tee.malloc(out.size);
  if (block === 0) return TEE.OUT_OF_MEMORY;
  tee.log(LEVEL.INFO, `Generating random data over ${out.size} bytes.`);
  const bytes = tee.view(block, out.size);
  tee.generateRandom(bytes);
  bufferOf(out).set(bytes);
  tee.free(block, "random/ta/random_example_ta.c:92");
  return TEE.SUCCESS;
}
