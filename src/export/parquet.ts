// Exports a recording as parquet.
import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { STAT_FIELDS } from "../abi/fields.ts";
import { timeRuns } from "../analyze/time_runs.ts";
import type { ExportFormat } from "./format.ts";
import { EVENT_SCHEMA, eventCells, type ParquetCell } from "./parquet_events.ts";
import type { Selection } from "./selection.ts";
import { originOf } from "./selection_name.ts";

/** Rows that are encoded at once. */
const GROUP_ROWS = 65_536;

/** parquet: the table of csv with types, one row for each operation, or for each sample of the counters. */
export const parquet: ExportFormat = {
  name: "parquet",
  summary: "DuckDB, Polars, pandas: the table of csv, with types",
  gzip: "never",
  counters: "on request",
  *chunks(selection, { samples, onRows }) {
    const schema = samples ? SAMPLE_SCHEMA : EVENT_SCHEMA;
    const writer = new ByteWriter();
    const take = (): Uint8Array => {
      const bytes = writer.getBytes().slice();
      writer.index = 0;
      return bytes;
    };
    const root = { name: "schema", num_children: schema.length };
    const parquetWriter = new ParquetWriter({
      writer,
      schema: [root, ...schema],
      createdBy: "teemem",
      kvMetadata: [
        { key: "recording", value: originOf(selection) },
        { key: "optee", value: selection.recording.version },
      ],
    });
    let columns: ParquetCell[][] = schema.map(() => []);
    const flush = (): Uint8Array => {
      const columnData = schema.map(({ name }, n) => ({
        name,
        data: columns[n] as ParquetCell[],
        ...encodingOf(name),
      }));
      // Bytes are written at once: only other writers give a promise.
      void parquetWriter.write({ columnData, rowGroupSize: GROUP_ROWS });
      columns = schema.map(() => []);
      return take();
    };
    let rows = 0;
    for (const cells of samples ? sampleCells(selection) : allEvents(selection)) {
      for (const [n, cell] of cells.entries()) columns[n]?.push(cell);
      if (++rows % GROUP_ROWS !== 0) continue;
      onRows(rows);
      yield flush();
    }
    if (columns[0]?.length !== 0) yield flush();
    void parquetWriter.finish();
    yield take();
  },
};

/** Times ascend by little. */
function encodingOf(name: string): { readonly encoding?: "DELTA_BINARY_PACKED" } {
  return name === "time_us" ? { encoding: "DELTA_BINARY_PACKED" } : {};
}

function* allEvents({ heaps }: Selection): Generator<readonly ParquetCell[], void, void> {
  const cellsOf = heaps.map(eventCells);
  for (const { heap, from, to } of timeRuns(heaps)) {
    const cells = cellsOf[heap] as (row: number) => readonly ParquetCell[];
    for (let row = from; row < to; row++) yield cells(row);
  }
}

const SAMPLE_SCHEMA: readonly SchemaElement[] = [
  { name: "time_us", type: "INT64", repetition_type: "REQUIRED" },
  { name: "heap", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
  ...STAT_FIELDS.map(({ cName }): SchemaElement => {
    return { name: cName, type: "INT64", converted_type: "UINT_64", repetition_type: "OPTIONAL" };
  }),
];

function* sampleCells({ recording: { samples } }: Selection): Generator<readonly ParquetCell[], void, void> {
  for (const { time, heap, stats } of samples) {
    const counters = STAT_FIELDS.map(({ name }) => {
      const value = stats[name];
      return value === undefined ? null : BigInt(value);
    });
    yield [BigInt(time), heap, ...counters];
  }
}
