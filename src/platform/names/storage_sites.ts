// Blocks of the core heap for persistent objects: core/tee.
import type { SiteUse } from "./site_use.ts";

/** By name. */
export const STORAGE_SITES = {
  "storage.object": { is: "an object that is open" },
  "storage.id": { is: "the id of an open object", n: "bytes" },
  "storage.new_id": { is: "the id that an object is given", n: "bytes" },
  "storage.handle": { is: "a handle on an object" },
  "storage.attributes": { is: "attributes of a key while they are written", n: "bytes" },
  "storage.attributes_read": { is: "attributes of a key while they are read", n: "bytes" },
  "storage.enumerator": { is: "an enumerator of objects" },
  "storage.directory": { is: "the open directory of files" },
  "storage.file_numbers": { is: "the bit field of the directory's file numbers" },
  "storage.file": { is: "an open file" },
  "storage.tree": { is: "the hash tree of an open file" },
  "storage.node": { is: "a further block of a file" },
  "storage.block_cipher": { is: "the cipher over a block of a file" },
  "storage.node_hash": { is: "the hash over a node of a file" },
  "storage.key_hmac": { is: "the HMAC that makes a file's key" },
  "storage.key_inner": { is: "the inner hash of that HMAC" },
  "storage.key_digest": { is: "the digest of that HMAC" },
  "storage.key_cipher": { is: "the cipher over a file's key" },
} as const satisfies Readonly<Record<string, SiteUse>>;
