/** What is made of a module. */
export interface RewriteOptions {
  /** Pages of 64 KiB that its memory gets beyond what it begins with. */
  readonly pages: number;
  /** Addresses of 64 bits become such of 32. */
  readonly lower: boolean;
  /** Accesses below an address trap, as those at NULL do on a board; `wide`: addresses still have 64 bits. */
  readonly guard?: { readonly low: number; readonly wide: boolean };
  /** For a library, which has the table of its TA: where ticks belong there, and whether its places have 64 bits. */
  readonly table?: { readonly slot: number; readonly wide: boolean };
}
