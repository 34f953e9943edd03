// Blocks of open objects on the core heap. The order of what stays is upstream's; what comes and goes meanwhile is a choice.
import { type Core, give, take } from "../../kernel/core.ts";
import type { Site } from "../../kernel/sites.ts";
import { HEAD_BYTES } from "./object_file.ts";
import { CRYPTO, CRYPTO_END, DIRECTORY, DIRECTORY_END, FILE, SITES } from "./sites.ts";
import type { ObjectHandle, StorageState } from "./state.ts";

type Directory = StorageState["directory"];

const FILE_BLOCK = 4096;

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
    for (const i of DIRECTORY_END)
      give(core, directory.blocks[i] ?? 0, (DIRECTORY[i] as (typeof DIRECTORY)[number])[1]);
    directory.blocks.length = 0;
  }
  dropNodes(core, nodes, 0);
  for (let i = file.length - 1; i >= 0; i--) give(core, file[i] ?? 0, (FILE[i] as (typeof FILE)[number])[1]);
}

/** Gives the file of an object with so many bytes of data the blocks it needs, or takes the surplus away. False: no room. */
export function fitNodes(core: Core, { nodes, object }: ObjectHandle, dataBytes: number): boolean {
  const wanted = Math.max(0, Math.ceil((HEAD_BYTES + object.attributes.length + dataBytes) / FILE_BLOCK) - 1);
  const before = nodes.length;
  while (nodes.length < wanted) {
    const node = take(core, SITES.node);
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
  const blocks: number[] = [];
  let done = true;
  for (const site of CRYPTO[what]) {
    const block = take(core, site);
    if (block === 0) done = false;
    else blocks.push(block);
  }
  for (const block of blocks.reverse()) give(core, block, CRYPTO_END);
  return done;
}

function dropNodes(core: Core, nodes: number[], keep: number): void {
  while (nodes.length > keep) give(core, nodes.pop() ?? 0, SITES.nodeEnd);
}

function takeAll(core: Core, sites: readonly (readonly [Site, Site])[]): number[] | null {
  const blocks: number[] = [];
  for (const [site] of sites) {
    const block = take(core, site);
    if (block === 0) {
      for (let i = blocks.length - 1; i >= 0; i--) give(core, blocks[i] ?? 0, (sites[i] as readonly [Site, Site])[1]);
      return null;
    }
    blocks.push(block);
  }
  return blocks;
}
