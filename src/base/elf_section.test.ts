// Tests of elf_section.ts.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSections, sectionNamed } from "./elf_section.ts";

/** An ELF file of 32 or 64 bits with one section of four bytes, its names, and a section without content. */
function elf(wide: boolean): Uint8Array {
  const names = "\0.text\0.bss\0.names\0";
  const entry = wide ? 64 : 40;
  const table = 128;
  const bytes = new Uint8Array(table + 4 * entry);
  const view = new DataView(bytes.buffer);
  const word = (at: number, value: number): void =>
    wide ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, 1]);
  word(wide ? 40 : 32, table);
  const half = wide ? 58 : 46;
  for (const [n, value] of [entry, 4, 3].entries()) view.setUint16(half + 2 * n, value, true);
  bytes.set([1, 2, 3, 4], 100);
  bytes.set(new TextEncoder().encode(names), 104);
  const sections = [
    [1, names.indexOf(".text"), 1, 0x1000, 100, 4],
    [2, names.indexOf(".bss"), 8, 0x2000, 9999, 50],
    [3, names.indexOf(".names"), 3, 0, 104, names.length],
  ] as const;
  for (const [n, name, type, address, offset, size] of sections) {
    const head = table + n * entry;
    view.setUint32(head, name, true);
    view.setUint32(head + 4, type, true);
    const [a = 0, o = 0, s = 0] = wide ? [16, 24, 32] : [12, 16, 20];
    word(head + a, address);
    word(head + o, offset);
    word(head + s, size);
  }
  return bytes;
}

const sectionOf = (bytes: Uint8Array, name: string) => {
  const file = readSections(bytes);
  return file.ok ? sectionNamed(file.value, name) : undefined;
};

test.each([true, false])("sections are found by name, 64 bit: %s", (wide) => {
  const file = elf(wide);
  expect(sectionOf(file, ".text")).toMatchObject({ address: 0x1000, size: 4, bytes: Uint8Array.of(1, 2, 3, 4) });
  expect(sectionOf(file, ".bss")).toMatchObject({ address: 0x2000, size: 50, bytes: new Uint8Array() });
  expect(sectionOf(file, ".tex")).toBeUndefined();
  for (let end = 0; end < file.length; end++) expect(sectionOf(file.subarray(0, end), ".text")).toBeUndefined();
});

test("a program of this machine has its code, and what is no ELF file has none", () => {
  expect(sectionOf(new Uint8Array(readFileSync(process.execPath)), ".text")?.bytes.length).toBeGreaterThan(1000);
  expect(sectionOf(new Uint8Array(readFileSync("package.json")), ".text")).toBeUndefined();
});
