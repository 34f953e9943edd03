// What the core of OP-TEE 4.0.0 allocates for a client call, and where: measured in a heap trace of a running system (64 bit).

/** A place in the core that allocates or frees. */
export interface Site {
  readonly file: string;
  readonly line: number;
  /** Bytes; for what depends on something, those of the smallest case. 0 where something is freed. */
  readonly size: number;
  readonly zeroed: boolean;
}

function site(file: string, line: number, size = 0, zeroed = false): Site {
  return { file, line, size, zeroed };
}

/** Bytes of a registered buffer's object without its page addresses, and of one page address. */
export const SHM_HEADER = 72;
export const PAGE_ADDRESS = 8;
/** Bytes of what is remembered of one instance while `--ta` is answered. */
export const TA_DUMP = 92;

export const SITES = {
  /** A range of address space while a client's pages are mapped. */
  mapping: site("core/mm/tee_mm.c", 19, 24),
  unmapping: site("core/mm/tee_mm.c", 35),
  /** A client's buffer in the address space of an application, while it is called. */
  region: site("core/mm/vm.c", 307, 56, true),
  regionEnd: site("core/mm/vm.c", 811),
  session: site("core/kernel/tee_ta_manager.c", 606, 152, true),
  sessionEnd: site("core/kernel/tee_ta_manager.c", 321),
  /** Context of a pseudo TA; it stays. */
  pseudoTa: site("core/kernel/pseudo_ta.c", 311, 88, true),
  sharedMemory: site("core/arch/arm/mm/mobj_dyn_shm.c", 317, SHM_HEADER + PAGE_ADDRESS, true),
  sharedMemoryEnd: site("core/arch/arm/mm/mobj_dyn_shm.c", 134),
  /** Page addresses of a buffer that is being registered. */
  pageList: site("core/kernel/msg_param.c", 132, PAGE_ADDRESS),
  pageListEnd: site("core/kernel/msg_param.c", 147),
  taDump: site("core/kernel/tee_ta_manager.c", 968, TA_DUMP),
  taDumpEnd: site("core/kernel/tee_ta_manager.c", 984),
} as const;
