// Runs `teemem inspect` on real and damaged dumps.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { addPool } from "../src/malloc/add_pool.ts";
import { createContext } from "../src/malloc/context.ts";
import { malloc } from "../src/malloc/malloc.ts";
import { createFileNames } from "../src/malloc/names.ts";
import { elfOf } from "./support/elf.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DUMP = "data/optee-4.0.0/core-heap.bin.gz";
const raw = gunzipSync(readFileSync(join(ROOT, DUMP)));
const folder = mkdtempSync(join(tmpdir(), "teemem-"));
afterAll(() => rmSync(folder, { recursive: true }));

function inspect(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(ROOT, "dist/cli/teemem.js"), "inspect", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A heap with leak headers whose file names lie in a program, and that program. */
function headed(word: 4 | 8): { heap: Uint8Array; program: Uint8Array } {
  const heap = new Uint8Array(8192);
  const files = ["lib/libutils/isoc/bget_malloc.c", "ta/one.c", "ta/two.c"];
  const ctx = createContext(heap, { word, base: 0x10000, leakHeaders: true, names: createFileNames(0x8000) });
  addPool(ctx, 0, heap.length);
  for (const [n, name] of files.slice(1).entries()) for (let i = 0; i < 3; i++) malloc(ctx, 40 * (n + 1), name, 10 + n);
  const strings = new Uint8Array(64 * files.length);
  for (const [n, name] of files.entries()) strings.set(new TextEncoder().encode(name), 64 * n);
  return { heap, program: elfOf(word === 8, 2, 0x8000, strings) };
}

describe("teemem inspect", () => {
  test("draws the heap of a real dump, and finds it sound", () => {
    const { stdout, stderr, status } = inspect(DUMP);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toContain("64 bit, without leak headers; dump begins at 0xe1c53e0 (from the pool table)");
    expect(stdout).toContain("49 used blocks of 16,704 bytes, 8 free blocks of 51,920");
    expect(stdout).toContain("No damage found");
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(110);
  });

  test("--json has every block; --pool says where", () => {
    const { stdout } = inspect(DUMP, "--json", "--base", "0xe1c53e0", "--pool", "0xe1c53e0+68640");
    const [report] = JSON.parse(stdout);
    expect(report).toMatchObject({ abi: "lp64", base: "0xe1c53e0", baseFrom: "given", poolTable: true, damage: [] });
    expect(report.pools[0].blocks).toHaveLength(57);
    expect(report.pools[0].blocks[0]).toEqual({ address: "0xe1c53e0", offset: 0, size: 49808, free: true });
  });

  test("reads a core file, whose segments have their addresses", () => {
    const core = file("vmcore", elfOf(true, 4, 0xe1c43e0, Buffer.concat([Buffer.alloc(4096), raw])));
    const { stdout, status } = inspect(core);
    expect(stdout).toContain("Pool 0 at 0xe1c53e0, 68,640 bytes");
    expect(status).toBe(0);
    expect(inspect(core, "--base", "0").stderr).toContain("leave out --base");
  });

  test.each([8, 4] as const)("names allocation sites through the program's file, word %d", (word) => {
    const { heap, program } = headed(word);
    const dump = file(`heap${word}`, heap);
    const elf = file(`elf${word}`, program);
    const { stdout } = inspect(dump, "--elf", elf, "--blocks");
    expect(stdout).toMatch(/ 3 {2}[█▉▊▋▌▍▎▏]+ +ta\/two\.c:11\n/);
    expect(stdout).toMatch(/ 3 {2}[█▉▊▋▌▍▎▏]+ +ta\/one\.c:10\n/);
    expect(stdout.match(/ta\/one\.c:10\n/g)).toHaveLength(4);
    expect(inspect(dump).stdout).toMatch(/0x8040:10\n/);
    // Moved by ASLR.
    const moved = file(`moved${word}`, elfOf(word === 8, 2, 0x1000, program.subarray(word === 8 ? 120 : 84)));
    expect(inspect(dump, "--elf", moved, "--shift", "0x7000").stdout).toContain("ta/two.c:11");
    const found = inspect(dump, "--elf", moved);
    expect([found.status, found.stderr]).toEqual([0, ""]);
    expect(found.stdout).toContain("moved by 0x7000, as the leak headers say\n");
    expect(found.stdout).toContain("ta/two.c:11");
    expect(inspect(dump, "--elf", moved, "--shift", "0x123000").stdout).toContain(
      "--shift 0x123000 leads to no file names",
    );
    const other = file(`other${word}`, elfOf(word === 8, 2, 0x1000, new Uint8Array(256)));
    const none = inspect(dump, "--elf", other);
    expect(none.stdout).toContain("do not tell how far it was moved; the call sites are addresses");
    expect(none.status).toBe(0);
  });

  test("names a damaged block and the one before, exit code 1", () => {
    const { heap, program } = headed(8);
    const [report] = JSON.parse(inspect(file("sound", heap), "--json").stdout);
    const [, before, hit] = report.pools[0].blocks;
    // 48 bytes were asked for with 40: written over the footer and into the next header.
    heap.fill(0x58, hit.offset - 12, hit.offset + 8);
    const { stdout, status } = inspect(file("hurt", heap), "--elf", file("elf", program));
    expect(status).toBe(1);
    expect(stdout).toContain(`block ${hit.address} from ta/two.c:11: `);
    expect(stdout).toContain(`the block before it, the usual suspect, is ${before.address} from ta/two.c:11`);
  });

  test("reads what hexdump, xxd, gdb … print, and says what is missing", () => {
    const text = gunzipSync(readFileSync(join(ROOT, "test/fixtures/dumps/printed/gdb-512xg.txt.gz"))).toString();
    const { stdout, stderr, status } = inspect(file("gdb.txt", text));
    expect(status).toBe(0);
    expect(stderr).toBe(`teemem: ${join(folder, "gdb.txt")}: read as a printed dump: 256 lines, 4,096 bytes\n`);
    expect(stdout).toContain("dump begins at 0xe1c6400");
    const lines = text.split("\n");
    const cut = inspect(file("cut.txt", lines.toSpliced(3, 1).join("\n")));
    expect(cut.stderr).toContain("16 bytes at 0xe1c6430 are missing\n");
    expect([cut.stdout, cut.status]).toEqual([stdout, 0]);
    // A header is missing: what touches it may be no fault.
    const at = JSON.parse(inspect(file("whole.txt", text), "--json").stdout)[0].pools[0].blocks[4].offset / 16;
    const doubtful = inspect(file("doubtful.txt", lines.toSpliced(at, 1).join("\n")));
    expect(doubtful.stdout).toMatch(/faults? more may be none, as bytes are missing there\n/);
    expect(doubtful.status).toBe(0);
  });

  test("a --base that the bytes contradict is one sentence", () => {
    const { stdout, status } = inspect(DUMP, "--base", "0x1000");
    expect(status).toBe(0);
    expect(stdout).toContain(
      "The dump does not begin at 0x1000, as given: the pool table says 0xe1c53e0, which counts here\n",
    );
    expect(JSON.parse(inspect(DUMP, "--base", "0x1000", "--json").stdout)).toMatchObject([
      { base: "0xe1c53e0", contradictedBase: "0x1000", damage: [] },
    ]);
  });

  test("shows live heaps first, and those of dead TAs apart", () => {
    const { stdout, status } = inspect("test/fixtures/dumps/4.10-secure-memory.bin.gz");
    expect(status).toBe(0);
    expect(stdout.match(/^Heap of .* live[;,] /gm)).toHaveLength(9);
    expect(stdout).toContain(
      "8 heaps in freed memory, left by TAs that have ended\n  offset 0x314000, once at 0x40019000: ",
    );
  });

  test("the help has examples that work", () => {
    const help = spawnSync(process.execPath, [join(ROOT, "dist/cli/teemem.js"), "help", "inspect"], {
      encoding: "utf8",
    });
    expect(help.stdout).toContain("teemem inspect demo:core-heap --base 0xe1c53e0");
  });
});

describe("wrong use and bad input", () => {
  test.each([
    ["a text", () => ["LICENSE"], 2, /LICENSE: this is text, not memory; give the bytes themselves/],
    [
      "a log",
      () => [file("log", "I/TC: Initialized\nD/TC:0 0 call_initcalls:46 level 1\n")],
      2,
      /this is text, not memory; it is a console log/,
    ],
    [
      "statistics",
      () => [file("stats", "Pool:                Heap\nBytes allocated:                       26000\n")],
      2,
      /it has statistics of xtest: 'teemem report \S+stats' or 'teemem doctor \S+stats' reads them/,
    ],
    ["no file", () => ["nofile"], 2, /nofile: no such file/],
    ["a folder", () => ["src"], 2, /src: is a directory/],
    ["an empty file", () => [file("empty", "")], 2, /the file is empty/],
    ["a bad address", () => [DUMP, "--base", "here"], 2, /Expected an address like/],
    ["a bad pool", () => [DUMP, "--pool", "1+0"], 2, /Expected an address and, if known, a length/],
    [
      "a pool elsewhere",
      () => [DUMP, "--base", "0", "--pool", "0x7000000"],
      1,
      /the address of --pool is outside the dump/,
    ],
    ["a bad ABI", () => [DUMP, "--abi", "mips"], 2, /Allowed choices are lp64, ilp32, aarch64, arm/],
    [
      "a program",
      () => [file("prog", headed(8).program)],
      2,
      /this is a program, not a memory dump; pass programs with --elf/,
    ],
    ["a core file cut off", () => [file("cut", elfOf(true, 4, 0, raw).subarray(0, 5000))], 2, /cut off/],
    ["an --elf that is none", () => [DUMP, "--elf", "README.md"], 2, /README\.md: not an ELF file/],
    ["the wrong word size", () => [DUMP, "--abi", "ilp32"], 1, /no heap found; try without --abi/],
  ])("%s", (_what, args, code, error) => {
    const { stdout, stderr, status } = inspect(...args());
    expect([stdout, status]).toEqual(["", code]);
    expect(stderr).toMatch(error);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
