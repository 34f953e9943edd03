// Blocks of open objects on the core heap. The order of what stays is upstream's; what comes and goes meanwhile is a choice.

import type { CoreSiteName } from "../../../platform/site_names.ts";
import { type Core, give, take } from "../../kernel/core.ts";
import { HEAD_BYTES } from "./object_file.ts";
import type { StorageState, StoredHandle } from "./state.ts";

type Directory = StorageState["directory"];

const FILE_BLOCK = 4096;

/** An open file. */
const FILE = ["storage.file", "storage.tree"] as const;

/** The open directory: its handle, the file it is in, and the bit field of file numbers. */
const DIRECTORY = ["storage.directory", ...FILE, "storage.file_numbers"] as const;

/** In which order the blocks of a directory end. */
const DIRECTORY_END = [2, 1, 3, 0] as const;

/** What comes and goes together while a file is worked on: one authenticated encryption, the hash over a node, the file key. */
const CRYPTO = {
  block: ["storage.block_cipher"],
  root: ["storage.node_hash", "storage.block_cipher"],
  keyHash: ["storage.key_hmac", "storage.key_inner", "storage.key_digest"],
  keyCipher: ["storage.key_cipher"],
} as const;

/** Opens the directory of files for one more user, and one file. Returns the file's blocks; null if there is no room. */
export function openFile(core: Core, directory: Directory): number[] | null {
  if (directory.users === 0) {
    const blocks = takeAll(core, DIRECTORY);
    if (blocks === null) return null;
    directory.blocks.push(...blocks);
  }
  directory.users++;
  const file = work(core, "keyHash") && work(core, "keyCipher") ? takeAll(core, FILE) : null;
  if (file !== null && work(core, "block") && work(core, "root")) return file;
  closeFile(core, directory, file ?? [], []);
  return null;
}

/** Closes a file; the last one takes the directory along. */
export function closeFile(core: Core, directory: Directory, file: readonly number[], nodes: number[]): void {
  if (--directory.users === 0) {
    for (const i of DIRECTORY_END) give(core, directory.blocks[i] ?? 0, DIRECTORY[i]);
    directory.blocks.length = 0;
  }
  dropNodes(core, nodes, 0);
  giveAll(core, file, FILE);
}

/** Gives the file of an object with so many bytes of data the blocks it needs, or takes the surplus away. False: no room. */
export function fitNodes(core: Core, { nodes, object }: StoredHandle, dataBytes: number): boolean {
  const wanted = Math.max(0, Math.ceil((HEAD_BYTES + object.attributes.length + dataBytes) / FILE_BLOCK) - 1);
  const before = nodes.length;
  while (nodes.length < wanted) {
    const node = take(core, "storage.node");
    if (node === 0) {
      dropNodes(core, nodes, before);
      return false;
    }
    nodes.push(node);
  }
  dropNodes(core, nodes, wanted);
  return true;
}

/** Works on a file: takes memory and gives it back. False: no room. */
export function work(core: Core, what: keyof typeof CRYPTO): boolean {
  const held: [number, CoreSiteName][] = [];
  let done = true;
  for (const name of CRYPTO[what]) {
    const block = take(core, name);
    if (block === 0) done = false;
    else held.push([block, name]);
  }
  for (const [block, name] of held.reverse()) give(core, block, name);
  return done;
}

function dropNodes(core: Core, nodes: number[], keep: number): void {
  while (nodes.length > keep) give(core, nodes.pop() ?? 0, "storage.node");
}

function takeAll(core: Core, names: readonly CoreSiteName[]): number[] | null {
  const blocks: number[] = [];
  for (const name of names) {
    const block = take(core, name);
    if (block === 0) {
      giveAll(core, blocks, names);
      return null;
    }
    blocks.push(block);
  }
  return blocks;
}

/** Frees blocks, the last first. */
function giveAll(core: Core, blocks: readonly number[], names: readonly CoreSiteName[]): void {
  for (let i = blocks.length - 1; i >= 0; i--) give(core, blocks[i] ?? 0, names[i] as CoreSiteName);
}
