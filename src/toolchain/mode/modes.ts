// The modes of a build: what the compiler adds to a TA and to its libraries.
import { join } from "node:path";
import { ORIGIN_OFFSET, SHADOW_OFFSET, UNDEFINED_OFFSET } from "../../wasm/instance/shadow.ts";

/** How a module is built, as its note says. */
export interface Mode {
  readonly name: "plain" | "memcheck" | "memcheck-full" | "fuzz" | "fuzz-full";
  /** Arguments of clang for TAs and libraries beyond those of a plain build. */
  readonly compile: readonly string[];
  /** For the TA's own code alone: libraries wrap numbers on purpose. */
  readonly own: readonly string[];
  /** For our runtime, which has no checks itself. */
  readonly runtime: readonly string[];
  /** Variables of make: a TA that prints nothing is called more often. */
  readonly variables?: readonly string[];
  /** A header before each source, in the folder device/wasm. */
  readonly header?: string;
}

const words = (...lines: readonly string[]): string[] => lines.flatMap((line) => line.split(" "));

/** Checks in line, whatever a function's size; what is noticed is told, and the TA goes on. */
const MEMORY = words(
  "-Xclang -fsanitize=kernel-address -Xclang -fsanitize-recover=kernel-address",
  "-Xclang -fsanitize-address-destructor=none -Xclang -fsanitize-address-use-after-scope",
  `-mllvm -asan-mapping-offset=${SHADOW_OFFSET} -mllvm -asan-instrumentation-with-call-threshold=2000000000`,
  "-mllvm -asan-kernel-mem-intrinsic-prefix=1 -mllvm -asan-stack=1 -mllvm -asan-globals=1",
  // Two calls of free on two ways stay two, each with its line.
  "-mllvm -simplifycfg-sink-common=0 -mllvm -simplifycfg-hoist-common=0 -mllvm -enable-tail-merge=0",
);

/** Which bytes were written: MemorySanitizer with a mapping of our own, which takes it to any machine. */
const DEFINEDNESS = words(
  "-Xclang -fsanitize=memory -Xclang -fsanitize-recover=memory -Xclang -fsanitize-memory-track-origins=1",
  `-mllvm -msan-shadow-base=${UNDEFINED_OFFSET} -mllvm -msan-origin-base=${ORIGIN_OFFSET}`,
  "-mllvm -msan-instrumentation-with-call-threshold=2000000000",
);

/** What C leaves undefined, and products and sums without a sign that are cut: these matter before an allocation. */
const BEHAVIOUR = [
  "signed-integer-overflow,shift-exponent,integer-divide-by-zero,array-bounds,vla-bound,unreachable,float-cast-overflow,bool",
  "unsigned-integer-overflow",
].join(",");
const UNDEFINED = words(`-Xclang -fsanitize=${BEHAVIOUR} -Xclang -fsanitize-recover=${BEHAVIOUR}`);

/** Which ways were taken, and what was compared: in the TA's own code alone. */
const COVERAGE = words(
  "-Xclang -fsanitize-coverage-type=3 -Xclang -fsanitize-coverage-inline-8bit-counters",
  "-Xclang -fsanitize-coverage-trace-cmp",
);

export const MODES = {
  plain: { name: "plain", compile: [], own: [], runtime: [] },
  memcheck: { name: "memcheck", compile: MEMORY, own: UNDEFINED, runtime: [] },
  full: {
    name: "memcheck-full",
    compile: [...MEMORY, ...DEFINEDNESS],
    own: UNDEFINED,
    runtime: ["-DTEEMEM_FULL=1"],
    header: "checked/variable_arguments.h",
  },
  fuzz: {
    name: "fuzz",
    compile: MEMORY,
    own: [...UNDEFINED, ...COVERAGE],
    runtime: [],
    variables: ["CFG_TEE_TA_LOG_LEVEL=0"],
  },
  fuzzFull: {
    name: "fuzz-full",
    compile: [...MEMORY, ...DEFINEDNESS],
    own: [...UNDEFINED, ...COVERAGE],
    runtime: ["-DTEEMEM_FULL=1"],
    header: "checked/variable_arguments.h",
    variables: ["CFG_TEE_TA_LOG_LEVEL=0"],
  },
} as const satisfies Readonly<Record<string, Mode>>;

/** The arguments of a mode for TAs and libraries; `device` is the folder device/wasm. */
export function compileArguments({ compile, header }: Mode, device: string): string[] {
  const headers = ["include/heap_first.h", ...(header === undefined ? [] : [header])];
  return [...compile, ...headers.flatMap((name) => ["-include", join(device, name)])];
}
