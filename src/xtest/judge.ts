// What a block that was read stands for, and which of its figures are not to be believed.
import { COUNTERS } from "../malloc/counters.ts";
import type { TextFault } from "./fault.ts";
import type { PrintedBlock } from "./forms.ts";
import { isOver, type OpenBlock } from "./open_block.ts";
import { LABELLED_RULES } from "./rules.ts";
import type { PrintedRecord } from "./stat_lines.ts";

/** `undefined` for a block that has nothing to tell. */
interface Judged {
  readonly block: PrintedBlock | undefined;
  readonly faults: readonly TextFault[];
}

const HEX = /[:=|\s](?:\d{1,7}[a-f]|[a-f]{1,7}\d)[\da-f]{0,6}(?:\.{3})?$/i;

/** Builds the block; `cut` where the text ends. */
export function judge(open: OpenBlock, cut: boolean): Judged {
  const { form, seen, to } = open;
  const torn = tornLabel(open);
  if (torn !== undefined) seen.set(LABELLED_RULES.allocated, { ...torn, value: undefined });
  const faults: TextFault[] =
    torn === undefined ? [] : [{ line: to, expected: LABELLED_RULES.allocated.expected, found: `"${torn.text}"` }];
  const block = form.build((rule) => seen.get(rule)?.value);
  const marked = cut && !isOver(open) ? mapHeap(block, (heap) => ({ ...heap, cut: true })) : block;
  const heap = heapOf(block);
  if (open.mixed || isHex(open)) return { block: mapHeap(marked, withoutCounters), faults };
  const fault = heap === undefined ? undefined : tooMuch(heap, to);
  if (fault === undefined) return { block: marked, faults };
  return { block: mapHeap(marked, withoutCounters), faults: [...faults, fault] };
}

/** `bytes allocated` between labels with capitals is what was left of `Max bytes allocated`, or may be. */
function tornLabel({ seen }: OpenBlock) {
  const item = seen.get(LABELLED_RULES.allocated);
  if (item?.small !== true || item.value === undefined) return undefined;
  const others = [...seen.values()].filter((one) => one !== item);
  return others.some(({ small }) => small) ? undefined : item;
}

/** Hexadecimal digits without a sign that says so: those of other lines may look like decimal ones. */
function isHex({ seen }: OpenBlock): boolean {
  return [...seen.values()].some(({ value, text }) => value === undefined && HEX.test(text));
}

function heapOf(block: PrintedBlock | undefined): PrintedRecord | undefined {
  return block?.kind === "alloc" ? block.value : block?.kind === "ta" ? block.value.heap : undefined;
}

/** The block with another heap; a pool of which nothing is known is none. */
function mapHeap(
  block: PrintedBlock | undefined,
  change: (heap: PrintedRecord) => PrintedRecord,
): PrintedBlock | undefined {
  if (block?.kind === "ta") return { kind: "ta", value: { ...block.value, heap: change(block.value.heap) } };
  if (block?.kind !== "alloc") return block;
  const value = change(block.value);
  return COUNTERS.every((name) => value[name] === undefined) ? undefined : { kind: "alloc", value };
}

function withoutCounters({ name, cut }: PrintedRecord): PrintedRecord {
  return cut === undefined ? { name } : { name, cut };
}

/** No pool has more allocated than it has: then a digit is damaged, and nobody knows which. */
function tooMuch(
  { allocated = 0, maxAllocated = 0, biggestFailureUsed = 0, size }: PrintedRecord,
  line: number,
): TextFault | undefined {
  const most = Math.max(allocated, maxAllocated, biggestFailureUsed);
  if (size === undefined || most <= size) return undefined;
  return { line, expected: `no more than the pool's ${size} bytes`, found: String(most) };
}
