// Measured in the heap traces of the six examples and of xtest of OP-TEE 4.0.0 on the reference board (QEMU arm64): milliseconds
// from the first to the last core heap event of a call, which map and unmap its arguments. Where a command was called more than
// once, the median. Opening contains loading.

import { CRYPT, CRYPT_UUID } from "../tee/apps/crypt/commands.ts";

/** Milliseconds of a TA's calls. */
export interface CallTimes {
  readonly open?: number;
  /** By command. */
  readonly invoke?: Readonly<Record<number, number>>;
  readonly close?: number;
}

/**
 * The crypto test TA: means over `xtest 4001` to `4006` (derived keys: 4009). What the core's operations do not tell
 * apart shares a mean, by the number of its buffers.
 */
const CRYPT_CALLS: Readonly<Record<number, number>> = {
  [CRYPT.ALLOCATE_OPERATION]: 5.3,
  [CRYPT.FREE_OPERATION]: 5,
  [CRYPT.GET_OPERATION_INFO]: 4.2,
  [CRYPT.RESET_OPERATION]: 2.8,
  [CRYPT.SET_OPERATION_KEY]: 2.8,
  [CRYPT.SET_OPERATION_KEY2]: 2.8,
  [CRYPT.COPY_OPERATION]: 2.8,
  [CRYPT.ALLOCATE_TRANSIENT_OBJECT]: 3,
  [CRYPT.FREE_TRANSIENT_OBJECT]: 2.6,
  [CRYPT.POPULATE_TRANSIENT_OBJECT]: 6,
  [CRYPT.GET_OBJECT_INFO]: 2.1,
  [CRYPT.GET_OBJECT_BUFFER_ATTRIBUTE]: 2.1,
  [CRYPT.GET_OBJECT_VALUE_ATTRIBUTE]: 1.1,
  [CRYPT.DIGEST_UPDATE]: 4.2,
  [CRYPT.DIGEST_DO_FINAL]: 5.5,
  [CRYPT.CIPHER_INIT]: 4.2,
  [CRYPT.CIPHER_UPDATE]: 5.5,
  [CRYPT.CIPHER_DO_FINAL]: 5.5,
  [CRYPT.MAC_INIT]: 4.2,
  [CRYPT.MAC_UPDATE]: 4.2,
  [CRYPT.MAC_FINAL_COMPUTE]: 5.5,
  [CRYPT.MAC_FINAL_COMPARE]: 5.5,
  [CRYPT.AE_INIT]: 4.2,
  [CRYPT.AE_UPDATE_AAD]: 4.2,
  [CRYPT.AE_UPDATE]: 5.5,
  [CRYPT.AE_ENCRYPT_FINAL]: 6.3,
  [CRYPT.AE_DECRYPT_FINAL]: 7.3,
  [CRYPT.ASYMMETRIC_ENCRYPT]: 426,
  [CRYPT.ASYMMETRIC_DECRYPT]: 1483,
  [CRYPT.ASYMMETRIC_SIGN_DIGEST]: 943,
  [CRYPT.ASYMMETRIC_VERIFY_DIGEST]: 174,
  [CRYPT.DERIVE_KEY]: 1034,
  [CRYPT.RANDOM_NUMBER_GENERATE]: 8.6,
};

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
  [CRYPT_UUID]: { open: 548, invoke: CRYPT_CALLS, close: 18.4 },
};
