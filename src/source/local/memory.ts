// Memory that C sees: it does not move while a call is under way.

/** A piece of it. */
export interface NativeMemory {
  /** As a pointer is passed to C. */
  readonly pointer: unknown;
  readonly address: bigint;
  readonly bytes: Uint8Array;
  free(): void;
}

/** Makes pieces, filled with zeros. */
export type Allocate = (size: number) => NativeMemory;
