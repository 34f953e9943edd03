import type { Core } from "../core.ts";
import { empty } from "./keys/fill.ts";
import { giveObject } from "./keys/object_blocks.ts";
import { giveCorePart } from "./operation_blocks.ts";
import type { CryptoState } from "./state.ts";

/** Frees what an instance left on the core heap: operations, then objects, as OP-TEE does. Its own heap goes with it. */
export function releaseCrypto(core: Core, { operations, objects }: CryptoState): void {
  for (const operation of operations.values()) giveCorePart({ core }, operation.algorithm, operation);
  for (const object of objects.values()) {
    empty(object);
    giveObject(core.heap, object);
  }
  operations.clear();
  objects.clear();
}
