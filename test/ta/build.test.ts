// Builds TAs with make, clang and a kit as small as can be: what the tools do of gcc's work is done by real programs here.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, type TestContext, test } from "vitest";
import { buildTas } from "../../src/toolchain/build/build_tas.ts";
import type { Compiler } from "../../src/toolchain/compiler/compiler.ts";
import { nativeCompiler } from "../../src/toolchain/compiler/native.ts";
import { taCache } from "../../src/toolchain/kit/cache.ts";
import type { Kit } from "../../src/toolchain/kit/kit.ts";
import { MODES } from "../../src/toolchain/mode/modes.ts";
import { miss, needPrograms } from "../support/needs.ts";

const root = mkdtempSync(join(tmpdir(), "teemem-ta-build-"));
const env = { ...process.env, XDG_CACHE_HOME: join(root, "cache") };

/** In the shape of OP-TEE's: compiles, makes a linker script, links with gcc's names, signs. */
const DEV_KIT = `
CC := $(CROSS_COMPILE)gcc
all: $(O)/$(BINARY).ta
$(O)/%.o: %.c
	$(CC) -march=armv8-a -fpic -mstrict-align -Wall -Werror -nostdinc -isystem $(shell $(CC) -print-file-name=include) \\
		-DARM64=1 -D__LP64__=1 -Os -g3 $(cflags) -MD -MF $@.d -c $< -o $@
$(O)/ta.lds: $(TA_DEV_KIT_DIR)/ta.ld.S
	$(CROSS_COMPILE)cpp -P -MD -MF $@.d $< -o $@
$(O)/$(BINARY).elf: $(srcs:%.c=$(O)/%.o) $(O)/ta.lds
	$(CROSS_COMPILE)ld.bfd -e__ta_entry -pie -T $(O)/ta.lds $(filter %.o,$^) -L$(O) --start-group $(libs) --end-group \\
		$(shell $(CC) -print-libgcc-file-name) -o $@
$(O)/$(BINARY).ta: $(O)/$(BINARY).elf
	$(PYTHON3) sign_encrypt.py --key k --in $< --out $@
`;

const TA = `#include <stddef.h>
void *malloc(size_t size);
int helper(int);
int __utee_entry(int x) { return malloc(x) != NULL ? helper(x) : 0; }
`;

let compiler: Compiler | string = "";
beforeAll(async () => {
  const found = await nativeCompiler(undefined, process.env);
  compiler = found.ok ? found.value : found.error;
});

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

