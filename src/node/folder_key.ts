// The key of a storage folder: the file `key`, which makes an object of this folder one of this folder.
import { createHash, randomBytes } from "node:crypto";
import { linkSync, lstatSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isOwnFile, readOwn, replaceOwn } from "./own_files.ts";

const KEY_BYTES = 32;
const FORM = /^teemem storage 2\n([0-9a-f]{64})\n([0-9a-f]{64})\n$/;

/** What the file is called. */
export const KEY_FILE = "key";
/** What it is called while the folder's objects of the first format get their checksums. */
const UPGRADING = "key.upgrade";

/** The folder's key; null if it has none, "damaged" if the file says so itself, or is no file of this user's. Throws the system's error. */
export function readKey(root: string): Uint8Array | null | "damaged" {
  return readFrom(root, KEY_FILE);
}

/** Puts the key into its folder, unless there is one. */
export function keepKey(root: string, key: Uint8Array): void {
  place(root, KEY_FILE, key);
}

/** The key that objects of the first format get their checksums with: a new one, or that of a time when it was not finished. */
export function upgradeKey(root: string): Uint8Array | "damaged" {
  place(root, UPGRADING, new Uint8Array(randomBytes(KEY_BYTES)));
  return readFrom(root, UPGRADING) ?? "damaged";
}

/** True if an upgrade was begun, and not finished. */
export function isUpgrading(root: string): boolean {
  return isThere(join(root, UPGRADING));
}

/** Every object has its checksum now: the key stays, or that of another program that was faster. */
export function endUpgrade(root: string): void {
  putFirst(join(root, UPGRADING), join(root, KEY_FILE));
  rmSync(join(root, UPGRADING), { force: true });
}

function readFrom(root: string, name: string): Uint8Array | null | "damaged" {
  const file = join(root, name);
  if (!isThere(file)) return null;
  if (!isOwnFile(file)) return "damaged";
  const text = Buffer.from(readOwn(file, 1000)).toString("latin1");
  const [, key = "", sum] = FORM.exec(text) ?? [];
  return sum !== undefined && sum === sumOf(key) ? new Uint8Array(Buffer.from(key, "hex")) : "damaged";
}

/** Writes a key into a file, unless there is one. */
function place(root: string, name: string, key: Uint8Array): void {
  if (isThere(join(root, name))) return;
  const hex = Buffer.from(key).toString("hex");
  const text = `teemem storage 2\n${hex}\n${sumOf(hex)}\n`;
  replaceOwn(root, join(root, name), new TextEncoder().encode(text), putFirst);
}

/** Gives a file a name too, unless there is one by that name: of several programs that do so the first one's stays. */
function putFirst(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some file systems have no links.
    if (!isThere(to)) renameSync(from, to);
  }
}

function sumOf(hex: string): string {
  return createHash("sha256").update(hex, "ascii").digest("hex");
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
