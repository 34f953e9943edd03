// Tests of clang_arguments.ts.
import { describe, expect, test } from "vitest";
import { clangArguments, refusedArguments } from "./clang_arguments.ts";

const wide = { target: "wasm64", includes: ["/kit/first"], roots: ["/home/me/project"], more: [] } as const;

describe("arguments of gcc for clang", () => {
  test("what speaks of Arm goes, with the word after it", () => {
    const args = [
      "-march=armv8-a",
      "-mstrict-align",
      "-fpic",
      "-target",
      "aarch64-linux-gnu",
      "-pipe",
      "-Os",
      "-c",
      "x.c",
    ];
    const made = clangArguments(args, wide, new Set());
    for (const gone of ["-march=armv8-a", "-mstrict-align", "-fpic", "-target", "aarch64-linux-gnu", "-pipe"])
      expect(made).not.toContain(gone);
    expect(made).toEqual(expect.arrayContaining(["--target=wasm64", "-Os", "-c", "x.c", "-g"]));
  });

  test("dependencies and options of LLVM stay", () => {
    const args = ["-MD", "-MF", "x.d", "-MT", "x.o", "-mllvm", "-some"];
    expect(clangArguments(args, wide, new Set()).join(" ")).toContain(args.join(" "));
  });

  test("words of 32 bits are those of OP-TEE's headers", () => {
    const made = clangArguments(["-D__LP64__=1", "-DARM64=1"], { ...wide, target: "wasm32" }, new Set());
    expect(made).toEqual(expect.arrayContaining(["-D__ILP32__=1", "-DARM32=1"]));
    expect(made).not.toContain("-D__LP64__=1");
  });

  test("our headers come first, a project's folder is cut from names, a warning is no error", () => {
    const made = clangArguments(["-I/kit/include", "-Werror"], wide, new Set());
    expect(made.indexOf("-I/kit/first")).toBeLessThan(made.indexOf("-I/kit/include"));
    expect(made).toContain("-ffile-prefix-map=/home/me/project/=");
    expect(made.lastIndexOf("-Wno-error")).toBeGreaterThan(made.indexOf("-Werror"));
  });

  test("what clang refuses by name goes the next time", () => {
    const err =
      "clang: error: unknown argument: '-fweird'\nclang: error: unsupported option '-mthing=' for target 'wasm64'\n";
    const args = ["-fweird", "-mthing=3", "-Os"];
    expect(refusedArguments(err, args)).toEqual(["-fweird", "-mthing=3"]);
    expect(clangArguments(args, wide, new Set(["-fweird"]))).not.toContain("-fweird");
  });
});
