// Tests of ram_blocks.ts.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ramBlocks } from "./ram_blocks.ts";

test("reads what QEMU 7.2 printed: without addresses", () => {
  const text = readFileSync(new URL("../../../test/fixtures/qemu/virt-secure.ramblock.txt", import.meta.url), "utf8");
  expect(ramBlocks(text)).toEqual([
    { name: "mach-virt.ram", length: 0x80000000, host: null },
    { name: "virt.flash0", length: 0x4000000, host: null },
    { name: "virt.flash1", length: 0x4000000, host: null },
    { name: "virt.secure-ram", length: 0x1000000, host: null },
  ]);
});

// The columns HVA and RO came with QEMU 8.0.
const SINCE_8 = `              Block Name    PSize              Offset               Used              Total                HVA  RO
           mach-virt.ram    4 KiB  0x0000000000000000 0x0000000080000000 0x0000000080000000 0x00007f12ebe00000  rw
         virt.secure-ram    2 MiB  0x0000000088000000 0x0000000001000000 0x0000000001000000 0x00007f12d9e00000  rw
/rom@etc/acpi/tables    4 KiB  0x0000000089000000 0x0000000000020000 0x0000000000200000 0x00007f12d9a00000  ro
`;

test("reads what QEMU 8.0 and later print: with the address in QEMU's memory", () => {
  expect(ramBlocks(SINCE_8)).toEqual([
    { name: "mach-virt.ram", length: 0x80000000, host: 0x7f12ebe00000 },
    { name: "virt.secure-ram", length: 0x1000000, host: 0x7f12d9e00000 },
    { name: "/rom@etc/acpi/tables", length: 0x200000, host: 0x7f12d9a00000 },
  ]);
});

test("leaves out what is no row", () => {
  expect(ramBlocks("nothing\n\n 0x0 0x1\n")).toEqual([]);
});
