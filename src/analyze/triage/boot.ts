// Causes in the memory map, while OP-TEE boots.
import { type Evidence, has, lines, type Symptoms } from "./case.ts";
import { NO_EVIDENCE, type TriageRule } from "./rule.ts";

export const BOOT_RULES: readonly TriageRule[] = [
  {
    id: "memory-map",
    when: (s) => [...lines(s, "memory-map"), ...overlap(s)],
    sure: "certain",
    pool: "the platform's memory map, no heap",
    knobs: ["CFG_TZDRAM_START", "CFG_TZDRAM_SIZE", "CFG_SHMEM_START", "CFG_DRAM_SIZE"],
    why: () =>
      "Areas of the memory map overlap, or lie outside of what the platform calls secure or shared. Mostly the board has less memory than the build was configured for, or a size was raised and its neighbour was not moved.",
    next: "compare the 'add_phys_mem' lines of the boot log with the board's memory, then set start and size of the secure memory, and the same in TF-A and in the device tree",
    threads: [],
  },
  {
    id: "map-entries",
    when: (s) => lines(s, "map-entries"),
    sure: "certain",
    pool: "the table of the memory map, no heap",
    knobs: ["CFG_MMAP_REGIONS"],
    why: () => "The platform registers more areas of memory than the table has entries.",
    next: "raise CFG_MMAP_REGIONS of the platform",
    threads: [],
  },
  {
    id: "guest-memory",
    when: (s) => lines(s, "guest-memory"),
    sure: "certain",
    pool: "secure memory for another guest",
    knobs: ["CFG_TZDRAM_SIZE", "CFG_VIRT_GUEST_COUNT"],
    why: () =>
      "With virtualization each guest gets its own copy of the core's data, tables and TA memory. Secure memory had no room for one more.",
    next: "give OP-TEE more secure memory, or set CFG_VIRT_GUEST_COUNT to the guests that there are: the memory for TAs is divided by it",
    threads: [],
  },
  {
    id: "boot-memory",
    when: (s) => lines(s, "boot-memory"),
    sure: "likely",
    pool: "the core's memory at boot",
    knobs: ["CFG_TEE_RAM_VA_SIZE", "CFG_TZDRAM_SIZE"],
    why: () =>
      "The core stopped where it hands out pages while it boots: TEE RAM has no room left for its tables and stacks.",
    next: "raise CFG_TEE_RAM_VA_SIZE and CFG_TZDRAM_SIZE by the same amount, or lower CFG_CORE_HEAP_SIZE",
    threads: [],
  },
  {
    id: "shm-pool",
    when: (s) => lines(s, "shm-pool"),
    sure: "certain",
    pool: "the core's addresses for shared memory",
    knobs: ["CFG_CORE_DYN_SHM"],
    why: () => "At boot the core could not make the pool of addresses into which it maps shared buffers.",
    next: "look at the memory map above the line; without dynamic shared memory (CFG_CORE_DYN_SHM=n) the pool is not needed",
    threads: [],
  },
];

/** An overlap is printed at good boots, too: two devices in one area. It counts where the boot failed. */
function overlap(s: Symptoms): Evidence {
  return has(s, "map-overlap") && has(s, "hash-failed") ? lines(s, "map-overlap", "hash-failed") : NO_EVIDENCE;
}
