// Looks up source lines of addresses with addr2line.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { readElf } from "../base/elf.ts";
import { err, ok, type Result } from "../base/result.ts";

/** Where an address is in the source. */
interface SourcePlace {
  /** Empty if the file does not say. */
  readonly func: string;
  /** `file:line`; empty if the file does not say. */
  readonly place: string;
}

/** Programs that read the debug information, by ELF machine: the first that is there and knows the machine is taken. */
const TOOLS: Readonly<Record<number, readonly string[]>> = {
  3: ["addr2line", "llvm-addr2line"],
  40: ["arm-linux-gnueabihf-addr2line", "arm-linux-gnueabi-addr2line", "llvm-addr2line", "addr2line"],
  62: ["addr2line", "llvm-addr2line"],
  183: ["aarch64-linux-gnu-addr2line", "llvm-addr2line", "addr2line"],
  243: ["riscv64-linux-gnu-addr2line", "llvm-addr2line", "addr2line"],
};
const PACKAGES: Readonly<Record<number, string>> = {
  40: "llvm or binutils-arm-linux-gnueabihf",
  183: "llvm or binutils-aarch64-linux-gnu",
  243: "llvm or binutils-riscv64-linux-gnu",
};

/** Offset of `e_machine` in an ELF file. */
const MACHINE = 18;

/**
 * Looks up addresses in an ELF file with debug information, by `addr2line` of binutils or LLVM. `load` is where its first
 * byte was loaded, if that is not where it was linked to: OP-TEE prints it as `TEE load address @ 0x…`, and a trusted
 * TA's as `[0] UUID @ 0x…`. The result is in the order of the addresses.
 */
export async function lookUp(
  path: string,
  addresses: readonly number[],
  load?: number,
): Promise<Result<readonly SourcePlace[]>> {
  const bytes = await readFile(path).catch((error: Error) => error);
  if (bytes instanceof Error) return err(`${path}: cannot be read: ${bytes.message}`);
  const elf = readElf(bytes);
  if (!elf.ok) return err(`${path}: ${elf.error}`);
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint16(MACHINE, true);
  const base = elf.value.segments[0]?.address ?? 0;
  const moved = load === undefined ? 0 : load - base;
  const asked = addresses.map((address) => `0x${Math.max(0, address - moved).toString(16)}`);
  let refused = "";
  for (const tool of TOOLS[machine] ?? ["llvm-addr2line", "addr2line"]) {
    const ran = await run(tool, ["-f", "-C", "-e", path], `${asked.join("\n")}\n`);
    if (ran === undefined) continue;
    const places = ran.code === 0 ? parse(ran.out, asked.length) : undefined;
    if (places !== undefined) return ok(places);
    refused ||= `${tool}: ${ran.error.trim().split("\n")[0] ?? "no answer"}`;
  }
  const install = PACKAGES[machine] ?? "binutils or llvm";
  const why = refused === "" ? "no addr2line is on the PATH" : refused;
  return err(`${path}: ${why}; install ${install} (apt-get install ${install.split(" ")[0]})`);
}

/** Two lines for each address: the function, and the file with its line. */
function parse(out: string, count: number): SourcePlace[] | undefined {
  const lines = out.split("\n");
  if (lines.length < 2 * count) return undefined;
  return Array.from({ length: count }, (_, i) => {
    const func = lines[2 * i] ?? "";
    const place = (lines[2 * i + 1] ?? "").replace(/ \(discriminator \d+\)$/, "");
    return {
      func: func === "??" ? "" : func,
      place: place.startsWith("??") || /:[0?]$/.test(place) ? "" : place,
    };
  });
}

/** `undefined` if there is no such program. */
function run(
  program: string,
  args: readonly string[],
  input: string,
): Promise<{ out: string; error: string; code: number | null } | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "pipe" });
    let out = "";
    let error = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      error += text;
    });
    child.stdin.on("error", () => {});
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve({ out, error, code }));
    child.stdin.end(input);
  });
}
