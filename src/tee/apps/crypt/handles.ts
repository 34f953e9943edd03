// Tables of handles as optee_test 4.0.0's crypto TA keeps them: words in its heap, four at first, then doubled.
import type { InternalApi } from "../../utee/internal_api.ts";

type Memory = Pick<InternalApi, "realloc" | "view">;

const WORD = 8;
const FIRST_WORDS = 4;
const SITE = "ta/crypt/handle.c:48";

/** Its block in the TA's heap, 0 before the first handle; it stays until the instance ends. */
export interface HandleTable {
  block: number;
  words: number;
}

/** An empty table; it takes no memory yet. */
export function createHandleTable(): HandleTable {
  return { block: 0, words: 0 };
}

/** Enters a handle of the library in the first free place. Returns its number, from 1 on, or 0 if the heap has no room. */
export function addToTable(tee: Memory, table: HandleTable, handle: number): number {
  let place = 0;
  while (place < table.words && read(tee, table, place) !== 0) place++;
  if (place === table.words && !grow(tee, table)) return 0;
  write(tee, table, place, handle);
  return place + 1;
}

/** The library's handle behind a number, 0 for TEE_HANDLE_NULL; null for a number that nobody was given. */
export function handleOf(tee: Memory, table: HandleTable, number: number): number | null {
  if (number === 0) return 0;
  if (number > table.words) return null;
  return read(tee, table, number - 1) || null;
}

/** Gives a number back. */
export function dropFromTable(tee: Memory, table: HandleTable, number: number): void {
  if (number > 0 && number <= table.words) write(tee, table, number - 1, 0);
}

function grow(tee: Memory, table: HandleTable): boolean {
  const words = table.words === 0 ? FIRST_WORDS : 2 * table.words;
  const block = tee.realloc(table.block, WORD * words, SITE);
  if (block === 0) return false;
  tee.view(block + WORD * table.words, WORD * (words - table.words)).fill(0);
  table.block = block;
  table.words = words;
  return true;
}

function place(tee: Memory, { block }: HandleTable, n: number): DataView {
  const { buffer, byteOffset, byteLength } = tee.view(block + WORD * n, WORD);
  return new DataView(buffer, byteOffset, byteLength);
}

function read(tee: Memory, table: HandleTable, n: number): number {
  return place(tee, table, n).getUint32(0, true);
}

function write(tee: Memory, table: HandleTable, n: number, handle: number): void {
  place(tee, table, n).setUint32(0, handle, true);
}
