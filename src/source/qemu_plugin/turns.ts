// Finds the functions by which a TA is entered, and where their calls return to.
import type { ElfFile } from "../../debug_info/elf_file.ts";
import { findCalls } from "./call_sites.ts";

/** A function by which a TA is entered. */
interface Turn {
  readonly address: number;
  /** As recordings name it: create, open, invoke, close, destroy. */
  readonly name: string;
  /** The number of the argument that is the command; -1 for none. */
  readonly command: number;
  /** It returns a code; others return nothing. */
  readonly coded: boolean;
}

/** Entry points of TAs (GlobalPlatform TEE Internal Core API 1.3, 4.3). */
const POINTS: Readonly<Record<string, Omit<Turn, "address">>> = {
  TA_CreateEntryPoint: { name: "create", command: -1, coded: true },
  TA_OpenSessionEntryPoint: { name: "open", command: -1, coded: true },
  TA_InvokeCommandEntryPoint: { name: "invoke", command: 1, coded: true },
  TA_CloseSessionEntryPoint: { name: "close", command: -1, coded: false },
  TA_DestroyEntryPoint: { name: "destroy", command: -1, coded: false },
};

/** Those of a TA. */
export function findTurns({ symbols }: ElfFile): Turn[] {
  return symbols.flatMap(({ name, address, func, size }) => {
    const point = func && size > 0 && Object.hasOwn(POINTS, name) ? POINTS[name] : undefined;
    return point === undefined ? [] : [{ address, ...point }];
  });
}

/** Link addresses behind the calls of them. */
export function backsOf(elf: ElfFile, turns: readonly Turn[]): number[] {
  const addresses = turns.map(({ address }) => address);
  return addresses.length === 0 ? [] : findCalls(elf, addresses, []).map(({ address }) => address);
}
