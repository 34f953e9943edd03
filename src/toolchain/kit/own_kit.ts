// The kit without OP-TEE's sources: headers, a small libc and a dev kit of our own, in the folder device/ta of this package.

import type { Target } from "../call/target.ts";
import type { Kit } from "./kit.ts";

/** `tools`: the value of CROSS_COMPILE. */
export function ownKit(folder: string, target: Target, tools: string): Kit {
  return {
    folder,
    target,
    optee: "",
    library: "own",
    imports: [],
    includes: [],
    roots: [],
    variables: [`TEEMEM_TARGET=${target}`, `TEEMEM_CC=${tools}clang`, `TEEMEM_LD=${tools}wasm-ld`],
  };
}
