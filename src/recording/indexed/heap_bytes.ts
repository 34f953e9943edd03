// What is known of a heap as bytes.
import { BIN_COLUMNS, createBins, type KnownBins } from "./bins.ts";
import { packBlocks, unpackBlocks } from "./block_bytes.ts";
import { createLiveSet } from "./live_set.ts";
import type { createNumberWriter, NumberReader } from "./number_bytes.ts";
import type { HeapContext, HeapIndex, KeptSet } from "./recording_index.ts";
import { readTable, writeTable } from "./table_bytes.ts";

const NUMBERS = ["instance", "rows", "from", "to", "poolSize", "allocated", "refused", "found", "counted"] as const;
const POOL = ["address", "length", "time", "row"] as const;
const PEAK = ["time", "row"] as const;

/** Writes a heap. */
export function writeHeap(writer: ReturnType<typeof createNumberWriter>, heap: HeapIndex): void {
  const { kind, context, pools, peak, bins, live, kept } = heap;
  writer.text(kind);
  writer.text(context.name);
  for (const field of NUMBERS) writer.number(heap[field]);
  // Of samples that know no bytes there is none.
  writer.number(peak.allocated + 1);
  for (const field of PEAK) writer.number(peak[field]);
  writeTable(writer, pools, POOL, []);
  writer.number(bins.each);
  writer.number(bins.filled);
  for (const column of BIN_COLUMNS) writer.column(bins[column]);
  writer.bytes(packBlocks(live));
  writeTable(writer, kept, ["batch", "time"], []);
  for (const { bytes } of kept) writer.bytes(bytes);
}

/** Reads what `writeHeap` wrote. */
export function readHeap(reader: NumberReader, contextOf: (name: string) => HeapContext): HeapIndex {
  const kind = reader.text() === "samples" ? "samples" : "events";
  const context = contextOf(reader.text());
  const numbers = Object.fromEntries(NUMBERS.map((field) => [field, reader.number()]));
  const peak = { allocated: reader.number() - 1, time: reader.number(), row: reader.number() };
  const pools = readTable(reader, POOL, []) as unknown as HeapIndex["pools"];
  const [each, filled] = [reader.number(), reader.number()];
  const columns = Object.fromEntries(BIN_COLUMNS.map((column) => [column, reader.column()]));
  const bins = createBins({ columns: columns as unknown as KnownBins["columns"], each, filled });
  const { allocated, blocks } = unpackBlocks(reader.bytes());
  const sets = readTable(reader, ["batch", "time"], []);
  const kept = sets.map((set) => ({ ...set, bytes: reader.bytes().slice() })) as unknown as KeptSet[];
  const known = numbers as unknown as Pick<HeapIndex, (typeof NUMBERS)[number]>;
  return { kind, context, ...known, peak, pools, bins, live: createLiveSet(blocks, allocated), kept };
}
