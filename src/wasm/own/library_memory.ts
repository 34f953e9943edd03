// The memory of a TA in the words of the TEE Internal Core API: sizes and handles are words, and where there is none, it panics.
import { TEE } from "../../abi/errors.ts";
import type { Written } from "../../tee/svc/reply.ts";
import { ACCESS, type UserMemory } from "../calls/user_memory.ts";
import type { CMemory } from "../instance/memory.ts";

/** Bytes that the TA passes, and what is handed back to it. */
export interface LibraryMemory extends CMemory {
  /** A view to read from; no bytes for none. */
  input(at: number, length: number): Uint8Array;
  /** A view to read from and write to. */
  output(at: number, length: number): Uint8Array;
  /** Words of 32 bits, one after the other. */
  putWords(at: number, ...words: readonly number[]): void;
  /** A size or a handle. */
  putSize(at: number, value: number): void;
  /** With a code of SUCCESS, stores the handle; the code. */
  handed(at: number, code: number, handle: number): number;
  /** Lets `work` write to `into`, whose size is at `sizeAt`, and stores there what it used or needs. Its code. */
  written(into: number, sizeAt: number, work: (room: Uint8Array) => Written): number;
}

export function libraryMemory(memory: CMemory, user: UserMemory): LibraryMemory {
  const rights = ACCESS.READ | ACCESS.WRITE | ACCESS.ANY_OWNER;
  const putSize = (at: number, value: number): void => {
    user.need(rights, at, memory.word);
    memory.setSize(at, value);
  };
  return {
    ...memory,
    input: user.input,
    output: user.output,
    putWords(at, ...words) {
      user.need(rights, at, 4 * words.length);
      for (const [n, word] of words.entries()) memory.setU32(at + 4 * n, word);
    },
    putSize,
    handed(at, code, handle) {
      if (code === TEE.SUCCESS) putSize(at, handle);
      return code;
    },
    written(into, sizeAt, work) {
      user.need(rights, sizeAt, memory.word);
      const { code, size } = work(user.output(into, memory.size(sizeAt)));
      if (code === TEE.SUCCESS || code === TEE.SHORT_BUFFER) memory.setSize(sizeAt, size);
      return code;
    },
  };
}