async function build(context: TestContext, name: string, files: Record<string, string>) {
  needPrograms(context, "make", "make");
  if (typeof compiler === "string") miss(context, compiler);
  write({ "kit/dev.mk": DEV_KIT, "kit/ta.ld.S": "SECTIONS {}\n" });
  write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/ta/${file}`, text])));
  const kit: Kit = {
    folder: join(root, "kit"),
    target: "wasm32",
    mode: MODES.plain,
    compile: [],
    first: [],
    runtime: [],
    optee: "",
    library: "own",
    imports: ["malloc"],
    includes: [],
    roots: [join(root, "kit")],
    variables: [],
  };
  let said = "";
  const say = (text: string): void => {
    said += text;
  };
  const cache = taCache(env);
  const built = await buildTas({ folder: join(root, name), kit, compiler, cache, env, say });
  return { built, said };
}

const makefile = (more = ""): string => `BINARY=8aaaf200-2450-11e4-abe2-0002a5d5c51b
srcs = entry.c helper.c
${more}
include $(TA_DEV_KIT_DIR)/dev.mk # ta_dev_kit.mk
`;

describe("a TA's own Makefile", () => {
  test("makes a module that imports what the host gives, and says how it was built", async (context) => {
    const helper = "int helper(int x);\nint helper(int x) { return x + 1; }\n";
    const { built, said } = await build(context, "hello_world", {
      Makefile: makefile(),
      "entry.c": TA,
      "helper.c": helper,
    });
    expect(built, said).toMatchObject({ ok: true });
    const [path = ""] = built.ok ? built.value : [];
    expect(basename(path)).toBe("hello_world.wasm");
    const bytes = readFileSync(path);
    const module = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.imports(module).map(({ name }) => name)).toEqual(["malloc"]);
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(exported).toEqual(
      expect.arrayContaining(["memory", "__utee_entry", "__stack_pointer", "__indirect_function_table"]),
    );
    const instance = new WebAssembly.Instance(module, { env: { malloc: () => 8 } });
    expect((instance.exports.__utee_entry as (x: number) => number)(41)).toBe(42);
    const [note] = WebAssembly.Module.customSections(module, "teemem");
    expect(JSON.parse(new TextDecoder().decode(note))).toMatchObject({
      name: "hello_world",
      target: "wasm32",
      word: 4,
    });
    // Lines read as a person names the file, and nothing of this machine is in the module.
    expect(bytes.includes("ta/entry.c")).toBe(true);
    expect(bytes.includes(root)).toBe(false);
  });

  test("an error of the compiler comes as it is", async (context) => {
    const helper = "int helper(int x) { return y; }\n";
    const { built, said } = await build(context, "wrong", { Makefile: makefile(), "entry.c": TA, "helper.c": helper });
    expect(built.ok).toBe(false);
    expect(said).toContain("helper.c:1:28: error: use of undeclared identifier 'y'");
  });

  test("what nobody has is named with the file that needs it", async (context) => {
    const helper = "int nobody(int x);\nint helper(int x);\nint helper(int x) { return nobody(x); }\n";
    const { said } = await build(context, "lacks", { Makefile: makefile(), "entry.c": TA, "helper.c": helper });
    expect(said).toMatch(/helper\.o: undefined symbol: nobody/);
    const missing = await build(context, "lacks_library", {
      Makefile: makefile("libs = -lmissing"),
      "entry.c": TA,
      "helper.c": helper,
    });
    expect(missing.said).toContain("no library 'missing'");
  });

  test("assembler of Arm traps where it is reached", async (context) => {
    const helper =
      'int helper(int x);\nint helper(int x) { if (x > 1) __asm__(".word 0xe7ffffff"); __asm__ volatile("dmb ish"); return x; }\n';
    const { built, said } = await build(context, "assembler", {
      Makefile: makefile(),
      "entry.c": TA,
      "helper.c": helper,
    });
    expect(built, said).toMatchObject({ ok: true });
    const module = new WebAssembly.Module(readFileSync(built.ok ? (built.value[0] ?? "") : ""));
    const { __utee_entry: entry } = new WebAssembly.Instance(module, { env: { malloc: () => 8 } }).exports;
    expect((entry as (x: number) => number)(1)).toBe(1);
    expect(() => (entry as (x: number) => number)(2)).toThrow(WebAssembly.RuntimeError);
  });

  test("a CMakeLists.txt is built as it is, and its checks of the compiler are no TAs", async (context) => {
    needPrograms(context, "cmake", "cmake");
    const cmake = [
      "cmake_minimum_required(VERSION 3.10)",
      "project(one C CXX) # ${TA_DEV_KIT_DIR}",
      "add_executable(ta.elf entry.c helper.cpp)",
      "target_link_options(ta.elf PRIVATE -nostdlib -pie -Wl,-T,${TA_DEV_KIT_DIR}/ta.ld.S)",
      "",
    ];
    // A class with a virtual function, which needs nothing of a library.
    const helper = [
      "struct Base { virtual int value(int x) const = 0; };",
      "struct Twice : Base { int value(int x) const override { return 2 * x; } };",
      "static Twice twice;",
      "const Base *chosen = &twice;",
      'extern "C" int helper(int x) { return chosen->value(x); }',
      "",
    ];
    const files = { "CMakeLists.txt": cmake.join("\n"), "entry.c": TA, "helper.cpp": helper.join("\n") };
    const { built, said } = await build(context, "by_cmake", files);
    expect(built, said).toMatchObject({ ok: true });
    expect(built.ok && built.value.map((path) => basename(path))).toEqual(["by_cmake.wasm"]);
    const module = new WebAssembly.Module(readFileSync(built.ok ? (built.value[0] ?? "") : ""));
    const { exports } = new WebAssembly.Instance(module, { env: { malloc: () => 8 } });
    (exports.__wasm_call_ctors as undefined | (() => void))?.();
    expect((exports.__utee_entry as (x: number) => number)(21)).toBe(42);
  });

  test("a second build compiles nothing, and gives the module again", async (context) => {
    const helper = "int helper(int x);\nint helper(int x) { return x; }\n";
    const files = { Makefile: makefile(), "entry.c": TA, "helper.c": helper };
    const first = await build(context, "twice", files);
    const stale = first.built.ok ? join(dirname(first.built.value[0] ?? ""), "stale.wasm") : "";
    writeFileSync(stale, "");
    const again = await buildTasAgain(context, "twice");
    expect(existsSync(stale)).toBe(false);
    expect(again.built).toEqual(first.built);
    expect(again.said).not.toContain("-c entry.c");
  });
});

async function buildTasAgain(context: TestContext, name: string) {
  return build(context, name, {});
}
