// What Linux and its drivers say: the out-of-memory killer, the page allocator, drivers/tee, and clients by their errno.
import type { FactRow } from "./row.ts";

/** A part of Linux that works for the TEE. */
const TEE_PART = /\b(?:tee\b|op-?tee|TSUP\b|TEE_IOC_|ftpm|tpm_ftpm|trusted[-_](?:tee|key)|tee_|libteec)|\/dev\/tee/i;
const NO_MEMORY =
  /\bENOMEM\b|cannot allocate|out of memory|[\s(=:[]-12\b|errno ?[=:]? ?12\b|unable to alloc|failed to alloc|could not alloc|can't alloc|alloc(?:ation)? failed|_alloc(?:_kernel_buf)? failed|shm_register failed/i;

export const LINUX_ROWS = [
  {
    kind: "supplicant-killed",
    words: ["tee-supplicant"],
    by: "normal",
    form: /\bKill(?:ed|ing)? (?:process )?(?:\d+ )?['"(]?tee-supplicant/i,
  },
  { kind: "supplicant-killed", words: ["oom-kill:"], by: "normal", has: /oom-kill:/, form: /task=tee-supplicant/ },
  {
    kind: "linux-oom",
    words: ["oom-kill", "Out of memory", "lowmemory"],
    by: "normal",
    form: /invoked oom-killer|out of memory: Kill|oom-kill:constraint|lowmemorykiller: Kill/i,
  },
  // The kernel's call stack of a shared buffer that failed.
  {
    kind: "linux-shm",
    words: ["tee_shm_", "tee_ioctl", "pool_", "optee_"],
    by: "normal",
    has: /\+0x/,
    form: /\b(?:tee_shm_(?:alloc|register)|tee_ioctl_shm_|pool_op_|pool_ffa_op_|optee_shm_|optee_pool_)/,
  },
  {
    kind: "linux-pages",
    words: ["page allocation", "cma_alloc", "vmap", "vmalloc"],
    by: "normal",
    form: /page allocation failure: order:(\d+)|cma_alloc: |vmap allocation for size (\d+) failed|vmalloc: allocation failure/,
  },
  {
    kind: "linux-shm",
    words: ["tee", "tsup", "trusted"],
    by: "normal",
    has: TEE_PART,
    unless: /Kill(?:ed)? process|invoked oom/,
    form: NO_MEMORY,
  },
] as const satisfies readonly FactRow[];
