// The use that the code makes of a kind of block.

/** How the code uses a call site. */
export interface SiteUse {
  /** What the block is, as it is called in messages. */
  readonly is: string;
  /** What the code counts where the size grows; without it the size is fixed. */
  readonly n?: string;
  /** It is never freed. */
  readonly stays?: true;
}
