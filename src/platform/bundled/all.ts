// Written by 'npm run platforms' from data/platforms: do not edit.
import { QEMU_V8_4_0_0 } from "./qemu_v8_4_0_0.ts";
import { VIRT_V8_4_0_0_MDBG } from "./virt_v8_4_0_0_mdbg.ts";
import { VIRT_V8_4_10_0_ALL } from "./virt_v8_4_10_0_all.ts";

/** Files of the bundled platforms, by name. */
export const ALL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "qemu_v8-4.0.0": QEMU_V8_4_0_0,
  "virt_v8-4.0.0-mdbg": VIRT_V8_4_0_0_MDBG,
  "virt_v8-4.10.0-all": VIRT_V8_4_10_0_ALL,
};
