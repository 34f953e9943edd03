// The part `qemu`: the plugin that records every heap operation of an unpatched OP-TEE in QEMU.
import type { DevicePart } from "./part.ts";
import { writePlan } from "./qemu_plan.ts";

export const QEMU: DevicePart = {
  summary: "plugin for QEMU: every heap operation of an unpatched OP-TEE",
  source: "qemu",
  build: {
    output: "teemem_qemu.so",
    flags: ["-std=gnu11", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-Wextra"],
    libraries: ["-ldl", "-lpthread"],
    host: true,
  },
  complete: writePlan,
  explanation: [
    "QEMU loads this plugin and writes every operation on OP-TEE's heaps to a file, from the first one on. OP-TEE, its TAs and the normal world stay as they are, and run about as fast as without it.",
    "Give the ELF files that your build made, with their symbols: then each operation has its arguments and its file and line. Without them the core heap is found by itself; sizes are then those of blocks, and call sites are unknown.",
    "  teemem device qemu --elf optee_os/out/arm/core/tee.elf --ta-elf ta/out/UUID.elf -o plugin",
    "It prints what to start QEMU with. When QEMU has ended, or while it runs, make a recording of the events:",
    "  teemem record --from heap.events -o run.arrows",
    "It needs QEMU 7.2 or later, and OP-TEE for 64-bit Arm with CFG_WITH_STATS=y. docs/qemu_plugin.md says more.",
  ],
};
