// The TA's memory as the core may touch it: OP-TEE 4.0.0 core/kernel/user_access.c and core/mm/vm.c. What the TA may not
// touch itself ends a call with ACCESS_DENIED, upon which the TA's library panics.
import { TEE } from "../../abi/errors.ts";
import type { TeeTime } from "../../abi/time.ts";
import { TaPanic } from "../../tee/kernel/panic.ts";
import { refuse } from "../../tee/svc/reply.ts";
import type { CMemory } from "../instance/memory.ts";

/** TEE_MEMORY_ACCESS_…, and OP-TEE's two more. */
export const ACCESS = { READ: 1, WRITE: 2, ANY_OWNER: 4, NONSECURE: 0x10000000, SECURE: 0x20000000 } as const;

const ALL = ACCESS.READ | ACCESS.WRITE | ACCESS.ANY_OWNER;

/** Memory in the words of the calls. "Own": not what the TA's caller shares; a client could change it meanwhile. */
export interface UserMemory {
  /** Ends the call unless the TA has these rights (`ACCESS`). */
  need(rights: number, at: number, length: number): void;
  /** A view that others will read or write to: what of it they do touch is theirs. */
  passed(rights: number, at: number, length: number): Uint8Array;
  /** A view to read from; no bytes for none. */
  input(at: number, length: number): Uint8Array;
  /** A view to read from and write to. */
  output(at: number, length: number): Uint8Array;
  /** The same in memory of the TA's own. */
  ownInput(at: number, length: number): Uint8Array;
  write(at: number, data: Uint8Array): void;
  writeOwn(at: number, data: Uint8Array): void;
  /** A word of 32 bits, such as a handle, in memory of the TA's own. */
  writeOwnWord(at: number, value: number): void;
  /** Where that cannot be, nothing happens. */
  tryWriteOwnWord(at: number, value: number): void;
  readWord(at: number): number;
  writeWord(at: number, value: number): void;
  /** A length, which is 64 bits everywhere. OVERFLOW if the TA's words cannot hold it. */
  readLength(at: number): number;
  writeLength(at: number, value: number): void;
  writeOwnLength(at: number, value: number): void;
  /** TEE_Time. */
  readOwnTime(at: number): TeeTime;
  writeOwnTime(at: number, time: TeeTime): void;
}

/** The rights of the TA to some bytes: SUCCESS or ACCESS_DENIED. */
export function accessRights(memory: CMemory, flags: number, at: number, length: number): number {
  const contrary = ACCESS.SECURE | ACCESS.NONSECURE;
  if ((flags & contrary) === contrary || at + length > 2 ** (8 * memory.word)) return TEE.ACCESS_DENIED;
  const own = length === 0 ? isMapped(memory, at, 1) && memory.own(at, 1) : memory.own(at, length);
  if ((flags & ACCESS.ANY_OWNER) === 0 && !own) return TEE.ACCESS_DENIED;
  if (length === 0) return TEE.SUCCESS;
  if (!isMapped(memory, at, length)) return TEE.ACCESS_DENIED;
  if ((flags & ACCESS.NONSECURE) !== 0 && own) return TEE.ACCESS_DENIED;
  if ((flags & ACCESS.SECURE) !== 0 && !own) return TEE.ACCESS_DENIED;
  return (flags & ACCESS.WRITE) === 0 || memory.writable(at, length) ? TEE.SUCCESS : TEE.ACCESS_DENIED;
}

/** The memory of an instance. Long: one entry for each way of touching it. */
export function userMemory(memory: CMemory): UserMemory {
  const need = (flags: number, at: number, length: number): void => {
    const code = accessRights(memory, flags, at, length);
    if (code !== TEE.SUCCESS) refuse(`no access to ${length} bytes at 0x${at.toString(16)}`, code);
  };
  const view = (flags: number, at: number, length: number): Uint8Array => {
    need(flags, at, length);
    if (length === 0) return new Uint8Array(0);
    memory.touched(at, length, (flags & ACCESS.WRITE) !== 0);
    return memory.bytes(at, length);
  };
  const words = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { READ, WRITE, ANY_OWNER } = ACCESS;
  return {
    need,
    passed(rights, at, length) {
      need(rights, at, length);
      return length === 0 ? new Uint8Array(0) : memory.bytes(at, length);
    },
    input: (at, length) => view(READ | ANY_OWNER, at, length),
    output: (at, length) => view(ALL, at, length),
    ownInput: (at, length) => (length === 0 ? new Uint8Array(0) : view(READ, at, length)),
    write: (at, data) => view(WRITE | ANY_OWNER, at, data.length).set(data),
    writeOwn: (at, data) => view(WRITE, at, data.length).set(data),
    writeOwnWord: (at, value) => words(view(WRITE, at, 4)).setUint32(0, value, true),
    tryWriteOwnWord(at, value) {
      if (accessRights(memory, WRITE, at, 4) === TEE.SUCCESS) memory.setU32(at, value);
    },
    readWord: (at) => words(view(READ | ANY_OWNER, at, 4)).getUint32(0, true),
    writeWord: (at, value) => words(view(WRITE | ANY_OWNER, at, 4)).setUint32(0, value, true),
    readLength(at) {
      const value = Number(words(view(READ | ANY_OWNER, at, 8)).getBigUint64(0, true));
      return value < 2 ** (8 * memory.word) ? value : refuse("the length has more than 32 bits", TEE.OVERFLOW);
    },
    writeOwnLength: (at, value) => words(view(WRITE, at, 8)).setBigUint64(0, BigInt(value), true),
    writeLength: (at, value) => words(view(WRITE | ANY_OWNER, at, 8)).setBigUint64(0, BigInt(value), true),
    readOwnTime(at) {
      const time = words(view(READ, at, 8));
      return { seconds: time.getUint32(0, true), millis: time.getUint32(4, true) };
    },
    writeOwnTime(at, { seconds, millis }) {
      const time = words(view(WRITE, at, 8));
      time.setUint32(0, seconds, true);
      time.setUint32(4, millis, true);
    },
  };
}

/** True for memory that there is. Nothing lies at NULL. */
function isMapped(memory: CMemory, at: number, length: number): boolean {
  if (at === 0) return false;
  try {
    memory.u8(at);
    memory.u8(at + length - 1);
    return true;
  } catch (error) {
    if (error instanceof TaPanic) return false;
    throw error;
  }
}
