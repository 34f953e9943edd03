// What lies at an address that a TA must not touch: a block, a variable, a parameter, NULL.
import type { Finding } from "../../tee/monitor/finding.ts";
import type { CMemory } from "../instance/memory.ts";
import { NULL_BYTES, POISON, type Shadow } from "../instance/shadow.ts";
import type { TaModule } from "../module/ta_module.ts";
import { readStack } from "./code_stack.ts";
import type { CheckedBlock, HeapBlocks } from "./heap_blocks.ts";
import { stackVariable, type Variable } from "./variables.ts";

type FindingObject = NonNullable<Finding["object"]>;

/** What is known of the memory of an instance. */
export interface KnownMemory {
  readonly module: TaModule;
  readonly memory: CMemory;
  readonly shadow: Shadow;
  readonly blocks: HeapBlocks;
  readonly globals: readonly Variable[];
  /** Of the call that is being made. */
  readonly parameters: readonly Variable[];
}

/** The object next to the first byte of an access that is closed. `address` is where the access begins. */
export function touchedObject(known: KnownMemory, address: number, closed: number): FindingObject {
  const { memory, shadow, blocks } = known;
  if (address < NULL_BYTES) return { kind: "null", name: "", size: 0, offset: address };
  const code = shadow.codeAt(closed);
  if (blocks.holds(closed)) {
    const block = blocks.near(closed);
    return block === undefined ? unknown(address) : heapObject(known, block, address);
  }
  if (code === POISON.outside) return near("parameter", known.parameters, address);
  if (code === POISON.global) return near("global", known.globals, address);
  if (code >= 0xf1 && code <= 0xf8) {
    const variable = stackVariable(memory, shadow, closed);
    if (variable !== null) return near("stack", [variable], address);
  }
  // The first bytes of a granule are open: its last ones lie behind a global, or behind what is on the stack.
  if (code < 8) {
    const variable = stackVariable(memory, shadow, closed);
    if (variable !== null && isBeside(variable, closed)) return near("stack", [variable], address);
    return near("global", known.globals, address);
  }
  return unknown(address);
}

/** A block, with where it was allocated and freed. */
export function heapObject(
  { module }: Pick<KnownMemory, "module">,
  block: CheckedBlock,
  address: number,
): FindingObject {
  return {
    kind: "heap",
    name: "",
    size: block.size,
    offset: address - block.at,
    allocated: readStack(module, block.allocated()).stack,
    ...(block.freed === null ? {} : { freed: readStack(module, block.freed()).stack }),
  };
}

function isBeside({ at, size }: Variable, address: number): boolean {
  return address >= at && address < at + size + 32;
}

function near(kind: FindingObject["kind"], variables: readonly Variable[], address: number): FindingObject {
  let best: Variable | undefined;
  const distance = ({ at, size }: Variable): number =>
    address < at ? at - address : Math.max(0, address - (at + size) + 1);
  for (const one of variables) if (best === undefined || distance(one) < distance(best)) best = one;
  return best === undefined ? unknown(address) : { kind, name: best.name, size: best.size, offset: address - best.at };
}

function unknown(address: number): FindingObject {
  return { kind: "unknown", name: "", size: 0, offset: address };
}
