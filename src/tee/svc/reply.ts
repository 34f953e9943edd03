// The results of system calls: a TEE code and, with SUCCESS, the values that the C call writes.
import { TEE } from "../../abi/errors.ts";

/** A code and, where it is SUCCESS, a handle; else 0. */
export interface Handle {
  readonly code: number;
  readonly handle: number;
}

/** A code and the bytes written; with SHORT_BUFFER the bytes that would have been, and nothing is changed. */
export interface Written {
  readonly code: number;
  readonly size: number;
}

/** TEE_ObjectInfo. Sizes of keys in bits, of data in bytes. */
export interface ObjectInfo {
  readonly objectType: number;
  readonly keySize: number;
  readonly maxKeySize: number;
  /** Bits of `USAGE`. */
  readonly usage: number;
  readonly dataSize: number;
  readonly dataPosition: number;
  /** Bits of `HANDLE_FLAG`. */
  readonly handleFlags: number;
}

/** Ends a system call in its middle, with its code. It never leaves svc/. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly code: number;

  constructor(code: number, why: string) {
    super(why);
    this.code = code;
  }
}

/** Ends the call. */
export function refuse(why: string, code: number = TEE.BAD_STATE): never {
  throw new Refused(code, why);
}

/** The code of a call that may end in its middle. */
export function coded(work: () => number): number {
  return replied({}, () => ({ code: work() })).code;
}

/** The reply of a call that may end in its middle: then with `none` beside the code. */
export function replied<T extends object>(
  none: T,
  work: () => T & { readonly code: number },
): T & { readonly code: number } {
  try {
    return work();
  } catch (error) {
    return refusal(error, none);
  }
}

/** The same for a call that waits. */
export async function codedLater(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return refusal(error, {}).code;
  }
}

function refusal<T extends object>(error: unknown, none: T): T & { readonly code: number } {
  if (error instanceof Refused) return { ...none, code: error.code };
  throw error;
}

/** Writes data where it fits. */
export function put(data: Uint8Array, into: Uint8Array): Written {
  if (data.length > into.length) return { code: TEE.SHORT_BUFFER, size: data.length };
  into.set(data);
  return { code: TEE.SUCCESS, size: data.length };
}
