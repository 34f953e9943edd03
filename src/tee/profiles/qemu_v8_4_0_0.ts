// Data: the core heap of OP-TEE 4.0.0 (vexpress-qemu_armv8a, 64 bit) from reset to the login prompt of Linux, as recorded
// in a running system. See docs/profiles.md.
import { type BootProfile, parseBoot } from "../kernel/profile.ts";
import { UPSTREAM_SWITCHES } from "../kernel/switches.ts";
import { LOAD, UNLOAD } from "./load_qemu_v8_4_0_0.ts";

const BOOT = `
C 32 core/arch/arm/kernel/boot.c:899
R 1 64 core/mm/core_mmu.c:388
C 24 core/mm/tee_mm.c:27
C 24 core/mm/tee_mm.c:27
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
C 48 core/pta/tests/dt_driver_test.c:68
C 40 core/kernel/dt_driver.c:146
C 64 core/pta/tests/dt_driver_test.c:68
C 40 core/kernel/dt_driver.c:146
C 128 core/pta/tests/dt_driver_test.c:68
C 40 core/kernel/dt_driver.c:146
C 24 core/kernel/dt_driver.c:258
F 20 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 21 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 22 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 23 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 24 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 25 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 26 core/kernel/dt_driver.c:271
C 11 core/drivers/gpio/gpio.c:38
C 32 core/kernel/dt_driver.c:258
C 16 core/drivers/gpio/gpio.c:21
F 28 core/kernel/dt_driver.c:271
F 27 core/drivers/gpio/gpio.c:62
C 11 core/drivers/gpio/gpio.c:38
C 32 core/kernel/dt_driver.c:258
C 16 core/drivers/gpio/gpio.c:21
F 31 core/kernel/dt_driver.c:271
F 30 core/drivers/gpio/gpio.c:62
C 64 lib/libutils/ext/mempool.c:121
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 800 core/lib/libtomcrypt/ecb.c:109
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 69 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 71 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 70 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 68 core/crypto/crypto.c:339
C 56 core/mm/mobj.c:168
C 56 core/mm/mobj.c:168
C 56 core/mm/mobj.c:168
C 56 core/mm/mobj.c:168
F 7 core/kernel/dt_driver.c:837
F 5 core/kernel/dt_driver.c:837
F 11 core/kernel/dt_driver.c:837
F 12 core/kernel/dt_driver.c:837
F 13 core/kernel/dt_driver.c:837
F 10 core/kernel/dt_driver.c:837
F 9 core/kernel/dt_driver.c:837
F 8 core/kernel/dt_driver.c:837
F 6 core/kernel/dt_driver.c:837
F 19 core/kernel/dt_driver.c:843
F 17 core/kernel/dt_driver.c:843
F 15 core/kernel/dt_driver.c:843
F 18 core/pta/tests/dt_driver_test.c:104
F 16 core/pta/tests/dt_driver_test.c:104
F 14 core/pta/tests/dt_driver_test.c:104
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
M 8 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 80 core/mm/tee_mm.c:35
F 79 core/arch/arm/mm/mobj_dyn_shm.c:134
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
F 78 core/kernel/msg_param.c:147
F 77 core/mm/tee_mm.c:35
F 76 core/arch/arm/mm/mobj_dyn_shm.c:134
M 24 core/mm/tee_mm.c:19
C 152 core/kernel/tee_ta_manager.c:606
C 88 core/kernel/pseudo_ta.c:311
F 82 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
F 85 core/mm/tee_mm.c:35
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
M 8 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 90 core/mm/tee_mm.c:35
F 89 core/arch/arm/mm/mobj_dyn_shm.c:134
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
F 88 core/kernel/msg_param.c:147
F 87 core/mm/tee_mm.c:35
F 86 core/arch/arm/mm/mobj_dyn_shm.c:134
M 24 core/mm/tee_mm.c:19
M 24 core/mm/tee_mm.c:19
F 93 core/mm/tee_mm.c:35
F 92 core/mm/tee_mm.c:35
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 91 core/arch/arm/mm/mobj_dyn_shm.c:134
F 95 core/mm/tee_mm.c:35
F 94 core/arch/arm/mm/mobj_dyn_shm.c:134
M 24 core/mm/tee_mm.c:19
F 83 core/kernel/tee_ta_manager.c:321
F 96 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
C 152 core/kernel/tee_ta_manager.c:606
F 97 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
F 99 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
F 98 core/kernel/tee_ta_manager.c:321
F 100 core/mm/tee_mm.c:35
`;

/** The profile `qemu_v8-4.0.0`. */
export function qemuV8(): BootProfile {
  return {
    name: "qemu_v8-4.0.0",
    version: "4.0.0",
    switches: { ...UPSTREAM_SWITCHES, CFG_WITH_STATS: true, CFG_TA_STATS: true },
    heapBase: 0xe1c53e0,
    heapSlack: 68640 - 65536,
    nexusBase: 0xe1b0000,
    taRamSize: 0xd00000,
    boot: parseBoot(BOOT),
    load: parseBoot(LOAD),
    unload: parseBoot(UNLOAD),
  };
}
