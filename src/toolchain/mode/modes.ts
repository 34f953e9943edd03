// The modes of a build: what the compiler adds to a TA and to its libraries.
import { SHADOW_OFFSET } from "../../wasm/instance/shadow.ts";

/** How a module is built, as its note says. */
export interface Mode {
  readonly name: "plain" | "memcheck";
  /** Arguments of clang beyond those of a plain build. */
  readonly compile: readonly string[];
}

/** Checks in line, whatever a function's size; what is noticed is told, and the TA goes on. */
const MEMCHECK = [
  "-Xclang -fsanitize=kernel-address -Xclang -fsanitize-recover=kernel-address",
  "-Xclang -fsanitize-address-destructor=none -Xclang -fsanitize-address-use-after-scope",
  `-mllvm -asan-mapping-offset=${SHADOW_OFFSET} -mllvm -asan-instrumentation-with-call-threshold=2000000000`,
  "-mllvm -asan-kernel-mem-intrinsic-prefix=1 -mllvm -asan-stack=1 -mllvm -asan-globals=1",
  // Two calls of free on two ways stay two, each with its line.
  "-mllvm -simplifycfg-sink-common=0 -mllvm -simplifycfg-hoist-common=0 -mllvm -enable-tail-merge=0",
].flatMap((line) => line.split(" "));

export const MODES = {
  plain: { name: "plain", compile: [] },
  memcheck: { name: "memcheck", compile: MEMCHECK },
} as const satisfies Readonly<Record<string, Mode>>;
