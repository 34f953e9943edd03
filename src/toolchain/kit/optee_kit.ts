// OP-TEE's libraries for TAs, built by its own Makefile into a folder of the cache.
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";
import type { Target } from "../call/target.ts";
import { makeFolders } from "../folders/make_folders.ts";
import type { Mode } from "../mode/modes.ts";
import type { Make } from "../service/make.ts";
import type { Replacement } from "../tools/tool_context.ts";
import { hostSymbols, mallocFamily } from "./host_symbols.ts";
import type { Kit } from "./kit.ts";
import type { OpteeTree } from "./optee_tree.ts";
import { FIRST_OBJECT, RUNTIME } from "./runtime.ts";

/** Functions whose macros bget_malloc.c takes back; a header renames them. */
const TAKEN_BACK: ReadonlySet<string> = new Set([
  "malloc",
  "malloc_flags",
  "calloc",
  "realloc",
  "memalign",
  "aligned_alloc",
]);

/**
 * The sources of the libraries that are compiled in another way. The malloc family is the host's; C's goes by other names, for
 * a test of BGET that TAs can call stands beside it. Counters in assembler have their counterpart in C.
 */
export function opteeReplacements(tree: OpteeTree, device: string, mode: Mode): ReadonlyMap<string, Replacement> {
  const malloc = mallocFamily(join(tree.path, "lib/libutils/isoc/include")).filter((name) => !TAKEN_BACK.has(name));
  const header = join(device, "runtime/other_malloc_names.h");
  return new Map<string, Replacement>([
    ["bget_malloc.c", { args: ["-include", header, ...malloc.map((name) => `-D${name}=teemem_c_${name}`)] }],
    ["atomic_a64.S", { file: join(device, "runtime/atomic.c") }],
    ...(mode.name === "plain" ? [] : ["memcpy", "memmove", "memset"].map(renamed)),
  ]);
}

/** A function that gives its name to one of the runtime, which checks all bytes at once. */
function renamed(name: string): readonly [string, Replacement] {
  return [`${name}.c`, { args: [`-D${name}=teemem_c_${name}`] }];
}

/** A 64-bit Arm board that every release knows. Its addresses and devices are no part of the libraries, and the TAs of the tree are built when somebody asks. */
const BOARD = ["PLATFORM=vexpress-qemu_armv8a", "CFG_ARM64_core=y", "CFG_USER_TA_TARGETS=ta_arm64"];

const WITHOUT_TAS = "CFG_BUILD_IN_TREE_TA=n";

/** The configuration of the tree with its TAs, as a Makefile. */
const CONFIG = "teemem_config.mk";

const EXPORTED = "export-ta_arm64";

interface OpteeKitOptions {
  readonly tree: OpteeTree;
  readonly target: Target;
  readonly mode: Mode;
  readonly compile: readonly string[];
  /** Of the cache: one for each state of the tree, target, mode and compiler. It is there when the kit is whole. */
  readonly folder: string;
  /** Folders of our headers that come before the kit's. */
  readonly includes: readonly string[];
  readonly make: Make;
  /** Adds what the compiler calls by itself. */
  readonly runtime: (kit: string) => Promise<Result<null>>;
}

export function existingOpteeKit({
  tree,
  target,
  mode,
  compile,
  folder,
  includes,
}: Omit<OpteeKitOptions, "make" | "runtime">): Kit | null {
  if (!existsSync(folder)) return null;
  const inTree = { folder: join(tree.path, "ta"), config: join(folder, CONFIG) };
  const imports = hostSymbols(join(folder, "include"));
  return {
    folder,
    target,
    mode,
    compile,
    first: [join(folder, FIRST_OBJECT)],
    runtime: [join(folder, RUNTIME)],
    optee: tree.release,
    library: "optee",
    imports,
    variables: [],
    includes,
    roots: [tree.path, folder],
    inTree,
  };
}

/** Builds the kit, beside its place; what is half done is never in it. */
export async function buildOpteeKit(options: OpteeKitOptions): Promise<Result<Kit>> {
  const { tree, folder, make } = options;
  const half = `${folder}.${process.pid}`;
  makeFolders(half);
  const config = join(half, "config");
  const code =
    (await make(tree.path, [...BOARD, `O=${config}`, join(config, "conf.mk")])) ||
    (await make(tree.path, [...BOARD, WITHOUT_TAS, `O=${half}`, "ta_dev_kit"]));
  if (code !== 0) {
    rmSync(half, { recursive: true, force: true });
    return err(`the libraries of OP-TEE ${tree.release} cannot be built from ${tree.path}`);
  }
  renameSync(join(config, "conf.mk"), join(half, EXPORTED, CONFIG));
  const runtime = await options.runtime(join(half, EXPORTED));
  if (!runtime.ok) return runtime;
  makeFolders(dirname(folder));
  if (!existsSync(folder)) renameSync(join(half, EXPORTED), folder);
  rmSync(half, { recursive: true, force: true });
  const kit = existingOpteeKit(options);
  return kit === null ? err(`the libraries of OP-TEE ${tree.release} were not found after their build`) : ok(kit);
}
