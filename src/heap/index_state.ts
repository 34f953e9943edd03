// The two indexes over the free list, as data: size_index.ts and list_index.ts are what is done with them.

/**
 * Best fit: the free blocks by size. One buffer, seen as words and, since V8 loads faster that way, through a DataView. It
 * holds a record of 16 bytes for every free block, at half the block's offset with 8-byte words and at the offset itself
 * with 4-byte words: next and previous record of its class, sequence number, size in quanta. Behind them stand as
 * many bytes for each class, as the link that closes the ring, and then the bitmaps of the classes that have blocks.
 */
export interface SizeIndex {
  readonly kind: "size";
  /** The heap's `turns` that this stands for. */
  turns: number;
  readonly view: DataView;
  readonly words: Int32Array;
  /** Shifts that make a record out of a block's offset, and quanta out of bytes. */
  readonly recordShift: number;
  readonly quantumShift: number;
  /** Offsets in the buffer: first class, bitmap of the classes, bitmaps of the words of the one below. */
  readonly classes: number;
  readonly bits: number;
  readonly summary: number;
  /** The class of all blocks of so many quanta or more; below, every size has its own. */
  readonly large: number;
  /** Given to the next block at the tail of the list. Ascending sequence numbers are the order of the list. */
  sequence: number;
  /** Records that are not in their ring but in a heap beside it, by ring, and how many: see late_records.ts. */
  readonly late: Map<number, number[]>;
  lateCount: number;
}

/**
 * First fit: the free blocks by their place in the list. Places are given out in ascending order as blocks go to the tail,
 * and a block keeps its own as long as it is free, so their order is that of the list. They are given out anew when
 * they run out. One buffer as above. A place has a byte with its block's size in quanta, at most 127, and 0 for none; the
 * bytes of 16 places lie so that the search can look at all of them at once. Over each 16 places stands a node of a tree.
 */
export interface ListIndex {
  readonly kind: "list";
  /** As above. */
  turns: number;
  /** Shifts that make the number of a block's `places` entry out of its offset, and quanta out of bytes. */
  readonly entryShift: number;
  readonly quantumShift: number;
  readonly entries: number;
  view: DataView;
  words: Int32Array;
  bytes: Uint8Array;
  /** Offsets in the buffer: place by block, nodes of the tree, its last level, block by place, sizes. */
  places: number;
  nodes: number;
  leaves: number;
  blocks: number;
  sizes: number;
  /** Number of the first node in the last level. */
  firstLeaf: number;
  /** Places that there are, and the one that is next given out. */
  capacity: number;
  end: number;
}

export type FreeIndex = SizeIndex | ListIndex;
