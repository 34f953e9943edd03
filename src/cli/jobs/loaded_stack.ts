// Call stacks, and where the programs lay in which their addresses are.
import type { CoreStack } from "../../xtest/core_stack.ts";
import type { TaDump } from "../../xtest/ta_dump.ts";

/** A call stack and the files that its addresses lie in; the core is one file, whose address is `load`. */
export interface LoadedStack extends CoreStack {
  readonly ta?: string;
  /** The TA and its libraries, with the address each was loaded to. */
  readonly files: TaDump["files"];
}

/** The stack of a TA that was ended. Its program lies at the addresses of its files. */
export function taStack({ uuid, line, callStack, files, panic, abort }: TaDump): LoadedStack {
  return { ta: uuid, line, why: whyOf(panic, abort), load: undefined, addresses: callStack, files };
}

function whyOf(panic: TaDump["panic"], abort: TaDump["abort"]): string {
  if (abort !== undefined) return `${abort.kind} abort at 0x${abort.address.toString(16)} (${abort.fault})`;
  return panic === undefined ? "" : `panic with code 0x${panic.toString(16)}`;
}

/** Addresses of a stack, by their numbers, in a file that was loaded to one place. */
interface StackPart {
  readonly load: number | undefined;
  readonly which: readonly number[];
}

/** The part in the file of this UUID; without one all of it, which is the core's. */
export function partIn({ addresses, files, load }: LoadedStack, uuid: string | undefined): StackPart[] {
  if (uuid === undefined) return [{ load, which: addresses.map((_, n) => n) }];
  const file = files.find((one) => one.uuid === uuid);
  if (file === undefined) return [];
  const later = files.map(({ address }) => address).filter((address) => address > file.address);
  const end = Math.min(...later, Number.POSITIVE_INFINITY);
  const which = addresses.flatMap((address, n) => (address >= file.address && address < end ? [n] : []));
  return which.length === 0 ? [] : [{ load: file.address, which }];
}
