// Runs one build with the tools: make as it is, cmake with a toolchain file, OP-TEE's form with a Makefile of two lines.
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { makeFolders } from "../folders/make_folders.ts";
import type { Kit } from "../kit/kit.ts";
import type { Workshop } from "../service/make.ts";
import { makefileOf, type TaBuild } from "./find_builds.ts";

interface BuildRun {
  readonly build: TaBuild;
  readonly kit: Kit;
  /** The folder for objects. */
  readonly objects: string;
  readonly workshop: Workshop;
  /** More variables of make or of cmake, `NAME=VALUE`. */
  readonly variables: readonly string[];
}

/** The exit code of make or cmake. */
export async function runBuild(run: BuildRun): Promise<number> {
  makeFolders(run.objects);
  return RUNS[run.build.kind](run);
}

const RUNS: Readonly<Record<TaBuild["kind"], (run: BuildRun) => Promise<number>>> = {
  make: (run) => makeIn(run, []),
  "in tree": async (run) => {
    const makefile = join(run.objects, "teemem.mk");
    writeFileSync(
      makefile,
      "include user_ta.mk\nBINARY := $(user-ta-uuid)\ninclude $(TA_DEV_KIT_DIR)/mk/ta_dev_kit.mk\n",
    );
    return makeIn(run, ["-f", makefile]);
  },
  cmake: async (run) => {
    const { build, objects, workshop } = run;
    const file = join(objects, "teemem.cmake");
    writeFileSync(file, toolchainFile(workshop.crossCompile, run.kit));
    const defines = [`CMAKE_TOOLCHAIN_FILE=${file}`, `TA_DEV_KIT_DIR=${run.kit.folder}`, ...run.variables];
    const code = await workshop.run(
      "cmake",
      ["-S", build.folder, "-B", objects, "-G", "Unix Makefiles", ...defines.map((one) => `-D${one}`)],
      objects,
    );
    return code === 0 ? workshop.make(objects, [`TA_DEV_KIT_DIR=${run.kit.folder}`]) : code;
  },
};

/** A TA of OP-TEE's tree knows the tree's configuration: make reads it before the Makefile. */
function makeIn({ build, kit, objects, variables, workshop }: BuildRun, first: readonly string[]): Promise<number> {
  const inside = kit.inTree !== undefined && !relative(kit.inTree.folder, build.folder).startsWith("..");
  const config = inside && kit.inTree !== undefined ? ["-f", kit.inTree.config] : [];
  const own = config.length > 0 && first.length === 0 ? ["-f", makefileOf(build.folder) ?? "Makefile"] : first;
  return workshop.make(build.folder, [
    ...config,
    ...own,
    `TA_DEV_KIT_DIR=${kit.folder}`,
    `O=${objects}`,
    ...kit.variables,
    ...variables,
  ]);
}

function toolchainFile(tools: string, kit: Kit): string {
  const lines = [
    "set(CMAKE_SYSTEM_NAME Generic)",
    `set(CMAKE_SYSTEM_PROCESSOR ${kit.target === "wasm64" ? "aarch64" : "arm"})`,
    `set(CMAKE_C_COMPILER ${tools}gcc)`,
    `set(CMAKE_CXX_COMPILER ${tools}g++)`,
    `set(CMAKE_AR ${tools}ar)`,
    `set(CMAKE_RANLIB ${tools}ranlib)`,
    `set(CMAKE_LINKER ${tools}ld)`,
    `set(CMAKE_OBJCOPY ${tools}objcopy)`,
    "set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)",
    "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)",
  ];
  return `${lines.join("\n")}\n`;
}
