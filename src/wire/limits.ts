// Numbers of the protocol that docs/protocol.md explains.

/** The version that this code speaks; a daemon refuses every other. */
export const VERSION = 1;

/** The bytes "TEEM", read as a little-endian word. */
export const MAGIC = 0x4d454554;

/** The limits of the protocol: docs/protocol.md lists them. */
export const LIMITS = {
  /** Bytes of one memref, whichever its direction. */
  memref: 2 ** 24,
  /** Bytes of a frame behind its length word: four memrefs and what stands around them. */
  frame: 4 * 2 ** 24 + 64,
  /** Sessions that a client has open or is opening. */
  sessions: 256,
  /** Requests of a client that are not answered yet. */
  calls: 64,
  /** Different texts that a daemon sends to a client. */
  texts: 65_536,
  /** Frames of one list. */
  list: 2 ** 20,
} as const;
