// Tests of addr2line.ts.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { needPrograms } from "../../test/support/needs.ts";
import { lookUp } from "./addr2line.ts";

const SOURCE = `int leaky(int n)
{
  return n * 2;
}
int main(void)
{
  return leaky(21) - 42;
}
`;

const folder = mkdtempSync(join(tmpdir(), "teemem-elf-"));
const elf = join(folder, "tee.elf");
afterAll(() => rmSync(folder, { recursive: true }));

describe("a program of gcc", () => {
  let address = 0;
  let base = 0;
  beforeEach((context) => {
    needPrograms(context, "gcc and binutils", "gcc", "nm", "addr2line");
    if (existsSync(elf)) return;
    writeFileSync(join(folder, "leaky.c"), SOURCE);
    execFileSync("gcc", ["-g", "-O0", "-no-pie", "-o", elf, "leaky.c"], { cwd: folder });
    const symbols = execFileSync("nm", [elf], { encoding: "utf8" });
    address = Number.parseInt(/^([\da-f]+) T leaky$/m.exec(symbols)?.[1] ?? "", 16);
    base = Number.parseInt(/^([\da-f]+) . __executable_start$/m.exec(symbols)?.[1] ?? "400000", 16);
  });

  it("tells function, file and line", async () => {
    const found = await lookUp(elf, [address]);
    expect(found).toMatchObject({
      ok: true,
      value: [{ func: "leaky", place: expect.stringMatching(/leaky\.c:[12]$/) }],
    });
  });

  it("does so where it was loaded to another address", async () => {
    const found = await lookUp(elf, [address + 0x1000000, 0x20], base + 0x1000000);
    expect(found).toMatchObject({ ok: true, value: [{ func: "leaky" }, { func: "", place: "" }] });
  });
});

describe("what cannot be looked up", () => {
  it("is a file that is not there", async () => {
    expect(await lookUp(join(folder, "none"), [1])).toMatchObject({
      ok: false,
      error: expect.stringContaining("ENOENT"),
    });
  });

  it("is a file that is no ELF file", async () => {
    const path = join(folder, "text");
    writeFileSync(path, SOURCE);
    expect(await lookUp(path, [1])).toEqual({ ok: false, error: `${path}: not an ELF file` });
  });

  it("needs a program, and says which", async () => {
    const path = join(folder, "aarch64.elf");
    const head = new Uint8Array(64);
    head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    head.set([2, 0, 183, 0], 16);
    writeFileSync(path, head);
    const before = process.env.PATH;
    process.env.PATH = folder;
    const found = await lookUp(path, [1]);
    process.env.PATH = before;
    expect(found).toEqual({
      ok: false,
      error: `${path}: no addr2line is on the PATH; install llvm or binutils-aarch64-linux-gnu (apt-get install llvm)`,
    });
  });
});
