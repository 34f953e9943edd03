// The marks and findings of an index.

import { readCallStack } from "../../base/call_stack.ts";
import { RecordingDamage } from "../buffers.ts";
import { type FindingRow, type RecordedFinding, readFinding } from "../finding_rows.ts";
import type { IndexedMark } from "./indexed_recording.ts";
import type { RawMark, RecordingIndex } from "./recording_index.ts";

const MAX_MARKS = 2 ** 20;
/** What a source writes that knows how many operations it did not see. */
const MISSED = /^missed \d/;

/** Adds a mark that stands before the next row of a heap. Throws `RecordingDamage` where there are too many. */
export function addMark(
  { marks, heaps }: RecordingIndex,
  kind: "mark" | "load" | "refused",
  { heap, ...rest }: Omit<RawMark, "kind" | "row">,
): void {
  if (marks.length === MAX_MARKS) throw new RecordingDamage(`more than ${MAX_MARKS} marks`);
  const row = heaps[heap]?.rows ?? 0;
  const told: IndexedMark["kind"] = kind === "mark" && MISSED.test(rest.name) ? "missed" : kind;
  marks.push({ kind: told, heap, row, ...rest });
}

/** Findings that are kept: who looks at a page reads no more. */
const MOST_FINDINGS = 2000;
/** Rows of equal findings that are kept one by one; later ones are added to the last. */
const MOST_EQUAL = 16;

/** Adds a finding that stands before the next row of the TA's heap. */
export function addFinding({ findings, heaps }: RecordingIndex, found: FindingRow): void {
  const equal = findings.filter(
    ({ uuid, instance, kind, stack }) =>
      stack === found.stack && kind === found.kind && instance === found.instance && uuid === found.uuid,
  );
  const last = equal.at(-1);
  if (last !== undefined && equal.length >= MOST_EQUAL) {
    last.times += found.times;
    return;
  }
  if (findings.length === MOST_FINDINGS) return;
  const name = `ta-${found.uuid}`;
  const heap = heaps.findIndex(
    ({ kind, context, instance }) => kind === "events" && context.name === name && instance === found.instance,
  );
  findings.push({ ...found, heap, row: heaps[heap]?.rows ?? 0 });
}

/** The findings of an index, ascending by time. */
export function indexedFindings({ findings }: RecordingIndex): RecordedFinding[] {
  return findings.flatMap((found) => readFinding(found) ?? []).sort((a, b) => a.time - b.time);
}

/** The marks of an index with those of its findings, ascending by time. */
export function marksOf({ marks, findings }: RecordingIndex): IndexedMark[] {
  const found = findings.map(
    ({ time, heap, row, kind, stack }): IndexedMark => ({
      kind: "finding",
      ...{
        time,
        heap,
        row,
        name: [kind, readCallStack(stack)[0]?.place ?? ""].filter((part) => part !== "").join(", "),
        command: "",
        size: 0,
      },
    }),
  );
  const plain = marks.map(({ context: _context, position: _position, ...mark }): IndexedMark => mark);
  return [...plain, ...found].sort((a, b) => a.time - b.time);
}
