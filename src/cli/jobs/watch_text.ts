// The text and JSON of `teemem watch`.
import { grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Counters } from "../../malloc/counters.ts";
import type { CommandRecord } from "../../tee/monitor/record.ts";
import { drawCommands } from "../../view/terminal/command_table.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK } from "../../view/terminal/wrap.ts";
import { printTa } from "../../xtest/print.ts";
import { nameOf } from "../outputs/live_table.ts";
import type { WatchStage } from "./watch_stage.ts";

/** What is shown beside the tables. */
interface WatchForm {
  readonly at?: "peak";
  readonly until?: "exit";
}

/** What was watched as data. */
export function plainWatch({ version, uuid, name, watch, running }: WatchStage) {
  const { records, ended, highest } = watch;
  return { release: version, uuid, name, records, highest, ended, running: running() };
}

/** What was watched as text; without its tables where those were printed as it happened. */
export function drawWatch(
  { uuid, name, release, watch, running }: WatchStage,
  form: WatchForm,
  paint: Paint,
  isWhole: boolean,
): Printable[] {
  const lines = isWhole ? [paint.bold(shown`${printable(name || "all TAs")}  ${printable(uuid)}`.trimEnd())] : [];
  if (isWhole) lines.push(...tables(watch.records, uuid === "", paint));
  const { highest } = watch;
  if (highest === null) lines.push(BLANK, own("It was never entered."));
  else if (form.at === "peak") {
    const where = highest.entry === "invoke" ? shown`invoke ${highest.command}` : highest.entry;
    const whose = uuid === "" ? shown` of ${nameOf(highest)}` : "";
    lines.push(BLANK, paint.bold(shown`At the peak: ${grouped(highest.heap.peak)} bytes, in ${where}${whose}`));
    lines.push(...drawHolders(highest.holders, paint));
  }
  if (form.until === "exit") {
    for (const { instance, last, holders } of watch.ended) {
      const text = printTa([record(last.uuid, last.panicked, 0, last.stats)], release);
      lines.push(BLANK, paint.bold(shown`Instance ${instance} ended`), text.trimEnd());
      lines.push(BLANK, own("Still allocated then, with block headers:"), ...drawHolders(holders, paint));
    }
  }
  for (const { uuid: of, instance, sessions, panicked, stats } of running()) {
    const text = printTa([record(of, panicked, sessions, stats)], release);
    lines.push(BLANK, paint.bold(shown`Instance ${instance} still runs`), text.trimEnd());
  }
  return lines;
}

/** A table for each instance. */
function tables(records: readonly CommandRecord[], named: boolean, paint: Paint): Printable[] {
  return [...new Set(records.map(({ instance }) => instance))].flatMap((instance) => {
    const rows = records.filter((one) => one.instance === instance);
    const [first] = rows;
    if (first === undefined) return [];
    const events = shown`events ${first.from} to ${(rows.at(-1) ?? first).to}`;
    const beside = shown`core heap at its start ${grouped(first.core.before)} bytes`;
    const who = named ? shown`${nameOf(first)}, instance ${instance}` : shown`instance ${instance}`;
    return [BLANK, paint.dim(shown`${who}, ${events}, ${beside}`), ...drawCommands(rows, paint)];
  });
}

function record(
  uuid: string,
  panicked: boolean,
  sessions: number,
  stats: Counters,
): Parameters<typeof printTa>[0][number] {
  return { uuid, panicked: panicked ? 1 : 0, sessions, heap: { name: "", ...stats } };
}
