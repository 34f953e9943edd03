// Exports a recording as json.
import { readCallStack } from "../base/call_stack.ts";
import { operationName } from "../malloc/operation.ts";
import type { Site } from "../replay/trace_columns.ts";
import { eventRows } from "./event_rows.ts";
import type { ExportFormat } from "./format.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { createText, type Text } from "./text.ts";

/** Version of the shape below; docs/export.md explains it. */
const JSON_VERSION = 1;

/** json: everything that the recording has, heap by heap, one event a line. Addresses are numbers. */
export const json: ExportFormat = {
  name: "json",
  summary: "jq and programs of your own: everything, heap by heap",
  gzip: "by name",
  counters: "always",
  *chunks(selection, { onRows }) {
    const { recording, heaps, mark } = selection;
    const text = createText();
    const head = {
      format: "teemem",
      version: JSON_VERSION,
      recording: recording.origin,
      optee: recording.version,
      mark,
    };
    text.add(`${JSON.stringify(head).slice(0, -1)},\n"heaps":[`);
    let done = 0;
    for (const [n, heap] of heaps.entries()) {
      if (n > 0) text.add(",");
      yield* heapOf(heap, text, (rows) => onRows(done + rows));
      done += heap.range.to - heap.range.from;
    }
    text.add("],\n");
    yield* list("entries", entriesOf(selection), text);
    text.add(",\n");
    yield* list("samples", samplesOf(selection), text);
    text.add("}\n");
    yield text.take();
  },
};

function* heapOf(
  { trace, range }: SelectedHeap,
  text: Text,
  onRows: (rows: number) => void,
): Generator<string, void, void> {
  const rowOf = eventRows(trace);
  const instances = trace.instances.map(({ number, first, last, pools }) => {
    return { number, first, last, pools: pools.map(({ row, address, length }) => ({ row, address, length })) };
  });
  const head = { heap: trace.context, from: range.from, to: range.to, instances, marks: trace.marks };
  text.add(
    `\n${JSON.stringify({ ...head, sites: trace.sites.map(siteOf), threads: trace.threads }).slice(0, -1)},"events":[`,
  );
  for (let row = range.from; row < range.to; row++) {
    const { rows, at, block, bytes } = rowOf(row);
    text.add(
      `${row === range.from ? "" : ","}\n${JSON.stringify({
        row,
        time: rows.time[at],
        instance: rows.instance[at],
        op: operationName(rows.op[at] as number),
        pointer: rows.pointer[at],
        size: rows.size[at],
        arg: rows.arg[at],
        result: rows.result[at],
        allocated: rows.allocated[at],
        ...(block < 0 ? {} : { block, bytes }),
        site: rows.site[at],
        thread: rows.thread[at],
      })}`,
    );
    if (!text.full()) continue;
    onRows(row - range.from);
    yield text.take();
  }
  text.add("]}");
}

/** A call site; who called it is a list, the innermost first. */
function siteOf({ stack, ...site }: Site): object {
  return stack === undefined ? site : { ...site, stack: readCallStack(stack) };
}

function* entriesOf({ recording, heaps }: Selection): Generator<unknown, void, void> {
  for (const { trace, ...entry } of recording.entries) {
    const at = heaps.findIndex(({ index }) => index === trace);
    const range = heaps[at]?.range;
    if (range && entry.from <= range.to && entry.to >= range.from) yield { heap: at, ...entry };
  }
}

/** A sum of squares may be beyond what JSON's readers take for a number, so it is a string. */
function* samplesOf({ recording: { samples } }: Selection): Generator<unknown, void, void> {
  for (const { time, heap, stats } of samples) {
    const { free2Sum, ...counters } = stats;
    yield { time, heap, ...counters, ...(free2Sum === undefined ? {} : { free2Sum: String(free2Sum) }) };
  }
}

function* list(name: string, values: Iterable<unknown>, text: Text): Generator<string, void, void> {
  text.add(`"${name}":[`);
  let first = true;
  for (const value of values) {
    text.add(`${first ? "" : ","}\n${JSON.stringify(value)}`);
    first = false;
    if (text.full()) yield text.take();
  }
  text.add("]");
}
