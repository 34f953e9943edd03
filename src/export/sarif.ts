// Exports what a recording shows to be wrong, as SARIF.
import { groupFindings } from "../analyze/findings/finding_group.ts";
import { isLibraryOwn } from "../analyze/leak/library.ts";
import { followBlocks } from "../analyze/live_blocks.ts";
import { siteFrames } from "../analyze/site_frames.ts";
import { writeCallStack } from "../base/call_stack.ts";
import type { RecordedFinding } from "../recording/finding_rows.ts";
import type { CommandSpan } from "../recording/recording.ts";
import { timeOf } from "../replay/trace_row.ts";
import type { ExportFormat } from "./format.ts";
import { findingsSarif } from "./sarif_log.ts";
import type { SelectedHeap, Selection } from "./selection.ts";

/** sarif: what instances of TAs had not freed when they ended, and what checkers noticed. Sizes as asked for. */
export const sarif: ExportFormat = {
  name: "sarif",
  summary: "GitHub, GitLab, editors: leaks of TAs and damage, at their lines",
  gzip: "by name",
  counters: "never",
  findings: true,
  *chunks(selection, { version = "", onRows }) {
    const noticed = findingsOf(selection);
    // A checker knows better what is lost: not all that is left is.
    const judged = new Set(noticed.filter(({ finding }) => finding.kind === "leak").map(({ uuid }) => uuid));
    function* all(): Generator<RecordedFinding, void, void> {
      yield* noticed;
      let rows = 0;
      for (const heap of selection.heaps) {
        const uuid = uuidOf(heap);
        if (uuid !== "" && !judged.has(uuid)) yield* leaksOf(heap, uuid, selection.recording.entries);
        rows += heap.range.to - heap.range.from;
        onRows(rows);
      }
    }
    const log = findingsSarif(
      { shown: groupFindings(all()), suppressed: [] },
      { name: "teemem", version, pathOf: () => undefined },
    );
    yield `${JSON.stringify(log)}\n`;
  },
};

/** Of the selected heaps; of a mark, those from its first to its last operation. */
function findingsOf({ recording, heaps, mark, first, last }: Selection): readonly RecordedFinding[] {
  const isWhole = heaps.length === recording.traces.length;
  const uuids = new Set(heaps.map(uuidOf));
  return (recording.findings ?? []).filter(
    ({ uuid, time }) => (isWhole || uuids.has(uuid)) && (mark === "" || (time >= first && time <= last)),
  );
}

/** Empty for heaps of the core: what they hold at the end is no leak yet. */
function uuidOf({ trace: { context } }: Pick<SelectedHeap, "trace">): string {
  return context.startsWith("ta-") ? context.slice("ta-".length) : "";
}

/** The blocks that instances had not freed when they ended, without what a library keeps as long as the heap. */
function* leaksOf(
  heap: SelectedHeap,
  uuid: string,
  entries: readonly CommandSpan[],
): Generator<RecordedFinding, void, void> {
  const { trace, range } = heap;
  const ended = endedInstances(heap, entries);
  const live = followBlocks(trace);
  live.advance(range.to);
  for (const [block, row] of live.made.entries()) {
    const instance = live.instance[block] as number;
    if (row < range.from || !ended.has(instance)) continue;
    const site = trace.sites[live.site[block] as number] ?? { func: "", place: "" };
    if (isLibraryOwn(site.place || site.func)) continue;
    const { number, last } = trace.instances[instance] ?? { number: 0, last: row };
    const object = {
      kind: "heap",
      name: "",
      size: live.size[block] as number,
      offset: 0,
      allocated: writeCallStack(siteFrames(site)),
    } as const;
    const finding = { kind: "leak", stack: "", object, detail: "" } as const;
    yield { time: timeOf(trace, last), uuid, instance: number, times: 1, ta: "", session: 0, entry: "", finding };
  }
}

/** Those that were destroyed, and those that another followed. Of a last one that was not, nothing is known. */
function endedInstances({ index, trace, range }: SelectedHeap, entries: readonly CommandSpan[]): ReadonlySet<number> {
  const destroyed = entries.filter(({ trace: of, name, to }) => of === index && name === "destroy" && to <= range.to);
  const ended = new Set(destroyed.map(({ instance }) => instance));
  for (const [n, { last }] of trace.instances.entries())
    if (last < range.to && trace.instances.some(({ first }) => first > last)) ended.add(n);
  return ended;
}
