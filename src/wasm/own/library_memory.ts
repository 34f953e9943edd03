// The memory of a TA in the words of the TEE Internal Core API: sizes and handles are words, and where there is none, it panics.
import { TEE } from "../../abi/errors.ts";
import type { Written } from "../../tee/svc/reply.ts";
import { ACCESS, type UserMemory } from "../calls/user_memory.ts";
import type { CMemory } from "../instance/memory.ts";

/** Bytes that the TA passes, and what is handed back to it. */
export interface LibraryMemory extends CMemory {
  /** Bytes of a size behind a pointer or in a structure: a word, or 4 for a TA that was written for version 1.1. */
  readonly sizeBytes: 4 | 8;
  sizeAt(at: number): number;
  /** A structure, or what is handed on: only what is read of it must have been written. */
  passed(at: number, length: number): Uint8Array;
  /** A view to read from; no bytes for none. */
  input(at: number, length: number): Uint8Array;
  /** A view to read from and write to. */
  output(at: number, length: number): Uint8Array;
  /** Words of 32 bits, one after the other. */
  putWords(at: number, ...words: readonly number[]): void;
  putSize(at: number, value: number): void;
  /** A handle, which is a word. */
  putHandle(at: number, value: number): void;
  /** With a code of SUCCESS, stores the handle; the code. */
  handed(at: number, code: number, handle: number): number;
  /** Lets `work` write to `into`, whose size is at `sizeAt`, and stores there what it used or needs. Its code. */
  written(into: number, sizeAt: number, work: (room: Uint8Array) => Written): number;
}

export function libraryMemory(memory: CMemory, user: UserMemory, sizeBytes: 4 | 8): LibraryMemory {
  const rights = ACCESS.READ | ACCESS.WRITE | ACCESS.ANY_OWNER;
  const put = (at: number, value: number, bytes: 4 | 8): void => {
    user.need(rights, at, bytes);
    if (bytes === 8) memory.setU64(at, value);
    else memory.setU32(at, value);
  };
  const sizeAt = sizeBytes === 8 ? memory.u64 : memory.u32;
  return {
    ...memory,
    sizeBytes,
    sizeAt,
    passed: (at, length) => user.passed(ACCESS.READ | ACCESS.ANY_OWNER, at, length),
    input: user.input,
    output: user.output,
    putWords(at, ...words) {
      user.need(rights, at, 4 * words.length);
      for (const [n, word] of words.entries()) memory.setU32(at + 4 * n, word);
    },
    putSize: (at, value) => put(at, value, sizeBytes),
    putHandle: (at, value) => put(at, value, memory.word),
    handed(at, code, handle) {
      if (code === TEE.SUCCESS) put(at, handle, memory.word);
      return code;
    },
    written(into, at, work) {
      user.need(rights, at, sizeBytes);
      const { code, size } = work(user.output(into, sizeAt(at)));
      if (code === TEE.SUCCESS || code === TEE.SHORT_BUFFER) put(at, size, sizeBytes);
      return code;
    },
  };
}
