// Measured in the heap trace of the six examples of OP-TEE 4.0.0 on the reference board (QEMU arm64): milliseconds from the
// first to the last core heap event of a call, which map and unmap its arguments. Where a command was called more than once,
// the median. Opening contains loading.

/** Milliseconds of a trusted application's calls. */
export interface CallTimes {
  readonly open?: number;
  /** By command. */
  readonly invoke?: Readonly<Record<number, number>>;
  readonly close?: number;
}

/** By UUID. */
export const BOARD_CALLS: Readonly<Record<string, CallTimes>> = {
  // hello_world: increment. Decrement was not called; it does the same.
  "8aaaf200-2450-11e4-abe2-0002a5d5c51b": { open: 973, invoke: { 0: 7.4, 1: 7.4 }, close: 42 },
  // aes: prepare, set key, set IV, cipher.
  "5dbac793-f574-4871-8ad3-04331ec17f24": { open: 706, invoke: { 0: 31.3, 1: 11.5, 2: 9.3, 3: 7.6 }, close: 14.8 },
  // random: generate.
  "b6c53aba-9669-4668-a7f2-205629d00f86": { open: 617, invoke: { 0: 14.9 }, close: 16.7 },
  // secure_storage: read, write, delete.
  "f4e750bb-1437-4fbf-8785-8d3580c34994": { open: 676, invoke: { 0: 182, 1: 311, 2: 295 }, close: 13.3 },
  // hotp: register the key, get a value.
  "484d4143-2d53-4841-3120-4a6f636b6542": { open: 733, invoke: { 0: 4.9, 1: 17.8 }, close: 19.9 },
  // acipher: generate a key, encrypt.
  "a734eed9-d6a1-4244-aa50-7c99719e7b7b": { open: 678, invoke: { 0: 1272, 1: 48.4 }, close: 31.3 },
};
