// Marks and entries of heaps while a recording is indexed.
import { RecordingDamage } from "../buffers.ts";
import type { HeapContext, RecordingIndex } from "./recording_index.ts";

/** Where an entry begins or ends. */
interface EntryEnd {
  /** Microseconds. */
  readonly time: number;
  /** Next row of the heap. */
  readonly row: number;
  /** Row of the recording. */
  readonly position: number;
}

const MAX_ENTRIES = 2 ** 20;

/** The context with this name, made where there is none. */
export function contextOf({ contexts }: RecordingIndex, name: string): HeapContext {
  const known = contexts.get(name);
  if (known !== undefined) return known;
  const context: HeapContext = { name, latest: -1, entered: new Map() };
  contexts.set(name, context);
  return context;
}

/** The open entries of an instance. */
function enteredIn(context: HeapContext, instance: number): number[] {
  const known = context.entered.get(instance) ?? [];
  context.entered.set(instance, known);
  return known;
}

/** An instance is entered, before the row `row` of it, by the row `position` of the recording. */
export function openEntry(
  { entries }: RecordingIndex,
  context: HeapContext,
  instance: number,
  name: string,
  at: EntryEnd,
): void {
  if (entries.length === MAX_ENTRIES) throw new RecordingDamage(`more than ${MAX_ENTRIES} entries into TAs`);
  enteredIn(context, instance).push(entries.length);
  entries.push({
    context: context.name,
    instance,
    name,
    from: at.time,
    to: -1,
    fromRow: at.row,
    toRow: -1,
    fromPosition: at.position,
    toPosition: -1,
  });
}

/** The last entry with this name is left. */
export function closeEntry(
  { entries }: RecordingIndex,
  context: HeapContext,
  instance: number,
  name: string,
  { time, row, position }: EntryEnd,
): void {
  const open = enteredIn(context, instance);
  const last = open.findLastIndex((index) => entries[index]?.name === name);
  const entry = entries[open[last] ?? -1];
  if (entry === undefined) return;
  entry.to = time;
  entry.toRow = row;
  entry.toPosition = position;
  open.splice(last, 1);
}
