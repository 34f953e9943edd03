// The two indexes over the free list, as data: size_index.ts and list_index.ts are what is done with them.

/**
 * Best fit: the free blocks by size. One array of words. It begins with the bitmaps of the classes that may have blocks. Then
 * come 4 words for each class, as the link that closes its ring, a table with the record of every free block, and the
 * records, 4 words each: next and previous record of the class, the turn of the block in the list, and the block, or, for a
 * record that is not taken, the complement of the next such record. Records and links are named by their first word. As
 * free blocks are few beside all others, their records lie close together.
 */
export interface SizeIndex {
  readonly kind: "size";
  /** The latest turn that was given out. The order of the turns is that of the list. */
  turns: number;
  words: Int32Array;
  /** Shifts that make the number of a block's entry out of its offset, and quanta out of bytes. */
  readonly entryShift: number;
  readonly quantumShift: number;
  /** Where in the words begin: the table, and the records that were never taken. */
  readonly entries: number;
  end: number;
  /** Where in a record stands the block. */
  readonly blocks: number;
  /** The first record that is not taken, or 0. */
  vacant: number;
  /** Records that are not in their ring but in a heap beside it, by ring, and how many: see late_records.ts. */
  readonly late: Map<number, number[]>;
  lateCount: number;
}

/**
 * First fit: the free blocks by their place in the list. Places are given out in ascending order as blocks go to the tail,
 * and a block keeps its own as long as it is free, so their order is that of the list. They are given out anew when
 * they run out. One buffer, seen as words, as bytes and, since V8 loads faster that way, through a DataView. A place has a
 * byte with its block's size in quanta, at most 127, and 0 for none; the bytes of 16 places lie so that the search can look
 * at all of them at once. Over each 16 places stands a node of a tree.
 */
export interface ListIndex {
  readonly kind: "list";
  /** As above. */
  readonly entryShift: number;
  readonly quantumShift: number;
  /** Length of the table of places by block. */
  readonly tableLength: number;
  view: DataView;
  words: Int32Array;
  bytes: Uint8Array;
  /** Where in the words begin: place by block, block by place. */
  entries: number;
  blocks: number;
  /** Offsets in the buffer: nodes of the tree, its last level, sizes. */
  nodes: number;
  leaves: number;
  sizes: number;
  /** Number of the first node in the last level. */
  firstLeaf: number;
  /** Places that there are, and the one that is next given out. */
  capacity: number;
  end: number;
}

export type FreeIndex = SizeIndex | ListIndex;
