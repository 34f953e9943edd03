// Where OP-TEE 4.0.0 allocates for persistent objects: measured in a heap trace of a running system (64 bit).
import type { Site } from "../../kernel/sites.ts";

function calloc(file: string, line: number, size: number): Site {
  return { file, line, size, zeroed: true };
}

function malloc(file: string, line: number, size = 0): Site {
  return { file, line, size, zeroed: false };
}

function end(file: string, line: number): Site {
  return { file, line, size: 0, zeroed: false };
}

const POBJ = "core/tee/tee_pobj.c";
const DIRFILE = "core/tee/fs_dirfile.c";
const REE_FS = "core/tee/tee_ree_fs.c";
const HTREE = "core/tee/fs_htree.c";
const TOM = "core/lib/libtomcrypt";

/** What stays while an object is open, and where it ends. */
export const SITES = {
  object: calloc(POBJ, 98, 72),
  objectEnd: end(POBJ, 152),
  /** As long as the id. */
  id: malloc(POBJ, 114),
  idEnd: end(POBJ, 151),
  renamed: malloc(POBJ, 174),
  renamedEnd: end(POBJ, 182),
  handle: calloc("core/tee/tee_obj.c", 77, 96),
  handleEnd: end("core/tee/tee_obj.c", 85),
  /** As long as the attributes, while they are written and read. */
  attributes: malloc("core/tee/tee_svc_storage.c", 273),
  attributesEnd: end("core/tee/tee_svc_storage.c", 304),
  attributesRead: malloc("core/tee/tee_svc_storage.c", 129),
  attributesReadEnd: end("core/tee/tee_svc_storage.c", 158),
  enumerator: malloc("core/tee/tee_svc_storage.c", 542, 32),
  enumeratorEnd: end("core/tee/tee_svc_storage.c", 72),
  /** A further block of a file. */
  node: calloc(HTREE, 286, 104),
  nodeEnd: end(HTREE, 693),
} as const;

/** An open file: its handle and its hash tree. */
export const FILE: readonly (readonly [Site, Site])[] = [
  [calloc(REE_FS, 433, 64), end(REE_FS, 477)],
  [calloc(HTREE, 623, 240), end(HTREE, 702)],
];

/** The open directory: its handle, the file it is in, and the bit field of file numbers. */
export const DIRECTORY: readonly (readonly [Site, Site])[] = [
  [calloc(DIRFILE, 129, 40), end(DIRFILE, 182)],
  ...FILE,
  [malloc(DIRFILE, 61, 1), end(DIRFILE, 181)],
];

/** In which order the blocks of a directory end. */
export const DIRECTORY_END = [2, 1, 3, 0] as const;

/** What comes and goes together while a file is worked on: one authenticated encryption, the hash over a node, the file key. */
export const CRYPTO = {
  block: [calloc("core/crypto/aes-gcm.c", 438, 608)],
  root: [calloc(`${TOM}/hash.c`, 117, 432), calloc("core/crypto/aes-gcm.c", 438, 608)],
  keyHash: [
    calloc(`${TOM}/hmac.c`, 93, 584),
    malloc(`${TOM}/src/mac/hmac/hmac_done.c`, 40, 64),
    malloc(`${TOM}/src/mac/hmac/hmac_done.c`, 41, 32),
  ],
  keyCipher: [calloc(`${TOM}/ecb.c`, 109, 800)],
} as const;

/** Where all of that ends, near enough. */
export const CRYPTO_END = end("core/crypto/aes-gcm.c", 451);
