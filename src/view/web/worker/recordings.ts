// The recordings that are open in the worker, by the page's name for them.
import { err, ok, type Result } from "../../../base/result.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";
import { indexOf } from "../../../recording/indexed/indexed_view.ts";
import { bytesInMemory, type RangeBytes } from "../../../recording/indexed/range_bytes.ts";
import type { PageWork } from "./answering.ts";
import type { FileFacts, FilePlace } from "./questions.ts";
import { blobBytes, embeddedBytes, httpBytes } from "./range_bytes.ts";

type OpenIndexed = (
  bytes: RangeBytes,
  options: { name: string; index?: Uint8Array; progress(part: number): void; signal: AbortSignal },
) => Promise<Result<IndexedRecording>>;

export interface Recordings {
  open(file: string, name: string, place: FilePlace, work: PageWork): Promise<Result<FileFacts>>;
  /** An error where it was not opened. */
  find(file: string): Result<IndexedRecording>;
}

export function createRecordings(openIndexed: OpenIndexed): Recordings {
  const all = new Map<string, IndexedRecording>();
  return {
    async open(file, name, place, { signal, progress }) {
      const known = all.get(file);
      const { bytes, index } = await bytesAt(place, known);
      const opened = await openIndexed(bytes, { name, progress, signal, ...(index === undefined ? {} : { index }) });
      if (!opened.ok) return opened;
      all.set(file, opened.value);
      return ok(factsOf(opened.value));
    },
    find(file) {
      const one = all.get(file);
      return one === undefined ? err("this recording is not open") : ok(one);
    },
  };
}

interface Given {
  readonly bytes: RangeBytes;
  readonly index: Uint8Array | undefined;
}

/** Of a recording that has grown, what is new is read alone: the index of what was `known` goes on. */
async function bytesAt(place: FilePlace, known: IndexedRecording | undefined): Promise<Given> {
  switch (place.kind) {
    case "address": {
      const index = known === undefined ? await indexAt(place.index) : indexOf(known);
      return { bytes: httpBytes(place.address, place.size), index };
    }
    case "dropped":
      return { bytes: blobBytes(place.blob), index: undefined };
    case "embedded": {
      const index = place.index === "" ? undefined : await embeddedBytes(place.index);
      return { bytes: bytesInMemory(await embeddedBytes(place.bytes)), index };
    }
  }
}

/** The index that the server has; undefined where it has none, and the recording's own bytes tell. */
async function indexAt(address: string): Promise<Uint8Array | undefined> {
  const answer = await fetch(address);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
}

function factsOf(recording: IndexedRecording): FileFacts {
  const { origin, version, heaps, from, to, length, marks, entries, findings, cut } = recording;
  const order = orderOf(recording);
  return { origin, version, heaps, order, from, to, length, marks, entries, findings, cut };
}

/** Microseconds from a report to the next: a board needs more, numbers less. */
const AT_ONCE = 100;

function orderOf({ heaps, from, to }: IndexedRecording): FileFacts["order"] {
  if (heaps.length === 0) return "";
  if (heaps.every(({ lists }) => lists)) return "list";
  const reports = Math.max(...heaps.map(({ rows }) => rows));
  return from === 0 && to < AT_ONCE * reports && heaps.every(({ kind }) => kind === "samples") ? "report" : "";
}
