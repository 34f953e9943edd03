// How a call hands back what it wrote: a length goes in and comes out, and SHORT_BUFFER tells the length that is needed.
import { TEE } from "../../abi/errors.ts";
import type { Handle, Written } from "../../tee/svc/reply.ts";
import type { UserMemory } from "./user_memory.ts";

/** Lets `work` write to the buffer at `into`, whose size, 64 bits, is at `sizeAt`. */
export function writing(memory: UserMemory, into: number, sizeAt: number, work: (room: Uint8Array) => Written): number {
  const { code, size } = work(memory.output(into, memory.readLength(sizeAt)));
  if (code === TEE.SUCCESS || code === TEE.SHORT_BUFFER) memory.writeLength(sizeAt, size);
  return code;
}

/** The same where NULL for the size stands for 0 bytes, and nothing is told then. */
export function writingMaybe(
  memory: UserMemory,
  into: number,
  sizeAt: number,
  work: (room: Uint8Array) => Written,
): number {
  return sizeAt === 0 ? work(new Uint8Array(0)).code : writing(memory, into, sizeAt, work);
}

/** Writes the new handle to `at`; where that is no memory, `undo` takes it away again. */
export function handing(
  memory: UserMemory,
  at: number,
  { code, handle }: Handle,
  undo: (handle: number) => void,
): number {
  if (code !== TEE.SUCCESS) return code;
  try {
    memory.writeOwnWord(at, handle);
  } catch (error) {
    undo(handle);
    throw error;
  }
  return code;
}
