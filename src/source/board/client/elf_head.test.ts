// Tests of elf_head.ts, on programs that compilers make.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readElfHead } from "./elf_head.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-elf-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program's first bytes; `null` where the compiler is not installed, or without a C library for its machine. */
function compiled(compiler: string, ...flags: readonly string[]): Uint8Array | null {
  const file = join(folder, "program");
  const run = spawnSync(compiler, [...flags, "-x", "c", "-o", file, "-"], {
    input: "int main(void) { return 0; }",
    encoding: "utf8",
  });
  if (run.error !== undefined || /cannot find \S*crt1\.o/.test(run.stderr)) return null;
  expect(run.stderr).toBe("");
  return readFileSync(file).subarray(0, 4096);
}

describe("the head of a program", () => {
  it.for([
    ["aarch64-linux-gnu-gcc", { machine: "aarch64", word: 8, libc: "glibc", loader: "/lib/ld-linux-aarch64.so.1" }],
    ["arm-linux-gnueabihf-gcc", { machine: "arm", word: 4, libc: "glibc", loader: "/lib/ld-linux-armhf.so.3" }],
    ["x86_64-linux-gnu-gcc", { machine: "x86_64", word: 8, libc: "glibc", loader: "/lib64/ld-linux-x86-64.so.2" }],
  ] as const)("tells its machine and its loader: %s", ([compiler, head]) => {
    const bytes = compiled(compiler);
    if (bytes !== null) expect(readElfHead(bytes)).toEqual(head);
  });
  it("has no loader where it is linked statically", () => {
    const bytes = compiled("gcc", "-static", "-nostdlib", "-Wl,-e,main");
    if (bytes !== null) expect(readElfHead(bytes)).toMatchObject({ loader: "", libc: "other" });
  });
  it("tells musl from glibc by the loader", () => {
    const bytes = compiled("gcc", "-nostdlib", "-Wl,-e,main", "-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1", "-pie");
    if (bytes !== null) expect(readElfHead(bytes)).toMatchObject({ libc: "musl" });
  });
  it("is none of a script, and none where it is cut or damaged", () => {
    expect(readElfHead(new TextEncoder().encode("#!/bin/sh\n".repeat(20)))).toBeNull();
    const bytes = new Uint8Array(readFileSync(process.execPath).subarray(0, 4096));
    for (let length = 0; length < 64; length++) expect(readElfHead(bytes.subarray(0, length))).toBeNull();
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(4096), (at, value, length) => {
        const changed = bytes.slice(0, length);
        if (at < length) changed[at] = value;
        readElfHead(changed);
      }),
    );
  });
});
