// What Linux and its drivers say: the out-of-memory killer, the page allocator, drivers/tee, and clients by their errno.
import type { FactRow } from "./row.ts";

/** A part of Linux that works for the TEE. */
const TEE_PART =
  /\b(?:tee|op-?tee|tee-supplicant|TSUP|TEE_IOC_\w+|ftpm-?tee|tpm_ftpm_tee|trusted[-_](?:tee|key)\w*|tee_\w+|optee_\w+|libteec|\/dev\/tee(?:priv)?\d)\b/i;
const NO_MEMORY =
  /\b(?:ENOMEM|Cannot allocate memory|out of memory)\b|(?:^|[\s(=:[])-12\b|\berrno(?: ?[=:])? ?12\b|[Uu]nable to alloc|(?:[Ff]ailed|[Cc]ould ?n[o']t|[Cc]annot|[Cc]an't) (?:to )?alloc|\balloc\w* fail|\btee_shm_\w+ fail/;

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
