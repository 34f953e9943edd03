// The facts about a TA before any of its code runs: name, flags, sizes.

/** How instances come and go: the flags of `user_ta_header_defines.h`. */
export interface TaFlags {
  /** One instance for all clients; else each session has its own. */
  readonly singleInstance: boolean;
  /** The single instance takes several sessions at a time. */
  readonly multiSession: boolean;
  /** The single instance stays when its last session closes. */
  readonly keepAlive: boolean;
  /** It may maintain the caches of what its clients share. */
  readonly cacheMaintenance?: boolean;
}

/** Where and how large the parts of a TA are, in pages of 4096 bytes, and its heap. */
export interface TaLayout {
  readonly textPages: number;
  /** Data, bss and heap. */
  readonly dataPages: number;
  readonly stackPages: number;
  /** Address of the heap, and its length as the linker left it. */
  readonly heapBase: number;
  readonly heapLength: number;
}

export interface AppFacts {
  readonly uuid: string;
  readonly name: string;
  readonly flags: TaFlags;
  readonly layout: TaLayout;
}
