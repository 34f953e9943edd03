// A core and a TA in ELF, compiled here, and what a secure console prints when both fail in their function `asks`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, type TestContext } from "vitest";
import { encodeUuid } from "../../src/abi/uuid.ts";
import { needPrograms } from "./needs.ts";

const CODE = "int asks(void)\n{\n  return 1;\n}\nint main(void)\n{\n  return asks();\n}\n";
const UUID = "7e3a1c0e-0085-4b0a-8d00-74656d656d01";
const HEAD = `__attribute__((section(".ta_head"), used)) const unsigned char head[16] = {${encodeUuid(UUID).join()}};\n`;
/** How far above its link address each was loaded. */
const MOVED = 2 ** 20;

interface PanickingPrograms {
  readonly elves: { readonly elf: string; readonly taElf: readonly string[] };
  readonly lines: readonly string[];
  /** Of `asks`, as they are printed. */
  readonly addresses: { readonly core: number; readonly ta: number };
}

/** They are removed when the test has finished. */
export function panickingPrograms(context: TestContext): PanickingPrograms {
  needPrograms(context, "gcc and binutils", "gcc", "nm", "addr2line");
  const folder = mkdtempSync(join(tmpdir(), "teemem-panic-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const core = compiled(folder, "tee", CODE);
  const ta = compiled(folder, "ta", CODE + HEAD);
  const addresses = { core: core.asks + MOVED, ta: ta.asks + MOVED };
  const lines = [
    "E/TC:1 0 print_oom:185 Memory allocation failed: size 800 context 0x1",
    `E/TC:1 0 TEE load address @ 0x${(core.start + MOVED).toString(16)}`,
    "E/TC:1 0 Call stack:",
    `E/TC:1 0  0x${addresses.core.toString(16)}`,
    "E/TC:? 0 TA panicked with code 0xdeadbeef",
    `E/LD:  Status of TA ${UUID}`,
    "E/LD:   arch: aarch64",
    `E/LD:   [0] ${UUID} @ 0x${(ta.start + MOVED).toString(16)}`,
    "E/LD:  Call stack:",
    `E/LD:   0x${addresses.ta.toString(16)}`,
    "E/LD:   0x99",
  ];
  return { elves: { elf: core.path, taElf: [ta.path] }, lines, addresses };
}

function compiled(folder: string, name: string, code: string): { path: string; asks: number; start: number } {
  writeFileSync(join(folder, `${name}.c`), code);
  execFileSync("gcc", ["-g", "-O0", "-no-pie", "-o", `${name}.elf`, `${name}.c`], { cwd: folder });
  const symbols = execFileSync("nm", [`${name}.elf`], { cwd: folder, encoding: "utf8" }).split("\n");
  const of = (symbol: string): number => Number.parseInt(symbols.find((line) => line.endsWith(` ${symbol}`)) ?? "", 16);
  // The linker of GNU names the beginning only where a program asks for it.
  const start = of("__executable_start") || 0x400000;
  return { path: join(folder, `${name}.elf`), asks: of("asks"), start };
}
